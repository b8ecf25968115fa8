"""Signing what the issuer cannot read: the other side of app/credentials/blind.py. Pure.

The private operation runs on gmpy2's powers of constant time, by the Chinese remainder theorem,
on a message that is blinded once more with a number of the issuer's own, so that its time says
nothing of the key. A signature that does not verify never leaves: one fault would give the
primes away.
"""

import secrets
from dataclasses import dataclass, field
from math import gcd
from typing import Final

import gmpy2
from cryptography.hazmat.primitives.asymmetric import rsa

from app.credentials.blind import MODULUS_BITS, E, size

_PARTS: Final = 5


class SigningRefused(ValueError):
    """This is no blinded message for this key; the message says why."""


class SigningFailed(RuntimeError):
    """The arithmetic went wrong; what came out was thrown away."""


@dataclass(frozen=True)
class PrivateKey:
    """An RSA key as the remainder theorem wants it; `inverse` is that of q modulo p."""

    n: int
    p: int = field(repr=False)
    q: int = field(repr=False)
    dp: int = field(repr=False)
    dq: int = field(repr=False)
    inverse: int = field(repr=False)

    @classmethod
    def of(cls, p: int, q: int) -> "PrivateKey":
        """Make the key of two primes with the exponent 65537."""
        return cls(p * q, p, q, pow(E, -1, p - 1), pow(E, -1, q - 1), pow(q, -1, p))

    @classmethod
    def read(cls, written: bytes) -> "PrivateKey":
        """Read what `written` wrote: five numbers of one length, big-endian."""
        length = len(written) // _PARTS
        parts = [written[length * n : length * (n + 1)] for n in range(_PARTS)]
        p, q, dp, dq, inverse = (int.from_bytes(part, "big") for part in parts)
        return cls(p * q, p, q, dp, dq, inverse)

    def written(self) -> bytes:
        """Write the key, for sealing."""
        length = (max(self.p, self.q).bit_length() + 7) // 8
        parts = (self.p, self.q, self.dp, self.dq, self.inverse)
        return b"".join(part.to_bytes(length, "big") for part in parts)


def generate() -> PrivateKey:
    """Make a new key of 2048 bits; takes tenths of a second, so call it in no transaction."""
    numbers = rsa.generate_private_key(E, MODULUS_BITS).private_numbers()
    return PrivateKey.of(numbers.p, numbers.q)


def admitted(key: PrivateKey, blinded: bytes) -> int:
    """Read a blinded message that a key can sign.

    Raises SigningRefused for another length than the key's, for nought, and for a number that is
    not below the modulus.
    """
    if len(blinded) != size(key.n):
        raise SigningRefused("the blinded message has another length than the key")
    message = int.from_bytes(blinded, "big")
    if message == 0:
        raise SigningRefused("the blinded message is nought")
    if message >= key.n:
        raise SigningRefused("the blinded message is not below the modulus")
    return message


def blind_sign(key: PrivateKey, blinded: bytes) -> bytes:
    """Sign a blinded message (RFC 9474, 4.3).

    Raises SigningRefused as `admitted` does; SigningFailed where the result does not verify.
    """
    message = admitted(key, blinded)
    signature = _power(key, message)
    if gmpy2.powmod(signature, E, key.n) != message:
        raise SigningFailed("a signature did not verify")
    return int(signature).to_bytes(size(key.n), "big")


def _power(key: PrivateKey, message: int) -> gmpy2.mpz:
    """Raise a message to the private exponent, behind a random factor."""
    factor = _unit(key.n)
    hidden = message * gmpy2.powmod(factor, E, key.n) % key.n
    over_p = gmpy2.powmod_sec(hidden % key.p, key.dp, key.p)
    over_q = gmpy2.powmod_sec(hidden % key.q, key.dq, key.q)
    power = over_q + key.q * (key.inverse * (over_p - over_q) % key.p)
    return power * gmpy2.invert(factor, key.n) % key.n


def _unit(n: int) -> int:
    while True:
        factor = secrets.randbelow(n - 2) + 2
        if gcd(factor, n) == 1:
            return factor
