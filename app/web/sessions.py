"""Split sessions: the cookie holds the secret, the server holds the half that opens it.

The cookie carries a payload sealed under a random half. The half lives in this process's memory
only and is dropped by signing out, by idleness and by a restart; no disk ever sees either.
"""

import base64
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.responses import Response

COOKIE = "__Host-lamplight"
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
_NAME_BYTES = 16
_GCM_NONCE = 12
_MOST = 200_000


@dataclass
class _Half:
    key: bytes
    started: datetime
    used: datetime


class Sessions:
    """The server's halves, in memory, keyed by a random name that only the cookie knows."""

    def __init__(self) -> None:
        """Begin with nobody signed in."""
        self._halves: dict[bytes, _Half] = {}
        self._lock = threading.Lock()

    def start(self, payload: bytes, now: datetime) -> str:
        """Make a session around a payload and return the cookie's value."""
        name, key = secrets.token_bytes(_NAME_BYTES), AESGCM.generate_key(256)
        with self._lock:
            self._forget_old(now)
            self._halves[name] = _Half(key, now, now)
        nonce = secrets.token_bytes(_GCM_NONCE)
        return base64.urlsafe_b64encode(
            name + nonce + AESGCM(key).encrypt(nonce, payload, name)
        ).decode()

    def read(self, cookie: str, now: datetime) -> bytes | None:
        """Return the payload of a live session, or None."""
        name, rest = _parts(cookie)
        with self._lock:
            half = self._halves.get(name)
            if half is None:
                return None
            if now - half.used > IDLE or now - half.started > ABSOLUTE:
                del self._halves[name]
                return None
            half.used = max(now, half.used)
            key = half.key
        try:
            return AESGCM(key).decrypt(rest[:_GCM_NONCE], rest[_GCM_NONCE:], name)
        except (InvalidTag, ValueError):
            return None

    def end(self, cookie: str) -> None:
        """Drop the server's half: the cookie is noise from now on."""
        with self._lock:
            self._halves.pop(_parts(cookie)[0], None)

    def _forget_old(self, now: datetime) -> None:
        if len(self._halves) < _MOST and secrets.randbelow(256):
            return
        dead = [name for name, half in self._halves.items() if now - half.used > IDLE]
        for name in dead:
            del self._halves[name]


def _parts(cookie: str) -> tuple[bytes, bytes]:
    try:
        raw = base64.b64decode(cookie.encode(), altchars=b"-_", validate=True)
    except ValueError:
        return b"", b""
    return raw[:_NAME_BYTES], raw[_NAME_BYTES:]


def set_cookie(response: Response, value: str) -> None:
    """Give the browser its half: host only, no script, no plain connection, no other site."""
    response.set_cookie(COOKIE, value, path="/", secure=True, httponly=True, samesite="lax")


def clear_cookie(response: Response) -> None:
    """Ask the browser to forget its half and whatever it stored of this site."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
