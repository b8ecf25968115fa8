"""Whether a credential is what its key signed: an ordinary RSA-PSS verification. Pure.

RFC 9474 was made so that the verifier needs nothing special: SHA-384, MGF1 with SHA-384, a salt
of 48 bytes (RFC 8017, 8.1.2).
"""

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA384

from app.credentials import blind, chain
from app.credentials.presented import Presented

_HASH: Final = SHA384()
_PADDING: Final = PSS(mgf=MGF1(_HASH), salt_length=blind.SALT_BYTES)


def genuine(key: chain.Key, presented: Presented) -> bool:
    """Tell whether a key of the directory signed what was presented."""
    if presented.key != key.id:
        return False
    try:
        _public(key.n).verify(presented.signature, presented.prepared, _PADDING, _HASH)
    except InvalidSignature:
        return False
    return True


# The keys of two quarters of a large directory; making one costs as much as verifying.
@lru_cache(maxsize=4096)
def _public(n: int) -> RSAPublicKey:
    return RSAPublicNumbers(blind.E, n).public_key()
