"""Sealed hidden fields: what a form remembers without the server remembering it.

A form token is random and sealed, never stored. The id of the row it makes is an HMAC of the
token, so that the same POST sent twice meets its own primary key.
"""

import base64
import hmac
import secrets
import struct
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.settings import Settings

NONCE_BYTES = 16
_GCM_NONCE = 12
_MINUTE = struct.Struct(">I")


class Unreadable(ValueError):
    """A token that this server did not seal for this purpose, or that was altered."""


class Stale(ValueError):
    """A token that was sealed too long ago."""


def seal(settings: Settings, purpose: str, payload: bytes, now: datetime) -> str:
    """Encrypt a payload for one purpose, with the minute of sealing inside.

    Returns URL-safe base64. AES-256-GCM rather than Fernet, which shows its time in clear.
    """
    nonce = secrets.token_bytes(_GCM_NONCE)
    plain = _MINUTE.pack(int(now.timestamp() // 60)) + payload
    sealed = AESGCM(_key(settings)).encrypt(nonce, plain, purpose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(settings: Settings, purpose: str, text: str, now: datetime, max_age: timedelta) -> bytes:
    """Decrypt what `seal` made for the same purpose.

    Raises Unreadable for anything else and Stale when it is older than max_age.
    """
    try:
        raw = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
        plain = AESGCM(_key(settings)).decrypt(raw[:_GCM_NONCE], raw[_GCM_NONCE:], purpose.encode())
    except (ValueError, InvalidTag) as error:
        raise Unreadable from error
    sealed_at = datetime.fromtimestamp(_MINUTE.unpack_from(plain)[0] * 60, UTC)
    if now - sealed_at > max_age + timedelta(minutes=1):
        raise Stale
    return plain[_MINUTE.size :]


def new_token(settings: Settings, now: datetime, purpose: str = "form", extra: bytes = b"") -> str:
    """Make the hidden field `token` of a form: a fresh nonce of 16 bytes, then `extra`."""
    return seal(settings, purpose, secrets.token_bytes(NONCE_BYTES) + extra, now)


def row_id(settings: Settings, nonce: bytes) -> bytes:
    """Return the 16-byte id of the row that a form token makes."""
    return hmac.digest(settings.key("row ids"), nonce, sha256)[:16]


def _key(settings: Settings) -> bytes:
    return settings.key("sealed fields")
