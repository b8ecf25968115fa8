"""What the issuer's disk holds of its secrets: sealed under ISSUER_SECRET_KEY, each in its place.

AES-256-GCM with a random nonce before the text. What the secret belongs to (a key's id, a quarter)
is bound in, so that no row can be passed off as another.
"""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.issuing.signer import PrivateKey
from app.settings import Settings

PEPPER_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class WrongSecret(RuntimeError):
    """A sealed secret does not open: ISSUER_SECRET_KEY is another one, or the row was changed."""


def seal_key(settings: Settings, id: bytes, key: PrivateKey) -> bytes:
    """Seal a private key for the row of its id."""
    return _seal(settings, b"signing key " + id, key.written())


def open_key(settings: Settings, id: bytes, sealed: bytes) -> PrivateKey:
    """Open the private key of a row; raises WrongSecret."""
    return PrivateKey.read(_open(settings, b"signing key " + id, sealed))


def seal_pepper(settings: Settings, quarter: str, pepper: bytes) -> bytes:
    """Seal the pepper of a quarter; 60 bytes."""
    return _seal(settings, b"pepper " + quarter.encode(), pepper)


def open_pepper(settings: Settings, quarter: str, sealed: bytes) -> bytes:
    """Open the pepper of a quarter; raises WrongSecret."""
    return _open(settings, b"pepper " + quarter.encode(), sealed)


def directory_key(settings: Settings) -> Ed25519PrivateKey:
    """Return the key with which the issuer signs its directory: the same for good."""
    return Ed25519PrivateKey.from_private_bytes(settings.issuer_key("directory"))


def _seal(settings: Settings, place: bytes, secret: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(settings).encrypt(nonce, secret, place)


def _open(settings: Settings, place: bytes, sealed: bytes) -> bytes:
    try:
        return _cipher(settings).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise WrongSecret("a secret of the issuer does not open") from error


def _cipher(settings: Settings) -> AESGCM:
    return AESGCM(settings.issuer_key("sealed secrets"))
