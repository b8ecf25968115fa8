"""The worker's side of RFC 9474 on the RFC's own vectors, and what it refuses."""

from typing import Any

import pytest

from app.credentials import blind
from app.issuing.signer import PrivateKey, blind_sign
from tests import keyring

VECTORS = pytest.mark.parametrize("raw", keyring.RFC_9474, ids=lambda raw: raw["name"])


@VECTORS
def test_it_blinds_as_the_rfc_does(raw: dict[str, Any]) -> None:
    given = keyring.vector(raw)
    blinded = blind.blind_with(given["n"], given["input_msg"], given["salt"], given["inv"])
    assert blinded.message == given["blinded_msg"]


@VECTORS
def test_it_opens_and_verifies_as_the_rfc_does(raw: dict[str, Any]) -> None:
    given = keyring.vector(raw)
    n, message, signature = given["n"], given["input_msg"], given["sig"]
    opened = int.from_bytes(given["blind_sig"], "big") * given["inv"] % n
    assert opened.to_bytes(blind.size(n), "big") == signature
    assert blind.verify(n, message, signature, len(given["salt"]))
    assert not blind.verify(n, message + b"!", signature, len(given["salt"]))
    assert not blind.verify(n, message, signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not blind.verify(n, message, signature[1:])
    assert not blind.verify(n, message, n.to_bytes(blind.size(n), "big"))


@pytest.fixture(scope="module")
def key() -> PrivateKey:
    return keyring.premade()()


def test_two_blindings_of_one_message_have_nothing_in_common(key: PrivateKey) -> None:
    prepared = blind.prepare(b"credential")
    one, other = blind.blind(key.n, prepared), blind.blind(key.n, prepared)
    assert one.message != other.message
    signatures = {
        blind.finalize(key.n, prepared, blind_sign(key, made.message), made.inverse)
        for made in (one, other)
    }
    assert len(signatures) == 2
    assert all(blind.verify(key.n, prepared, signature) for signature in signatures)


def test_a_wrong_answer_is_no_signature(key: PrivateKey) -> None:
    prepared = blind.prepare(b"credential")
    made = blind.blind(key.n, prepared)
    answer = blind_sign(key, made.message)
    for wrong in (answer[1:], answer[:-1] + bytes([answer[-1] ^ 1]), b"\x00" * len(answer)):
        with pytest.raises(blind.BlindingFailed):
            blind.finalize(key.n, prepared, wrong, made.inverse)
    with pytest.raises(blind.BlindingFailed):
        blind.finalize(key.n, blind.prepare(b"credential"), answer, made.inverse)
