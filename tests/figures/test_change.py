"""Before against after: which quarters count, what is said, and that the interval holds."""

import math
from datetime import date

import numpy as np
import pytest

from app.figures.change import MOST, Change, change
from app.weeks.quarters import Quarter
from benchmarks.changes import measure
from benchmarks.intervals import population

Point = dict[str, object]


def point(quarter: str, mean: float, low: float, high: float, about: int = 50) -> Point:
    return {"quarter": quarter, "mean": mean, "low": low, "high": high, "about": about}


def even(quarter: str, mean: float, about: int = 50) -> Point:
    return point(quarter, mean, mean - 2, mean + 2, about)


def found(trend: list[Point], day: str) -> Change:
    told = change(trend, date.fromisoformat(day))
    assert told is not None
    return told


YEAR = [even(f"2026Q{n}", 60.0) for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        # The quarter in which the day lies counts on neither side, unless it begins with it.
        ("2026-05-15", ["2026Q1"], ["2026Q3", "2026Q4"]),
        ("2026-04-01", ["2026Q1"], ["2026Q2", "2026Q3", "2026Q4"]),
        ("2026-06-30", ["2026Q1"], ["2026Q3", "2026Q4"]),
        ("2026-07-01", ["2026Q1", "2026Q2"], ["2026Q3", "2026Q4"]),
    ],
)
def test_whole_quarters_are_compared(day: str, before: list[str], after: list[str]) -> None:
    told = found(YEAR, day)
    assert (list(told.before.quarters), list(told.after.quarters)) == (before, after)


@pytest.mark.parametrize("day", ["2025-01-01", "2026-01-01", "2026-03-31", "2026-10-02"])
def test_nothing_is_compared_with_nothing(day: str) -> None:
    assert change(YEAR, date.fromisoformat(day)) is None
    assert change([], date.fromisoformat(day)) is None


def test_at_most_a_year_counts_on_either_side() -> None:
    quarters = [str(Quarter(2024, 1).plus(n)) for n in range(12)]
    told = found([even(name, 60.0) for name in quarters], "2025-07-01")
    assert list(told.before.quarters) == quarters[2:6]
    assert list(told.after.quarters) == quarters[6:10]
    assert MOST == 4


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (point("2026Q3", 59.2, 57.8, 60.6), (-0.8, -3, 2, "unclear")),
        (point("2026Q3", 55.0, 53.6, 56.4), (-5.0, -7, -3, "fewer")),
        (point("2026Q3", 65.0, 63.6, 66.4), (5.0, 3, 7, "more")),
        # What is rounded to 0 holds 0.
        (point("2026Q3", 58.0, 56.6, 59.4), (-2.0, -4, 0, "unclear")),
        (point("2026Q3", 60.0, 60.0, 60.0), (0.0, -2, 2, "unclear")),
    ],
)
def test_what_is_said(after: Point, says: tuple[float, int, int, str]) -> None:
    told = found([point("2026Q1", 60.0, 58.6, 61.4), after], "2026-05-05")
    assert (told.hours, told.low, told.high, told.verdict) == says
    assert math.copysign(1, told.hours) == (1 if told.hours >= 0 else -1)


def test_uneven_intervals_lend_each_end_their_own_side() -> None:
    told = found([point("2026Q1", 60, 50, 61), point("2026Q3", 60, 57, 64)], "2026-05-05")
    assert (told.low, told.high) == (math.floor(-math.hypot(3, 1)), math.ceil(math.hypot(4, 10)))


def test_quarters_count_by_their_reports_and_steady_each_other() -> None:
    many = [even("2025Q3", 50.0, 30), even("2025Q4", 60.0, 90), even("2026Q2", 57.5)]
    told = found(many, "2026-02-01")
    assert told.before.mean == 57.5
    assert told.before.high - told.before.mean == pytest.approx(2 * math.hypot(0.25, 0.75))
    assert told.verdict == "unclear"


def test_the_difference_is_held_as_often_as_the_means_are() -> None:
    rng, held = np.random.default_rng(5), 0
    for _ in range(600):
        spread = rng.uniform(1, 6, 5)
        means = rng.normal([60, 62, 61, 55, 57], spread)
        ends = 1.645 * spread
        trend = [
            point(str(Quarter(2025, 1).plus(n)), mean, mean - end, mean + end)
            for n, (mean, end) in enumerate(zip(means, ends, strict=True))
        ]
        told = found(trend, "2025-10-01")
        held += told.low <= -5 <= told.high
    assert held >= 0.9 * 600


@pytest.mark.deep
def test_the_interval_holds_the_truth() -> None:
    """A small form of `python -m benchmarks.changes`, with cohorts as the rule makes them."""
    rng = np.random.default_rng(5)
    late, early = population("995 and 996", True, 600), population("10-7-5", True, 600)
    held = measure(rng, late, early, 100, 12)
    assert held.covered >= 10 / 12
    assert held.fewer == 1.0
