"""Quarters of the calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.weeks.quarters import Quarter, monday

days = st.dates(date(1, 4, 1), date(9999, 9, 30))


@given(days)
def test_a_day_lies_in_its_quarter(day):
    quarter = Quarter.of(day)

    assert quarter.first_day <= day <= quarter.last_day
    assert Quarter.parse(str(quarter)) == quarter
    assert quarter.next.previous == quarter == quarter.previous.next
    assert quarter.previous < quarter < quarter.next
    assert quarter.plus(4).year == quarter.year + 1


def test_written():
    assert str(Quarter.of(date(2026, 11, 21))) == "2026Q4"
    assert Quarter.parse("2026Q1").previous == Quarter(2025, 4)
    assert Quarter(2026, 4).last_day == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["", "2026Q5", "2026q4", "2026-4", "٢٠٢٦Q4", "0000Q1", "2026Q4\n"])
def test_refused(text):
    with pytest.raises(ValueError, match="not a quarter"):
        Quarter.parse(text)


@given(days)
def test_a_week_begins_on_monday(day):
    first = monday(day)

    assert first.weekday() == 0
    assert 0 <= (day - first).days < 7
