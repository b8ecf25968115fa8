"""Work addresses as they are kept: sealed until a code was typed, then a keyed digest."""

import hmac
import secrets
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.settings import Settings

PROOF_BYTES: Final = 20
_NONCE: Final = 12
_KEY: Final = "representative address"


def seal(settings: Settings, id: bytes, address: str) -> bytes:
    """Encrypt an address for one row; AES-256-GCM."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(settings.key(_KEY)).encrypt(nonce, address.encode(), id)


def unseal(settings: Settings, id: bytes, sealed: bytes) -> str:
    """Return the address that `seal` encrypted for the same row."""
    return AESGCM(settings.key(_KEY)).decrypt(sealed[:_NONCE], sealed[_NONCE:], id).decode()


def proof(settings: Settings, address: str) -> bytes:
    """Mark a mailbox: without what mail servers ignore, so that one person is not two."""
    local, _, domain = address.lower().rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    return hmac.digest(settings.key("representative mailbox"), plain.encode(), sha256)[:PROOF_BYTES]
