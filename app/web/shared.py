"""What several processes of one application share, in Valkey: halves of sessions, counts, drafts.

It holds nothing of a person: a half opens nothing without its cookie, whose name is kept as a hash,
and a network is known by an HMAC only. The server must keep nothing on disk (`unpersisted`).
"""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, cast

from limits.storage import RedisStorage
from valkey import Valkey
from valkey.exceptions import ValkeyError

from app.web.refusals import Refusal
from app.web.sessions import IDLE

# Longer than any answer takes; a page that waits for a dead server waits no longer than this.
SECONDS: Final = 1
RETRY_SECONDS: Final = 2
_KEY_BYTES = 32
# Values that wait (`lay`) have so many places, and the next one takes the oldest's: a bound.
PLACES: Final = 96
LAID_SECONDS: Final = 1_800
_PLACE_BYTES: Final = 2
_NAME_BYTES: Final = 16

log = logging.getLogger("lamplight")


class Shared:
    """One Valkey as one application uses it; nothing is asked of the server yet."""

    def __init__(self, url: str, whose: str = "site") -> None:
        """Use the server at a valkey://, valkeys:// or unix:// URL under names of our own."""
        self._whose = whose
        self._valkey = _client(url)
        self.counts = RedisStorage(
            "valkey://",  # which library to use; the connections are those above
            connection_pool=self._valkey.connection_pool,
            key_prefix=f"{whose}:limits",
            wrap_exceptions=True,
        )

    def keep(self, name: bytes, half: bytes, now: datetime) -> None:
        """Keep a session's half until it is idle too long, by the server's own clock."""
        with _answered():
            self._valkey.set(self._place(name), half, ex=IDLE)

    def use(self, name: bytes, now: datetime) -> bytes | None:
        """Return the half of a session in use, or None when it is gone."""
        with _answered():
            return cast(bytes | None, self._valkey.getex(self._place(name), ex=IDLE))

    def drop(self, name: bytes) -> None:
        """Forget a half, for every process at once."""
        with _answered():
            self._valkey.delete(self._place(name))

    def lay(self, value: bytes) -> bytes:
        """Keep a value for half an hour in the next place and return the name that finds it."""
        with _answered():
            place = cast(int, self._valkey.incr(f"{self._whose}:places")) % PLACES
            name = place.to_bytes(_PLACE_BYTES) + secrets.token_bytes(_NAME_BYTES - _PLACE_BYTES)
            marked = hashlib.sha256(name).digest() + value
            self._valkey.set(self._laid_at(name), marked, ex=LAID_SECONDS)
        return name

    def laid(self, name: bytes) -> bytes | None:
        """Return what is kept under a name, or None when it is gone."""
        with _answered():
            kept = cast(bytes | None, self._valkey.get(self._laid_at(name)))
        mark = hashlib.sha256(name).digest()
        found = kept is not None and hmac.compare_digest(kept[: len(mark)], mark)
        return kept[len(mark) :] if kept is not None and found else None

    def clear(self, name: bytes) -> None:
        """Forget what is kept under a name."""
        if self.laid(name) is not None:
            with _answered():
                self._valkey.delete(self._laid_at(name))

    def key(self) -> bytes:
        """Return the key under which all processes know networks; the first to ask makes it."""
        made = secrets.token_bytes(_KEY_BYTES)
        with _answered():
            kept = self._valkey.set(f"{self._whose}:key", made, nx=True, get=True)
        return cast(bytes | None, kept) or made

    def _place(self, name: bytes) -> str:
        return f"{self._whose}:session:{hashlib.sha256(name).hexdigest()}"

    def _laid_at(self, name: bytes) -> str:
        return f"{self._whose}:laid:{int.from_bytes(name[:_PLACE_BYTES])}"


def unpersisted(url: str) -> bool:
    """Tell whether the server at a URL answers and writes neither snapshots nor a log of writes."""
    try:
        client = _client(url)
        told = [cast(dict[str, str], client.config_get(name)) for name in ("save", "appendonly")]
    except ValkeyError:
        return False
    return told == [{"save": ""}, {"appendonly": "no"}]


def _client(url: str) -> Valkey:
    open_: Callable[..., Valkey] = Valkey.from_url
    return open_(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)


@contextmanager
def _answered() -> Iterator[None]:
    """Refuse with a 503 what needs a server that does not answer."""
    try:
        yield
    except ValkeyError as error:
        log.warning("Valkey unavailable")
        raise Refusal(503, retry_after=RETRY_SECONDS) from error
