"""Tags: vectors made with `openssl dgst -mac HMAC`, and the ways in which they must differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.members import tags

KEY = bytes(range(32))
EMPLOYER = bytes(range(0xA0, 0xB0))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (tags.report(KEY, EMPLOYER, "2026Q4"), "b42b7b8f5e71a4cccb222387d00e53fe"),
        (tags.report(KEY, EMPLOYER, "2027Q1"), "4508d5390ba9ef0a4d04a4d8b8f52605"),
        (tags.mine(KEY, 0), "370eba78a2f2415952e271a94ca4f014"),
        (tags.mine(KEY, 1), "5eb457eb3168a52a2cf71f8aa2d26f40"),
        (tags.mine(KEY, 64), "01774830c29c7e416dcba303c8197dae"),
        (tags.spent(KEY, bytes(32)), "bbf15fdddf1eea6b598527dd21159026"),
        (tags.spent(KEY, bytes(range(0xC0, 0xE0))), "c105b9353d7fc755a1f9a74e70e79613"),
        (tags.mine(b"\xff" * 32, 0), "70b1db3b618dffe61edb4e2f610b5022"),
    ],
)
def test_vectors(tag: bytes, expected: str) -> None:
    assert tag.hex() == expected


@given(st.binary(max_size=20), st.text("Q0123456789", max_size=8), st.integers(0, 8))
def test_moving_a_byte_between_arguments_makes_another_tag(
    employer: bytes, quarter: str, cut: int
) -> None:
    joined = employer + quarter.encode()
    other = joined[:cut], joined[cut:].decode("latin-1")
    if other[0] != employer and other[1].isascii():
        assert tags.report(KEY, *other) != tags.report(KEY, employer, quarter)


def test_every_tag_of_every_account_is_another() -> None:
    seen = [
        tag
        for key in (KEY, bytes(32))
        for tag in (
            *(tags.mine(key, n) for n in range(200)),
            *(tags.report(key, bytes([n]) * 16, "2026Q4") for n in range(200)),
            *(tags.spent(key, bytes([n]) * 32) for n in range(200)),
        )
    ]
    assert len(set(seen)) == len(seen)
    assert {len(tag) for tag in seen} == {tags.TAG_BYTES}


@pytest.mark.parametrize("n", [-1, 1 << 64])
def test_a_number_that_cannot_be_counted_to_is_an_error(n: int) -> None:
    with pytest.raises(OverflowError):
        tags.mine(KEY, n)
