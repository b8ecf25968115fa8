"""Work that takes a core for a while: few do it at a time, a flood of it is sent away."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.web.refusals import Refusal

RETRY_SECONDS: Final = 2


class Turnstile:
    """Lets few through at a time, keeps a short queue and sends the rest away."""

    def __init__(self, running: int, waiting: int) -> None:
        """Let `running` threads work and at most `waiting` more stand in line."""
        self._free = threading.Semaphore(running)
        self._places = threading.BoundedSemaphore(running + waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold one of the places; raises a 503 with Retry-After when the queue is full."""
        if not self._places.acquire(blocking=False):
            raise Refusal(503, retry_after=RETRY_SECONDS)
        try:
            with self._free:
                yield
        finally:
            self._places.release()
