"""Stretching phrases without letting a flood of them take the whole machine."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.members import keys
from app.settings import Settings
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


# One core stays free for pages. Eight in line wait a quarter of a second; far fewer than the
# thread pool has, so that pages never wait behind them.
_TURNSTILE: Final = Turnstile(running=max(1, (os.cpu_count() or 1) - 1), waiting=8)


def open_phrase(
    settings: Settings, entropy: bytes, turnstile: Turnstile = _TURNSTILE
) -> keys.Opener:
    """Stretch a phrase's entropy for this site; call it before any transaction begins.

    Raises a 503 when too many are already at it.
    """
    site = keys.Site(settings.key("phrase salt", keys.SALT_BYTES), settings.key("lookup pepper"))
    with turnstile.turn():
        return keys.open_phrase(site, entropy)
