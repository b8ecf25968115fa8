"""Which bin a value falls into, by table, and that real schedules sit in the middle of theirs."""

import pytest

from app.figures.bins import (
    ARRIVAL,
    BY_KIND,
    DAYS_A_WEEK,
    LEAVING,
    PRESENCE,
    WEEKLY,
    WORKING,
    indices,
    values,
)
from app.weeks.arithmetic import Week


def hours(*numbers: float) -> list[float]:
    return [number * 60 for number in numbers]


def test_hours_are_binned_by_the_edges_of_the_design() -> None:
    fine = [33.75 + 2.5 * n for n in range(20)]
    assert list(WORKING.edges) == hours(*fine, 86.25, 91.25, 96.25, 101.25)
    assert fine[-1] == 81.25
    assert PRESENCE.edges == WORKING.edges
    assert len(WORKING) == 25


@pytest.mark.parametrize(
    ("value", "index"),
    [
        (0, 0),
        (33.74, 0),
        (33.75, 1),
        (36.24, 1),
        (36.25, 2),
        (81.24, 19),
        (81.25, 20),
        (86.25, 21),
        (101.24, 23),
        (101.25, 24),
        (168, 24),
    ],
)
def test_a_value_on_an_edge_belongs_above_it_and_open_ends_take_the_rest(
    value: float, index: int
) -> None:
    assert WORKING.index(value * 60) == index


@pytest.mark.parametrize("schedule", [35, 37.5, 40, 42.5, 45, 50, 55, 57.5, 60, 72.5, 80])
def test_real_schedules_sit_in_the_middle_of_a_bin(schedule: float) -> None:
    assert WORKING.centres[WORKING.index(schedule * 60)] == schedule * 60


@pytest.mark.parametrize(
    ("start", "end", "arrival", "leaving"),
    [
        ("06:00", "14:00", 0, 16),
        ("09:00", "18:00", 6, 24),
        ("09:29", "18:29", 6, 24),
        ("09:30", "21:30", 7, 31),
        ("05:59", "15:00", 47, 66),  # arrives before six: the last half hour of the day before
        ("20:00", "08:00", 28, 52),  # a night shift leaves on the second day
        ("05:30", "05:00", 47, 94),
        ("06:00", "06:00", 0, 48),  # twenty-four hours
    ],
)
def test_clock_times_count_from_the_six_before_arriving(
    start: str, end: str, arrival: int, leaving: int
) -> None:
    minutes = [int(text[:2]) * 60 + int(text[3:]) for text in (start, end)]
    found = indices(Week(*minutes, days=5))
    assert (found["arrival"], found["leaving"]) == (arrival, leaving)


@pytest.mark.parametrize(("days", "index"), [(4, 0), (4.5, 1), (5, 2), (5.5, 3), (6, 4), (7, 6)])
def test_days_a_week_are_bins_of_their_own(days: float, index: int) -> None:
    assert DAYS_A_WEEK.index(days) == index


def test_a_week_adds_one_report_to_each_histogram() -> None:
    week = Week(9 * 60, 21 * 60, 6)
    assert values(week)["presence"] == 72 * 60
    assert values(week)["working"] == 60 * 60
    assert set(indices(week)) == set(BY_KIND) == {bins.kind for bins in WEEKLY}
    assert all(0 <= index < len(BY_KIND[kind]) for kind, index in indices(week).items())
    assert len(ARRIVAL) == 48
    assert len(LEAVING) == 96


def test_the_last_bin_begins_where_the_last_edge_is() -> None:
    assert [WORKING.index(value * 60) for value in (101.24, 101.25, 168)] == [23, 24, 24]


def test_spans_leave_open_ends_open() -> None:
    assert WORKING.spans()[0] == (None, 33.75 * 60)
    assert WORKING.spans()[-1] == (101.25 * 60, None)
