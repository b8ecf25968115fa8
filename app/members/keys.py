"""From twelve words to keys, and the sealing of what an account row holds. Pure.

Words -> argon2id -> lookup key (finds the row) and wrapping key (opens the master key in it). The
row can be found and opened with the words only; a copy of the table says neither whose it is nor
what is in it.
"""

import hmac
import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
BOX_BYTES: Final = 1024
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
WRAPPED_BYTES: Final = _NONCE_BYTES + KEY_BYTES + _TAG_BYTES
SEALED_BOX_BYTES: Final = _NONCE_BYTES + BOX_BYTES + _TAG_BYTES


@dataclass(frozen=True)
class Parameters:
    """What one stretching costs: KiB of memory, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int


# Numbers are stored in account rows: add, never change. OWASP's second choice for argon2id.
PARAMETERS: Final = {1: Parameters(memory=19 * 1024, passes=2, lanes=1)}
NEWEST: Final = max(PARAMETERS)


@dataclass(frozen=True)
class Site:
    """What this site adds to every phrase, so that its rows mean nothing elsewhere."""

    salt: bytes = field(repr=False)
    pepper: bytes = field(repr=False)


@dataclass(frozen=True)
class Opener:
    """What a phrase yields: the key of its account row, and what unwraps the master key in it."""

    parameters: int
    row: bytes = field(repr=False)
    wrapping: bytes = field(repr=False)


def open_phrase(site: Site, entropy: bytes, parameters: int = NEWEST) -> Opener:
    """Stretch 16 bytes of entropy into an Opener; slow on purpose, about 20 ms and 19 MiB.

    Source: argon2id, RFC 9106; HKDF-SHA256, RFC 5869.
    """
    cost = PARAMETERS[parameters]
    stretched = hash_secret_raw(
        entropy, site.salt, cost.passes, cost.memory, cost.lanes, KEY_BYTES, Type.ID
    )
    row = hmac.digest(site.pepper, _expand(stretched, b"lookup"), sha256)
    return Opener(parameters, row, _expand(stretched, b"wrapping"))


def fresh_master_key() -> bytes:
    """Make the 256 random bits from which all tags of an account follow."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(opener: Opener, master_key: bytes) -> bytes:
    """Seal a master key for the row that the same opener finds."""
    return _seal(opener.wrapping, master_key, _about(opener))


def unwrap(opener: Opener, wrapped: bytes) -> bytes:
    """Open what `wrap` sealed; raises InvalidTag if the row was altered or swapped."""
    return _unseal(opener.wrapping, wrapped, _about(opener))


def fits(content: dict[str, Any]) -> bool:
    """Tell whether a box has room for a content."""
    return len(_written(content)) <= BOX_BYTES


def seal_box(master_key: bytes, row: bytes, content: dict[str, Any]) -> bytes:
    """Seal an account's settings so that every box has the same size, whatever is in it.

    Raises ValueError when the content is over BOX_BYTES as JSON.
    """
    if not fits(content):
        raise ValueError("too much for the box")
    plain = _written(content).ljust(BOX_BYTES)
    return _seal(_expand(master_key, b"box"), plain, b"box" + row)


def open_box(master_key: bytes, row: bytes, sealed: bytes) -> dict[str, Any]:
    """Open what `seal_box` sealed for the same row; raises InvalidTag for anything else."""
    content = json.loads(_unseal(_expand(master_key, b"box"), sealed, b"box" + row))
    return dict(content)


def _written(content: dict[str, Any]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode()


def _about(opener: Opener) -> bytes:
    return b"master key" + bytes([opener.parameters]) + opener.row


def _expand(key: bytes, label: bytes) -> bytes:
    info = b"lamplight account " + label
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


def _seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def _unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)
