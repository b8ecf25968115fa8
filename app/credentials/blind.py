"""Blind RSA as the worker's side does it, on the standard library alone. Pure.

RSABSSA-SHA384-PSS-Randomized, RFC 9474: the issuer signs a message that it cannot read, and can
later not tell which of its signatures it meets again. Keys are 2048-bit moduli n with e = 65537,
written as big-endian bytes of the modulus' length; so are messages and signatures.
"""

import secrets
from dataclasses import dataclass, field
from hashlib import sha384
from math import gcd
from typing import Final

E: Final = 65537
MODULUS_BITS: Final = 2048
SALT_BYTES: Final = 48
PREFIX_BYTES: Final = 32
_HASH_BYTES: Final = 48
_TRAILER: Final = b"\xbc"


class BlindingFailed(ValueError):
    """What came back is no signature of what was blinded; the message says which."""


@dataclass(frozen=True)
class Blinded:
    """What goes to the issuer, and the inverse that opens its answer (never sent)."""

    message: bytes
    inverse: int = field(repr=False)


def prepare(message: bytes) -> bytes:
    """Put 32 random bytes before a message, so that two of them never meet (RFC 9474, 4.1)."""
    return secrets.token_bytes(PREFIX_BYTES) + message


def blind(n: int, prepared: bytes) -> Blinded:
    """Blind a prepared message for the key n (RFC 9474, 4.2)."""
    while True:
        unblinding = secrets.randbelow(n - 2) + 2
        if gcd(unblinding, n) == 1:
            break
    return blind_with(n, prepared, secrets.token_bytes(SALT_BYTES), pow(unblinding, -1, n))


def blind_with(n: int, prepared: bytes, salt: bytes, inverse: int) -> Blinded:
    """Blind with a given salt and inverse; for the RFC's vectors and for `blind`."""
    encoded = encode(prepared, n.bit_length() - 1, salt)
    message = int.from_bytes(encoded, "big")
    if gcd(message, n) != 1:
        raise BlindingFailed("this message has a factor of the key in it")
    hidden = message * pow(pow(inverse, -1, n), E, n) % n
    return Blinded(hidden.to_bytes(size(n), "big"), inverse)


def finalize(n: int, prepared: bytes, blind_signature: bytes, inverse: int) -> bytes:
    """Open the issuer's answer and return the signature (RFC 9474, 4.4).

    Raises BlindingFailed where it is not the answer to this message under this key.
    """
    if len(blind_signature) != size(n):
        raise BlindingFailed("the signature has another length than the key")
    signature = int.from_bytes(blind_signature, "big") * inverse % n
    written = signature.to_bytes(size(n), "big")
    if not verify(n, prepared, written):
        raise BlindingFailed("the signature is not of this message under this key")
    return written


def verify(n: int, prepared: bytes, signature: bytes, salt_bytes: int = SALT_BYTES) -> bool:
    """Tell whether a signature is of a prepared message under the key n (RFC 8017, 8.1.2)."""
    if len(signature) != size(n):
        return False
    number = int.from_bytes(signature, "big")
    if number >= n:
        return False
    bits = n.bit_length() - 1
    encoded = pow(number, E, n)
    if encoded.bit_length() > bits:
        return False
    return _is_encoding(prepared, encoded.to_bytes((bits + 7) // 8, "big"), bits, salt_bytes)


def size(n: int) -> int:
    """Return the bytes of everything under the key n."""
    return (n.bit_length() + 7) // 8


def encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """Encode a message in so many bits: EMSA-PSS with SHA-384 and MGF1 (RFC 8017, 9.1.1)."""
    length = (bits + 7) // 8
    digest = _digest(message, salt)
    data = b"\x00" * (length - len(salt) - _HASH_BYTES - 2) + b"\x01" + salt
    masked = bytearray(_xor(data, _mask(digest, len(data))))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + _TRAILER


def _is_encoding(message: bytes, encoded: bytes, bits: int, salt_bytes: int) -> bool:
    """RFC 8017, 9.1.2: read the salt back, and encode again with it."""
    masked, digest = encoded[: -_HASH_BYTES - 1], encoded[-_HASH_BYTES - 1 : -1]
    data = _xor(masked, _mask(digest, len(masked)))
    return encode(message, bits, data[len(data) - salt_bytes :]) == encoded


def _digest(message: bytes, salt: bytes) -> bytes:
    return sha384(b"\x00" * 8 + sha384(message).digest() + salt).digest()


def _mask(seed: bytes, length: int) -> bytes:
    rounds = -(-length // _HASH_BYTES)
    blocks = (sha384(seed + n.to_bytes(4, "big")).digest() for n in range(rounds))
    return b"".join(blocks)[:length]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
