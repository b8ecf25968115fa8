"""Forty-odd schedules whose answers were worked out by hand, and laws that hold for any week."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.weeks import clock, codes
from app.weeks.arithmetic import DAY, Week, per_month, span

# start, end, days, lunch, dinner -> presence and working hours a week, overtime over 40, codes.
SCHEDULES = [
    # the twelve codes, breaks unstated: one hour of lunch, one of dinner from 20:00 on
    ("09:00", "17:00", 5, None, None, 40, 35, 0, "955"),
    ("09:00", "18:00", 5, None, None, 45, 40, 0, "965"),
    ("09:00", "19:00", 5, None, None, 50, 45, 5, "975"),
    ("09:00", "20:00", 5, None, None, 55, 45, 5, "985"),
    ("09:00", "21:00", 5, None, None, 60, 50, 10, "995"),
    ("09:00", "21:00", 6, None, None, 72, 60, 20, "996"),
    ("09:00", "21:00", 7, None, None, 84, 70, 30, "997"),
    ("10:00", "19:00", 5, None, None, 45, 40, 0, "1075"),
    ("10:00", "21:00", 5, None, None, 55, 45, 5, "1095"),
    ("10:00", "22:00", 5, None, None, 60, 50, 10, "10105"),
    ("10:00", "22:00", 6, None, None, 72, 60, 20, "10106"),
    ("11:00", "23:00", 6, None, None, 72, 60, 20, "11116"),
    # stated breaks
    ("09:00", "21:00", 6, 60, 60, 72, 60, 20, "996"),
    ("09:00", "21:00", 6, 120, 60, 72, 54, 14, "996"),
    ("09:00", "21:00", 6, 0, 0, 72, 72, 32, "996"),
    ("09:00", "21:00", 6, 0, None, 72, 66, 26, "996"),
    ("09:00", "21:00", 6, None, 0, 72, 66, 26, "996"),
    ("09:00", "18:00", 5, 90, 0, 45, 37.5, 0, "965"),
    ("10:00", "19:00", 5, 60, 30, 45, 37.5, 0, "1075"),
    # alternate weeks of five and six days
    ("09:00", "18:00", 5.5, None, None, 49.5, 44, 4, ""),
    ("09:00", "21:00", 5.5, None, None, 66, 55, 15, "995 996"),
    ("10:00", "22:00", 5.5, None, None, 66, 55, 15, "10105 10106"),
    ("10:00", "21:30", 5.5, 60, 45, 63.25, 53.625, 13.625, "1095 10106"),
    ("11:00", "23:00", 5.5, None, None, 66, 55, 15, ""),
    # other halves and few days: no code
    ("09:00", "21:00", 4.5, None, None, 54, 45, 5, ""),
    ("09:00", "21:00", 6.5, None, None, 78, 65, 25, ""),
    ("09:00", "18:00", 4, None, None, 36, 32, 0, ""),
    # near a code, at its edge and beyond
    ("09:30", "18:30", 5, None, None, 45, 40, 0, "965"),
    ("09:15", "18:45", 5, None, None, 47.5, 42.5, 2.5, "975"),
    ("09:45", "21:45", 6, None, None, 72, 60, 20, "10106"),
    ("08:15", "20:15", 6, None, None, 72, 60, 20, "996"),
    ("08:14", "20:15", 6, None, None, 72.1, 60.1, 20.1, ""),
    ("09:00", "21:46", 6, None, None, 76.6, 64.6, 24.6, ""),
    ("09:00", "19:30", 5, None, None, 52.5, 47.5, 7.5, "975"),
    ("09:30", "21:30", 6, None, None, 72, 60, 20, "996"),
    ("09:30", "21:00", 5, None, None, 57.5, 47.5, 7.5, "1095"),
    # dinner is assumed only for who arrives before 18:00 and leaves at 20:00 or later
    ("09:00", "19:59", 5, None, None, 54.9166667, 49.9166667, 9.9166667, "985"),
    ("17:59", "20:00", 5, None, None, 10.0833333, 5.0833333, 0, ""),
    ("18:00", "23:59", 5, None, None, 29.9166667, 29.9166667, 0, ""),
    # lunch is assumed from six hours of presence on
    ("09:00", "15:00", 5, None, None, 30, 25, 0, ""),
    ("09:00", "14:59", 5, None, None, 29.9166667, 29.9166667, 0, ""),
    # past midnight and night shifts
    ("10:00", "00:30", 6, None, None, 87, 75, 35, ""),
    ("14:00", "02:00", 6, None, None, 72, 60, 20, ""),
    ("22:00", "07:00", 5, None, None, 45, 40, 0, ""),
    ("20:00", "08:00", 4, None, None, 48, 44, 4, ""),
    ("21:00", "06:00", 7, 30, 30, 63, 56, 16, ""),
    # the ends of what is possible: a whole day, one minute
    ("09:00", "09:00", 7, None, None, 168, 154, 114, ""),
    ("09:00", "09:01", 4, None, None, 0.0666667, 0.0666667, 0, ""),
    # a hundred hours in a laboratory
    ("09:00", "23:40", 7, 20, 20, 102.6666667, 98, 58, ""),
]


def _week(start: str, end: str, *rest: float | None) -> Week:
    return Week(clock.minutes(start), clock.minutes(end), *rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "days", "lunch", "dinner", "presence", "working", "overtime", "named"),
    SCHEDULES,
)
def test_schedule(start, end, days, lunch, dinner, presence, working, overtime, named):
    week = _week(start, end, days, lunch, dinner)

    assert week.presence / 60 == pytest.approx(presence)
    assert week.working / 60 == pytest.approx(working)
    assert week.overtime(2400) / 60 == pytest.approx(overtime)
    assert " ".join(map(str, codes.name(week))) == named


def test_the_table_holds_every_code_and_at_least_forty_schedules():
    named = {row[-1] for row in SCHEDULES}

    assert len(SCHEDULES) >= 40
    assert {str(code) for code in codes.NAMED} <= named


# start, end, days, lunch, dinner, friday -> presence and working hours
FRIDAYS = [
    (("10:00", "21:00", 5, None, None, "18:00"), 52, 43),  # no dinner on so short a day
    (("10:00", "21:00", 5, 60, 60, "18:00"), 52, 43),
    (("10:00", "21:00", 5, 60, 60, "12:00"), 46, 38),  # nor lunch
    (("09:00", "18:00", 6, 60, 0, "17:00"), 53, 47),
    (("09:00", "18:00", 5, 60, None, "22:00"), 49, 43),  # a long Friday has its dinner
    (("22:00", "06:00", 5, 30, 0, "04:00"), 38, 35.5),
    (("09:00", "13:00", 5, 15, 0, "12:00"), 19, 17.75),  # a short day's own break stays
    (("09:00", "18:00", 4.5, 60, 0, "15:00"), 37.5, 33),
]


@pytest.mark.parametrize(("said", "presence", "working"), FRIDAYS)
def test_friday_ends_at_another_time(said, presence, working):
    *usual, friday = said
    week = _week(*usual, clock.minutes(friday))

    assert (week.presence / 60, week.working / 60) == (presence, working)


def test_assumed_breaks_are_named():
    assert _week("09:00", "21:00", 6).assumed == ("lunch", "dinner")
    assert _week("09:00", "21:00", 6, 60).assumed == ("dinner",)
    assert _week("09:00", "21:00", 6, 0, 0).assumed == ()
    assert _week("09:00", "12:00", 6).assumed == ()


def test_official_against_actual_leaving():
    assert _week("10:00", "21:30", 5, None, None, None, clock.minutes("19:00")).late == 150
    assert _week("10:00", "00:30", 5, None, None, None, clock.minutes("19:00")).late == 330
    assert _week("10:00", "18:30", 5, None, None, None, clock.minutes("19:00")).late == -30
    assert _week("10:00", "21:30", 5).late is None


def test_996_is_87_hours_of_overtime_a_month_and_2_4_times_the_cap():
    overtime = _week("09:00", "21:00", 6, 60, 60).overtime(2400)

    assert per_month(overtime) / 60 == pytest.approx(86.96, abs=0.01)
    assert per_month(overtime) / 2160 == pytest.approx(2.4, abs=0.05)


def test_no_standard_week_no_overtime():
    assert _week("09:00", "21:00", 6).overtime(None) is None


minutes = st.integers(0, DAY - 1)
breaks = st.none() | st.integers(0, DAY - 1)
halves = st.sampled_from([4, 4.5, 5, 5.5, 6, 6.5, 7])
weeks = st.builds(Week, minutes, minutes, halves, breaks, breaks, st.none() | minutes)


@given(weeks)
def test_never_negative_and_never_more_than_present(week):
    assert 0 <= week.working <= week.presence <= 7 * DAY
    assert week.presence >= 4
    assert week.overtime(2400) >= 0


@given(weeks)
def test_an_end_not_after_the_start_is_the_next_day(week):
    assert 1 <= week.day <= DAY
    assert (week.start + week.day) % DAY == week.end
    assert (week.start + week.day >= DAY) == (week.end <= week.start)


@given(minutes, minutes, breaks, breaks, st.none() | minutes, st.sampled_from([4, 5, 6]))
def test_alternate_weeks_are_the_mean_of_both(start, end, lunch, dinner, friday, days):
    low, mid, high = (Week(start, end, days + more, lunch, dinner, friday) for more in (0, 0.5, 1))

    assert mid.presence == (low.presence + high.presence) / 2
    assert mid.working == (low.working + high.working) / 2


@given(weeks, st.integers(0, 600))
def test_a_longer_stated_lunch_never_adds_working_time(week, more):
    stated = Week(week.start, week.end, week.days, 60, week.dinner)
    longer = Week(week.start, week.end, week.days, 60 + more, week.dinner)

    assert longer.working <= stated.working


@given(minutes)
def test_clock_reads_what_it_writes(minute):
    assert clock.minutes(clock.text(minute)) == minute


@pytest.mark.parametrize("text", ["9:5", "24:00", "25:00", "10:60", "10.30", "١٠:٣٠", "", "-1:00"])
def test_clock_refuses(text):
    with pytest.raises(ValueError, match="time of day"):
        clock.minutes(text)


def test_span_of_equal_times_is_a_whole_day():
    assert span(540, 540) == DAY
