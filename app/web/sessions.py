"""Split sessions: the cookie holds the secret, the server holds the half that opens it.

The cookie carries a payload sealed under a random half. The half lives in this process's memory,
or in a Valkey that several processes share (app/web/shared.py), and is dropped by signing out, by
idleness and by a restart; no disk ever sees either.
"""

import base64
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.responses import Response

COOKIE = "__Host-lamplight"
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
_NAME_BYTES = 16
_GCM_NONCE = 12
_GCM_TAG = 16
_BEGUN = 6  # bytes of seconds since 1970; with them a cookie of ours needs no "=" and no quotes
_SHORTEST = _NAME_BYTES + _GCM_NONCE + _BEGUN + _GCM_TAG
_MOST = 200_000


class Halves(Protocol):
    """Where the server's halves are, by a random name that only the cookie knows."""

    def keep(self, name: bytes, half: bytes, now: datetime) -> None:
        """Keep the half of a new session."""

    def use(self, name: bytes, now: datetime) -> bytes | None:
        """Return the half of a session that is not idle too long, and begin its idleness anew."""

    def drop(self, name: bytes) -> None:
        """Forget a half."""


@dataclass
class _Half:
    key: bytes
    used: datetime


class OwnHalves:
    """Halves in the memory of one process."""

    def __init__(self) -> None:
        """Begin with nobody signed in."""
        self._halves: dict[bytes, _Half] = {}
        self._lock = threading.Lock()

    def keep(self, name: bytes, half: bytes, now: datetime) -> None:
        """Keep the half of a new session."""
        with self._lock:
            self._forget_old(now)
            self._halves[name] = _Half(half, now)

    def use(self, name: bytes, now: datetime) -> bytes | None:
        """Return the half of a session that is not idle too long, and begin its idleness anew."""
        with self._lock:
            half = self._halves.get(name)
            if half is None:
                return None
            if now - half.used > IDLE:
                del self._halves[name]
                return None
            half.used = max(now, half.used)  # a clock set back lengthens nothing
            return half.key

    def drop(self, name: bytes) -> None:
        """Forget a half."""
        with self._lock:
            self._halves.pop(name, None)

    def _forget_old(self, now: datetime) -> None:
        if len(self._halves) < _MOST and secrets.randbelow(256):
            return
        dead = [name for name, half in self._halves.items() if now - half.used > IDLE]
        for name in dead:
            del self._halves[name]


class Sessions:
    """Makes, opens and ends sessions; a name that no cookie could bear asks no store."""

    def __init__(self, halves: Halves | None = None) -> None:
        """Keep halves in memory unless told where."""
        self._halves = halves or OwnHalves()

    def start(self, payload: bytes, now: datetime) -> str:
        """Make a session around a payload and return the cookie's value."""
        name, key = secrets.token_bytes(_NAME_BYTES), AESGCM.generate_key(256)
        self._halves.keep(name, key, now)
        nonce = secrets.token_bytes(_GCM_NONCE)
        begun = int(now.timestamp()).to_bytes(_BEGUN, "big")
        sealed = AESGCM(key).encrypt(nonce, begun + payload, name)
        return base64.urlsafe_b64encode(name + nonce + sealed).decode()

    def read(self, cookie: str, now: datetime) -> bytes | None:
        """Return the payload of a live session, or None; raises a 503 when the store is lost."""
        name, rest = _parts(cookie)
        key = self._halves.use(name, now) if name else None
        if key is None:
            return None
        try:
            opened = AESGCM(key).decrypt(rest[:_GCM_NONCE], rest[_GCM_NONCE:], name)
        except (InvalidTag, ValueError):
            return None
        # The beginning travels sealed in the cookie, so that the store need not know it.
        begun = int.from_bytes(opened[:_BEGUN], "big")
        if now.timestamp() - begun > ABSOLUTE.total_seconds():
            self._halves.drop(name)
            return None
        return opened[_BEGUN:]

    def end(self, cookie: str) -> None:
        """Drop the server's half: the cookie is noise from now on."""
        name, _ = _parts(cookie)
        if name:
            self._halves.drop(name)


def _parts(cookie: str) -> tuple[bytes, bytes]:
    try:
        raw = base64.b64decode(cookie.encode(), altchars=b"-_", validate=True)
    except ValueError:
        return b"", b""
    if len(raw) < _SHORTEST:
        return b"", b""
    return raw[:_NAME_BYTES], raw[_NAME_BYTES:]


def set_cookie(response: Response, value: str) -> None:
    """Give the browser its half: host only, no script, no plain connection, no other site."""
    response.set_cookie(COOKIE, value, path="/", secure=True, httponly=True, samesite="lax")


def clear_cookie(response: Response) -> None:
    """Ask the browser to forget its half and whatever it stored of this site."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
