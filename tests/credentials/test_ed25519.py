"""Ed25519 as RFC 8032 has it, and as `cryptography` signs."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.credentials.ed25519 import verify

# RFC 8032, 7.1: tests 1 to 3.
RFC = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), RFC)
def test_the_rfc_s_vectors(public: str, message: str, signature: str) -> None:
    key, said, signed = (bytes.fromhex(part) for part in (public, message, signature))

    assert verify(key, said, signed)
    assert not verify(key, said + b"\x00", signed)
    assert not verify(key[::-1], said, signed)
    for place in (0, 31, 32, 63):
        changed = bytearray(signed)
        changed[place] ^= 1
        assert not verify(key, said, bytes(changed))


def test_what_is_no_signature_is_refused() -> None:
    secret = Ed25519PrivateKey.generate()
    public, signed = secret.public_key().public_bytes_raw(), secret.sign(b"said")
    order = 2**252 + 27742317777372353535851937790883648493
    twin = (int.from_bytes(signed[32:], "little") + order).to_bytes(32, "little")

    assert verify(public, b"said", signed)
    assert not verify(public, b"said", signed[:32] + twin)
    assert not verify(public, b"said", signed + b"\x00")
    assert not verify(public, b"said", b"")
    assert not verify(b"\xff" * 32, b"said", signed)
    assert not verify(b"", b"said", signed)
