"""When pending reports become a cohort: threshold and secret draw, by table and by law."""

import os

import pytest

from app.hours.cohorts import P, secret_draw, threshold


@pytest.mark.parametrize(
    ("least", "year", "draw", "quarter_closed", "wanted"),
    [
        (10, 0, 0, False, 10),
        (10, 0, 7, False, 17),
        (10, 99, 0, False, 10),
        (10, 101, 0, False, 11),
        (10, 250, 3, False, 28),
        (10, 250, 3, True, 10),
        (10, -12, 2, False, 12),  # a sum of noise may be negative
        (25, 100, 1, False, 26),
    ],
)
def test_the_threshold(
    least: int, year: float, draw: int, quarter_closed: bool, wanted: int
) -> None:
    assert threshold(least, year, draw, quarter_closed) == wanted


def test_draws_follow_the_geometric_law() -> None:
    key = bytes(range(32))  # one key, the same draws: nine bounds of four errors are no rare miss
    draws = [secret_draw(key, (str(n).encode(),)) for n in range(20_000)]
    for value in range(8):
        wanted = P * (1 - P) ** value
        error = 4 * (wanted * (1 - wanted) / len(draws)) ** 0.5
        assert draws.count(value) / len(draws) == pytest.approx(wanted, abs=error)
    assert sum(draws) / len(draws) == pytest.approx((1 - P) / P, abs=0.15)
    assert min(draws) == 0


def test_a_draw_stays_for_a_cohort_and_is_fresh_for_the_next() -> None:
    key = os.urandom(32)
    first = [secret_draw(key, (b"employer", str(n).encode())) for n in range(40)]
    assert first == [secret_draw(key, (b"employer", str(n).encode())) for n in range(40)]
    assert len(set(first)) > 3


def test_without_the_key_a_draw_is_unknown_and_parts_do_not_run_together() -> None:
    told = [(secret_draw(os.urandom(32), (b"employer", b"3"))) for _ in range(60)]
    assert len(set(told)) > 3
    key = b"k" * 32
    split = [secret_draw(key, (b"a" * n, b"a" * (30 - n))) for n in range(31)]
    assert len(set(split)) > 3
