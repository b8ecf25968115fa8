"""The order 'hot': agreement and answers lift, days lower, and nothing else counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.threads.ranking import heat

DAY = date(2026, 11, 18)
COUNTS = st.integers(0, 1_000_000)
DAYS = st.dates(date(2020, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("votes", "comments", "days", "above"),
    [
        (0, 0, 0, 0.0),
        (1, 0, 0, 1.0),
        (0, 1, 0, 1.0),
        (2, 1, 0, 2.0),
        (600, 423, 0, 10.0),
        (0, 0, 2, -1.0),
        (3, 0, 4, 0.0),
        (600, 423, 20, 0.0),
    ],
)
def test_the_formula(votes: int, comments: int, days: int, above: float) -> None:
    fresh = heat(0, 0, DAY)
    assert heat(votes, comments, DAY - timedelta(days)) - fresh == pytest.approx(above)


@given(COUNTS, COUNTS, DAYS)
def test_more_is_never_lower_and_older_never_higher(votes: int, comments: int, day: date) -> None:
    stands = heat(votes, comments, day)
    assert heat(votes + 1, comments, day) > stands
    assert heat(votes, comments + 1, day) > stands
    assert heat(votes, comments, day - timedelta(1)) < stands


@given(COUNTS, COUNTS, DAYS)
def test_two_days_older_stands_level_with_twice_as_much(votes: int, more: int, day: date) -> None:
    doubled = heat(2 * (votes + more) + 1, 0, day - timedelta(2))
    assert doubled == pytest.approx(heat(votes, more, day))


@given(st.lists(st.tuples(COUNTS, COUNTS, DAYS), max_size=9), st.integers(0, 400))
def test_the_order_stays_as_days_pass(threads: list[tuple[int, int, date]], days: int) -> None:
    later = [(votes, comments, day + timedelta(days)) for votes, comments, day in threads]
    now = sorted(range(len(threads)), key=lambda n: round(heat(*threads[n]), 6))
    then = sorted(range(len(threads)), key=lambda n: round(heat(*later[n]), 6))
    assert now == then
