"""The process that draws pictures anew: started when first needed, and again when it dies."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.evidence import scrubbing
from app.evidence.scrubbing import ANSWER, BOX, REQUEST, Box

DEADLINE: Final = 5.0  # seconds for one picture, the start of the process included
PATIENCE: Final = 10.0  # seconds to wait for those who came before
MOST_AT_ONCE: Final = 8  # callers who wait; each keeps one of the server's threads from readers
# What we say of it ourselves: it took too long, or the process died of it.
LOST: Final = scrubbing.BROKEN


class Busy(RuntimeError):
    """Too many pictures wait already; nothing was done."""


class Unusable(ValueError):
    """A file that becomes no picture; `why` is one of the words of app/evidence/scrubbing.py."""

    def __init__(self, why: str) -> None:
        """Refuse a file."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Picture:
    """A picture as it was drawn anew: WebP, and its size in pixels."""

    data: bytes
    width: int
    height: int


class Worker:
    """One process that takes one picture at a time; nothing is started yet."""

    def __init__(self, deadline: float = DEADLINE, patience: float = PATIENCE) -> None:
        """Set how many seconds a picture may take, and a caller may wait."""
        self._deadline = deadline
        self._patience = patience
        self._lock = threading.Lock()
        self._places = threading.Semaphore(MOST_AT_ONCE)
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def scrub(self, data: bytes, boxes: Sequence[Box] = ()) -> Picture:
        """Have a picture drawn anew with rectangles blacked out.

        Raises Unusable, and Busy after `patience` seconds or where enough others wait already.
        """
        if len(data) > scrubbing.MOST_BYTES:
            raise Unusable(scrubbing.TOO_MANY_BYTES)
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            return self._in_turn(data, boxes)
        finally:
            self._places.release()

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _in_turn(self, data: bytes, boxes: Sequence[Box]) -> Picture:
        if not self._lock.acquire(timeout=self._patience):
            raise Busy
        try:
            return self._ask(data, boxes)
        except OSError as error:  # a time-out among them
            self._stop()
            raise Unusable(LOST) from error
        finally:
            self._lock.release()

    def _ask(self, data: bytes, boxes: Sequence[Box]) -> Picture:
        line = self._started()
        until = time.monotonic() + self._deadline
        head = REQUEST.pack(len(data), len(boxes)) + b"".join(BOX.pack(*box) for box in boxes)
        line.settimeout(self._deadline)
        line.sendall(head)
        line.sendall(data)
        well, width, height, length = ANSWER.unpack(_read(line, ANSWER.size, until))
        said = _read(line, length, until)
        if not well:
            raise Unusable(said.decode())
        return Picture(said, width, height)

    def _started(self) -> socket.socket:
        """Return the line to the process, which is started if it does not run."""
        if self._line is not None and self.pid is not None:
            return self._line
        self._stop()
        ours, theirs = socket.socketpair()
        # Isolated: no variables, no working directory of ours, nothing of the application's.
        command = [sys.executable, "-I", scrubbing.__file__]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 (our own file by our own Python)
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={},
            )
        self._line = ours
        return ours

    def _stop(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
        self._line = self._process = None


def _read(line: socket.socket, length: int, until: float) -> bytes:
    """Read so many bytes until a moment of the monotonic clock; raises OSError."""
    data = bytearray()
    while len(data) < length:
        line.settimeout(max(0.001, until - time.monotonic()))
        more = line.recv(min(length - len(data), 1 << 18))
        if not more:
            raise ConnectionError
        data += more
    return bytes(data)


# One for the process that serves, whatever it serves: starting it takes a quarter of a second.
WORKER: Final = Worker()
