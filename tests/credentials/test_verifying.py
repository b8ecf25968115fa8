"""A credential counts only where its own key signed exactly it."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.credentials import blind, chain
from app.credentials.presented import Presented
from app.credentials.verifying import genuine
from tests import keyring
from tests.credentials.presenting import Published, forged
from tests.credentials.standings import EMPLOYER, modulus

TRIES = 300


def key(number: int, quarter: str = "2026Q4") -> chain.Key:
    n = modulus(number)
    return chain.Key(chain.key_id(n), n, EMPLOYER, "", quarter)


def test_the_rfc_s_signatures_are_genuine() -> None:
    given = [keyring.vector(raw) for raw in keyring.RFC_9474]
    salted = [vector for vector in given if len(vector["salt"]) == blind.SALT_BYTES]
    assert salted
    for vector in salted:
        n = vector["n"]
        listed = chain.Key(chain.key_id(n), n, None, "", "2026Q4")
        shown = Presented(listed.id, vector["input_msg"], vector["sig"])
        assert genuine(listed, shown)
        assert not genuine(listed, replace(shown, prepared=shown.prepared + b"!"))


def test_two_implementations_agree() -> None:
    shown = Published(None).credential(0)  # type: ignore[arg-type]  # signs without a database
    assert genuine(key(0), shown)
    assert blind.verify(modulus(0), shown.prepared, shown.signature)


def hostile(
    good: Presented, tries: int, rng: random.Random
) -> Iterator[tuple[chain.Key, Presented]]:
    """Change a credential in every way that keeps its sizes, and show it under some key."""
    other = key(1)
    for number in range(tries):
        bit = 1 << rng.randrange(8)
        place = rng.randrange(256)
        signature = bytearray(good.signature)
        signature[place] ^= bit
        prepared = bytearray(good.prepared)
        prepared[place % len(prepared)] ^= bit
        yield from [
            (key(0), replace(good, signature=bytes(signature))),
            (key(0), replace(good, prepared=bytes(prepared))),
            (other, good),
            (other, replace(good, key=other.id)),
            (key(0), forged(0)),
            (key(0), replace(good, signature=_above(number))),
        ][number % 6 : number % 6 + 1]


def _above(number: int) -> bytes:
    return (modulus(0) + number).to_bytes(256, "big")


def test_what_was_tampered_with_is_never_genuine() -> None:
    good = Published(None).credential(0)  # type: ignore[arg-type]  # signs without a database
    tried = [genuine(*shown) for shown in hostile(good, TRIES, random.Random(1))]
    assert (len(tried), sum(tried)) == (TRIES, 0)


@pytest.mark.deep
def test_what_was_tampered_with_is_never_genuine_in_10_000_tries() -> None:
    good = Published(None).credential(0)  # type: ignore[arg-type]  # signs without a database
    tried = [genuine(*shown) for shown in hostile(good, 10_000, random.Random(2))]
    assert (len(tried), sum(tried)) == (10_000, 0)
