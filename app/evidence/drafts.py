"""Images that wait for their post: in memory, or in the Valkey of several processes.

Never on a disk, for half an hour at most, and within a bound; whoever comes last stays longest.
"""

import secrets
import struct
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final, Protocol

from app.evidence.worker import Picture

SECONDS: Final = 1_800
MOST_BYTES: Final = 64_000_000
_NAME_BYTES: Final = 16
_SIZE: Final = struct.Struct("!HH")


@dataclass(frozen=True)
class Draft:
    """A picture that waits: the name it is known by, and what it shows in words once that is said.

    The name is random and the only way to it.
    """

    name: str
    picture: Picture
    alternative: str = ""


class Room(Protocol):
    """Where drafts lie: this process's memory, or app/web/shared.py."""

    def lay(self, value: bytes) -> bytes:
        """Keep a value for a while and return the name under which it is found."""

    def laid(self, name: bytes) -> bytes | None:
        """Return what is kept under a name, or None when it is gone."""

    def clear(self, name: bytes) -> None:
        """Forget what is kept under a name."""


class Memory:
    """The room of a process that is alone: bounded in bytes, the oldest going first."""

    def __init__(
        self, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin empty; clock: seconds that only go up."""
        self._most = most_bytes
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[bytes, tuple[float, bytes]] = OrderedDict()
        self.bytes = 0

    def lay(self, value: bytes) -> bytes:
        """Keep a value; what is too old or does not fit any more goes."""
        name = secrets.token_bytes(_NAME_BYTES)
        with self._lock:
            self._kept[name] = (self._clock() + SECONDS, value)
            self.bytes += len(value)
            while self._kept and (self.bytes > self._most or self._first_is_over()):
                self._drop(next(iter(self._kept)))
        return name

    def laid(self, name: bytes) -> bytes | None:
        """Return what is kept under a name and not too old."""
        with self._lock:
            until, value = self._kept.get(name, (0.0, None))
            return value if until > self._clock() else None

    def clear(self, name: bytes) -> None:
        """Forget what is kept under a name."""
        with self._lock:
            self._drop(name)

    def _first_is_over(self) -> bool:
        return next(iter(self._kept.values()))[0] <= self._clock()

    def _drop(self, name: bytes) -> None:
        _, value = self._kept.pop(name, (0.0, b""))
        self.bytes -= len(value)


class Drafts:
    """The drafts of one application."""

    def __init__(self, room: Room | None = None) -> None:
        """Keep them in this process's memory unless another room is given."""
        self._room: Room = room or Memory()

    def put(self, picture: Picture) -> Draft:
        """Let a picture wait."""
        name = self._room.lay(_SIZE.pack(picture.width, picture.height) + picture.data)
        return Draft(name.hex(), picture)

    def get(self, name: str) -> Draft | None:
        """Return the draft of a name, or None when there is none (any more)."""
        packed = self._room.laid(_bytes(name))
        if packed is None:
            return None
        width, height = _SIZE.unpack_from(packed)
        return Draft(name, Picture(packed[_SIZE.size :], width, height))

    def drop(self, name: str) -> None:
        """Forget a draft."""
        self._room.clear(_bytes(name))


def _bytes(name: str) -> bytes:
    """Read a name as it is in addresses and forms; what is none finds nothing."""
    try:
        return bytes.fromhex(name)
    except ValueError:
        return b""
