"""What a week may be, and the mending that is offered."""

import pytest

from app.weeks import clock
from app.weeks.arithmetic import Week
from app.weeks.bounds import mended, problems


def _week(start="10:00", end="21:00", days=5.0, **more):
    return Week(clock.minutes(start), clock.minutes(end), days, **more)


def test_a_usual_week_has_no_problem():
    assert problems(_week()) == {}
    assert mended(_week()) == {}


@pytest.mark.parametrize(
    ("field", "week"),
    [
        ("start", Week(-1, 600, 5)),
        ("end", Week(600, 1440, 5)),
        ("friday_end", _week(friday_end=1440)),
        ("official_end", _week(official_end=-5)),
        ("days", _week(days=3.5)),
        ("days", _week(days=7.5)),
        ("days", _week(days=5.2)),
        ("days", _week(days=float("nan"))),
        ("days", _week(days=float("inf"))),
        ("lunch", _week(lunch=-1)),
        ("dinner", _week(dinner=1440)),
        ("lunch", _week(lunch=660, dinner=0)),
        ("dinner", _week(lunch=60, dinner=600)),
        ("friday_end", _week("10:00", "13:00", lunch=60, dinner=0, friday_end=660)),
    ],
)
def test_a_field_out_of_bounds(field, week):
    assert list(problems(week)) == [field]
    assert list(problems(week, confirmed=True)) == [field]


@pytest.mark.parametrize(
    "week",
    [
        _week("10:00", "02:01"),
        _week("10:00", "10:00"),
        _week("10:00", "09:00"),
        _week(friday_end=clock.minutes("07:00")),
    ],
)
def test_less_than_eight_hours_between_shifts_asks(week):
    assert list(problems(week)) == ["confirm"]
    assert problems(week, confirmed=True) == {}


def test_exactly_eight_hours_between_shifts_is_enough():
    assert problems(_week("10:00", "02:00")) == {}


def test_the_question_names_the_day_that_is_too_long():
    _, said = problems(_week(friday_end=clock.minutes("07:00")))["confirm"]

    assert said == {"start": "10:00", "end": "07:00"}


def test_a_twelve_hour_clock_is_mended():
    assert mended(_week("10:00", "09:30")) == {"end": clock.minutes("21:30")}
    assert mended(_week(friday_end=clock.minutes("07:00"))) == {
        "friday_end": clock.minutes("19:00")
    }


def test_a_day_of_half_an_hour_is_mended():
    assert mended(_week("09:00", "09:30")) == {"end": clock.minutes("21:30")}
    assert mended(_week("09:00", "12:00")) == {}


def test_a_night_shift_needs_no_mending():
    assert mended(_week("22:00", "07:00")) == {}
    assert mended(_week("10:00", "10:00")) == {"end": clock.minutes("22:00")}
