"""Second factors: six digits from a telephone (RFC 6238), and recovery codes when it is lost."""

import base64
import hmac
import re
import secrets
import unicodedata
from datetime import datetime
from hashlib import sha256
from typing import Final

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.settings import Settings

SECONDS: Final = 30
RECOVERY_CODES: Final = 10
SECRET_BYTES: Final = 20  # what RFC 4226 recommends
_RANDOM_BYTES: Final = 16
_GCM_NONCE: Final = 12
_SIX_DIGITS: Final = re.compile(r"[0-9]{6}")
_APART: Final = re.compile(r"[\s-]")
_GROUP: Final = 5


def fresh_secret() -> bytes:
    """Make the key of somebody's codes."""
    return secrets.token_bytes(SECRET_BYTES)


def written(secret: bytes) -> str:
    """Write a key as authenticator apps take it: base32."""
    return base64.b32encode(secret).decode()


def address(secret: bytes, site: str) -> str:
    """Write a key as the otpauth address that authenticator apps open."""
    return pyotp.TOTP(written(secret)).provisioning_uri(name=site, issuer_name="Lamplight")


def now(secret: bytes, at: datetime) -> str:
    """Return the code of an instant."""
    return pyotp.HOTP(written(secret)).at(int(at.timestamp()) // SECONDS)


def step(secret: bytes, code: str, at: datetime, after: int) -> int | None:
    """Return the 30-second step whose code this is, or None.

    One step early or late is taken; none up to `after`, the last one that was used.
    """
    code, here = plain(code), int(at.timestamp()) // SECONDS
    if not _SIX_DIGITS.fullmatch(code):
        return None
    codes = pyotp.HOTP(written(secret))
    fitting = [n for n in (here - 1, here, here + 1) if hmac.compare_digest(codes.at(n), code)]
    return next((n for n in fitting if n > after), None)


def fresh_word() -> str:
    """Make a recovery code or a set-up secret: 128 random bits, in groups that can be typed."""
    text = base64.b32encode(secrets.token_bytes(_RANDOM_BYTES)).decode().rstrip("=").lower()
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def digest(purpose: bytes, word: str) -> bytes:
    """Return what is stored of a recovery code or set-up secret, for a purpose or a person."""
    return sha256(purpose + b"\0" + plain(word).encode()).digest()


def plain(code: str) -> str:
    """Undo how a code was typed: capitals, blanks and hyphens, the wide digits of Chinese."""
    return _APART.sub("", unicodedata.normalize("NFKC", code)).casefold()


def seal(settings: Settings, staff_id: bytes, secret: bytes) -> bytes:
    """Encrypt a key of codes for the row of its owner."""
    nonce = secrets.token_bytes(_GCM_NONCE)
    return nonce + AESGCM(settings.key("staff codes")).encrypt(nonce, secret, staff_id)


def unseal(settings: Settings, staff_id: bytes, sealed: bytes) -> bytes | None:
    """Decrypt a key of codes; None if it was sealed for somebody else, or under another key."""
    opener = AESGCM(settings.key("staff codes"))
    try:
        return opener.decrypt(sealed[:_GCM_NONCE], sealed[_GCM_NONCE:], staff_id)
    except InvalidTag:
        return None
