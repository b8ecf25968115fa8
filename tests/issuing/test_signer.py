"""Blind signing on the vectors of RFC 9474, what is refused, and a fault that must not leave."""

from dataclasses import replace
from typing import Any

import pytest

from app.credentials.blind import size
from app.issuing import signer
from app.issuing.signer import PrivateKey, SigningFailed, SigningRefused, blind_sign
from tests import keyring


@pytest.fixture(scope="module")
def key() -> PrivateKey:
    return keyring.premade()()


@pytest.mark.parametrize("raw", keyring.RFC_9474, ids=lambda raw: raw["name"])
def test_it_signs_as_the_rfc_does(raw: dict[str, Any]) -> None:
    given = keyring.vector(raw)
    key = PrivateKey.of(given["p"], given["q"])
    assert key.n == given["n"]
    assert blind_sign(key, given["blinded_msg"]) == given["blind_sig"]


def test_a_key_is_new_and_of_2048_bits(key: PrivateKey) -> None:
    assert key.n.bit_length() == 2048
    assert signer.generate().n != key.n


def test_a_key_is_read_as_it_was_written(key: PrivateKey) -> None:
    assert PrivateKey.read(key.written()) == key
    assert not any(str(secret) in repr(key) for secret in (key.p, key.q, key.dp, key.dq))


@pytest.mark.parametrize("offset", [0, 1, 2**20])
def test_a_number_not_below_the_modulus_is_refused(key: PrivateKey, offset: int) -> None:
    with pytest.raises(SigningRefused, match="below"):
        blind_sign(key, (key.n + offset).to_bytes(size(key.n), "big"))


def test_the_largest_and_smallest_numbers_are_signed(key: PrivateKey) -> None:
    length = size(key.n)
    for number in (1, key.n - 1):
        signature = int.from_bytes(blind_sign(key, number.to_bytes(length, "big")), "big")
        assert pow(signature, 65537, key.n) == number


@pytest.mark.parametrize("length", [0, 1, 255, 257, 512])
def test_another_length_is_refused(key: PrivateKey, length: int) -> None:
    with pytest.raises(SigningRefused, match="length"):
        blind_sign(key, b"\x01" * length)


def test_nought_is_refused(key: PrivateKey) -> None:
    with pytest.raises(SigningRefused, match="nought"):
        blind_sign(key, bytes(size(key.n)))


@pytest.mark.parametrize("part", ["dp", "dq", "inverse"])
def test_a_faulty_signature_never_leaves(key: PrivateKey, part: str) -> None:
    # One wrong half is what gives the primes away (Boneh, DeMillo, Lipton 1997).
    faulty = replace(key, **{part: getattr(key, part) + 2})
    with pytest.raises(SigningFailed):
        blind_sign(faulty, b"\x02" * size(key.n))
