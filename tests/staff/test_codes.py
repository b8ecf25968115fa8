"""Codes: RFC 6238's own, each step once, one early or late; recovery codes; what seals them."""

from datetime import UTC, datetime, timedelta

import pytest

from app.settings import Settings
from app.staff import codes

RFC = b"12345678901234567890"
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
HERE = int(NOON.timestamp()) // 30


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_vectors_of_the_rfc(second: int, code: str) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    assert codes.now(RFC, at) == code
    assert codes.step(RFC, code, at, 0) == second // 30


@pytest.mark.parametrize(
    ("seconds", "after", "expected"),
    [
        (0, 0, HERE),
        (-30, 0, HERE - 1),
        (30, 0, HERE + 1),
        (-60, 0, None),
        (60, 0, None),
        (0, HERE, None),
        (-30, HERE, None),
        (30, HERE, HERE + 1),
        (0, HERE + 2880, None),  # the clock was a day ahead
    ],
)
def test_one_step_early_or_late_and_none_twice(
    seconds: int, after: int, expected: int | None
) -> None:
    code = codes.now(RFC, NOON + timedelta(seconds=seconds))
    assert codes.step(RFC, code, NOON, after) == expected


def test_codes_as_people_type_them() -> None:
    code = codes.now(RFC, NOON)
    wide = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code)
    for typed in (code, f" {code[:3]} {code[3:]} ", wide):
        assert codes.step(RFC, typed, NOON, 0) == HERE
    for typed in ("", code[:5], code + "0", "٣" * 6, "x" * 2000):
        assert codes.step(RFC, typed, NOON, 0) is None


def test_words_have_128_bits_and_one_owner() -> None:
    word = codes.fresh_word()
    assert len(codes.plain(word)) == 26
    assert word != codes.fresh_word()
    assert codes.digest(b"ann", word) == codes.digest(b"ann", f" {word.upper().replace('-', ' ')}")
    assert codes.digest(b"ann", word) != codes.digest(b"bob", word)


def test_a_key_is_sealed_for_its_owner_under_the_sites_secret() -> None:
    here, elsewhere = Settings(secret_key="a"), Settings(secret_key="b")
    sealed = codes.seal(here, b"ann", RFC)
    assert RFC not in sealed
    assert len(sealed) <= 80, "as the column is wide"
    assert codes.unseal(here, b"ann", sealed) == RFC
    assert codes.unseal(here, b"bob", sealed) is None
    assert codes.unseal(elsewhere, b"ann", sealed) is None
