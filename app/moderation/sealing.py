"""What the desk keeps of words, sealed: texts it took out, statements, appeals, answers.

AES-256-GCM under a key derived from SECRET_KEY, a random nonce before the text. Purpose and item
are bound in, so that no row can be passed off as another.
"""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.settings import Settings

_NONCE_BYTES: Final = 12


class Unreadable(RuntimeError):
    """A sealed text does not open: SECRET_KEY is another one, or the row was changed or moved."""


def seal(settings: Settings, purpose: str, item_id: bytes, plain: bytes) -> bytes:
    """Seal words of one purpose ("text", "statement", ...) for one item."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(settings).encrypt(nonce, plain, _place(purpose, item_id))


def unseal(settings: Settings, purpose: str, item_id: bytes, sealed: bytes) -> bytes:
    """Open what was sealed for the same purpose and item; raises Unreadable."""
    nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return _cipher(settings).decrypt(nonce, text, _place(purpose, item_id))
    except (InvalidTag, ValueError) as error:
        raise Unreadable("a text of the desk does not open") from error


def _place(purpose: str, item_id: bytes) -> bytes:
    return purpose.encode() + b"\0" + item_id


def _cipher(settings: Settings) -> AESGCM:
    return AESGCM(settings.key("desk"))
