"""Lines on the trend: a day stands at its quarter, numbers do not meet, means are level."""

from datetime import date
from itertools import pairwise

import pytest

from app.figures import charts
from app.figures.change import change
from app.figures.marks import GAP, HEAD, INSIDE, Marks, marks


def picture(*quarters: str, mean: float = 60) -> charts.Trend:
    drawn = charts.trend(points(*quarters, mean=mean))
    assert drawn is not None
    return drawn


def points(*quarters: str, mean: float = 60) -> list[dict[str, object]]:
    return [
        {"quarter": name, "mean": mean + 2 * i, "low": mean - 3, "high": mean + 9, "about": 40}
        for i, name in enumerate(quarters)
    ]


YEAR = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")


def on(course: charts.Trend, *days: str) -> Marks:
    return marks(course, {n: date.fromisoformat(day) for n, day in enumerate(days, start=1)})


def test_a_day_stands_about_its_quarters_ring() -> None:
    course = picture(*YEAR)
    rings = [point.x for point in course.points]
    (middle,) = on(course, "2026-05-16").marks
    assert middle.x == pytest.approx(rings[1], abs=0.5)
    (late,) = on(course, "2026-06-30").marks
    assert late.x == pytest.approx((rings[1] + rings[2]) / 2, abs=0.5)


def test_a_quarter_without_a_ring_lies_between_two() -> None:
    course = picture("2026Q1", "2026Q4")
    (only,) = on(course, "2026-06-05").marks
    assert only.x == (course.points[0].x + course.points[1].x) / 2


@pytest.mark.parametrize("day", ["2025-12-31", "2027-01-01"])
def test_what_lies_outside_has_no_line_and_the_picture_stays_as_it_was(day: str) -> None:
    assert on(picture(*YEAR), day) == Marks((), (), 0)


@pytest.mark.parametrize("day", ["2026-01-01", "2026-12-31"])
def test_lines_stay_inside_and_off_the_hours(day: str) -> None:
    found = on(picture("2026Q1", "2026Q4"), day)
    assert INSIDE.low <= found.marks[0].x <= INSIDE.high
    assert found.head == HEAD


def test_numbers_that_would_meet_stand_together() -> None:
    found = on(picture(*YEAR), "2026-02-01", "2026-05-01", "2026-05-09", "2026-05-12", "2026-09-01")
    assert [each.numbers for each in found.marks] == [(1,), (2, 3, 4), (), (), (5,)]
    named = [each.x for each in found.marks if each.numbers]
    assert min(b - a for a, b in pairwise(named)) >= GAP


def test_the_means_meet_at_the_day_and_stand_at_their_height() -> None:
    course, day = picture(*YEAR), date(2026, 5, 16)
    told = change(points(*YEAR), day)
    assert told is not None
    before, after = marks(course, {1: day}, (day, told)).levels
    rings = course.points
    assert (before.left, after.right) == (rings[0].x, rings[3].x)
    assert before.right == after.left == pytest.approx(rings[1].x, abs=0.5)
    assert before.y == rings[0].y
    assert after.y == pytest.approx((rings[2].y + rings[3].y) / 2, abs=0.01)
