"""The report form, field by field, without a server."""

from dataclasses import asdict
from datetime import date

import pytest

from app.hours import answers, reading
from app.hours.models import HourReport
from app.hours.sheet import Lit, Sheet
from app.web.forms import Form
from app.weeks.quarters import Quarter

TODAY = date(2026, 11, 18)
CITIES = {"beijing": "beijing", "北京": "beijing", "elsewhere": "elsewhere"}
USUAL = {
    "start": "10:00",
    "end": "21:00",
    "days": "5",
    "city": "beijing",
    "role": "sales",
    "quarter": "2026Q4",
}


def read(**typed: str) -> tuple[object, Form]:
    form = Form(list({**USUAL, **typed}.items()))
    return reading.read(form, CITIES, answers.open_quarters(TODAY)), form


def test_the_least_that_can_be_said() -> None:
    said, form = read()

    assert form.ok
    assert said == (answers.Answers(600, 1260, 5, "beijing", "sales"), Quarter(2026, 4))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *((name, "") for name in USUAL),
        *((name, "25:00") for name in ("start", "end", "friday_end", "official_end")),
        *((name, "noon") for name in ("start", "end", "friday_end", "official_end")),
        *(("days", typed) for typed in ("3", "3.5", "4.2", "7.5", "05", "5,5", "nan", "-5")),
        *((name, typed) for name in ("lunch", "dinner") for typed in ("-1", "1.5", "1e2", "9999")),
        ("lunch", "660"),
        ("dinner", "600"),
        ("friday_end", "10:30"),
        *(("quarter", typed) for typed in ("2026Q2", "2027Q1", "2026Q5", "2026q4", "now")),
        *((name, "none") for name in ("city", "role", "pay", "choice", "reached", "ill")),
        *(("burnout", typed) for typed in ("0", "6", "1.0", "x")),
        *(("rest_days", typed) for typed in ("-1", "29", "2.5", "four", "٣")),
        *((name, "yes") for name in ("verify_later", "confirm")),
    ],
)
def test_one_wrong_field_has_one_message(field: str, typed: str) -> None:
    stated = {"lunch": "60", "dinner": "60"} if field == "friday_end" else {}
    said, form = read(**{**stated, field: typed})

    if field == "friday_end" and typed == "10:30":
        assert said is not None, "a Friday too short for lunch has no lunch"
        return
    assert said is None
    assert list(form.errors) == [field]


def test_short_nights_are_asked_about() -> None:
    said, form = read(end="03:00")
    assert said is None
    assert list(form.errors) == ["confirm"]

    said, form = read(end="03:00", confirm="1")
    assert said is not None


def test_what_was_written_is_read_again() -> None:
    full = {
        **USUAL,
        "lunch": "45",
        "dinner": "0",
        "friday_end": "18:00",
        "official_end": "19:00",
        "pay": "neither",
        "choice": "required",
        "reached": "sometimes",
        "rest_days": "0",
        "ill": "not_ill",
        "burnout": "5",
        "verify_later": "1",
        "days": "6.5",
    }
    said, _ = read(**full)
    assert said is not None
    answered, quarter = said  # type: ignore[misc]

    report = HourReport(quarter=str(quarter), **asdict(answered))
    assert reading.written(report) == full


@pytest.mark.parametrize(
    ("typed", "pressed", "after"),
    [
        ({"lunch": "60"}, {"more": "lunch"}, {"lunch": "75"}),
        ({"lunch": "60"}, {"less": "lunch"}, {"lunch": "45"}),
        ({"lunch": "10"}, {"less": "lunch"}, {"lunch": "0"}),
        ({"lunch": "600"}, {"more": "lunch"}, {"lunch": "600"}),
        ({}, {"more": "dinner"}, {"dinner": "75"}),  # from the hour that is assumed
        ({"end": "18:00"}, {"more": "dinner"}, {"dinner": "15"}),  # none is assumed there
        ({"lunch": "x"}, {"more": "lunch"}, {"lunch": "15"}),
        ({"end": "09:30"}, {"use": "end 21:30"}, {"end": "21:30"}),
        ({}, {"use": "friday_end 19:00"}, {"friday_end": "19:00"}),
        ({}, {"use": "start 19:00"}, {"start": "10:00"}),
        ({}, {"use": "end <b>"}, {"end": "21:00"}),
        ({}, {"more": "start"}, {"start": "10:00"}),
    ],
)
def test_small_buttons(
    typed: dict[str, str], pressed: dict[str, str], after: dict[str, str]
) -> None:
    form = Form(list({**USUAL, **typed, **pressed}.items()))
    reading.adjust(form)

    assert {name: form.get(name) for name in after} == after


def sheet(**typed: str) -> Sheet:
    form = Form(list({**USUAL, **typed}.items()))
    return Sheet("/employers/x/report", "CN", TODAY, form, Quarter.of(TODAY))


def test_a_day_is_drawn_from_six_to_six() -> None:
    assert sheet().lights == [Lit(8, 16, "day"), Lit(24, 6, "lit")]
    assert sheet(start="22:00", end="07:00").lights == [Lit(32, 16, "lit"), Lit(0, 2, "day")]
    assert sheet(start="06:00", end="06:00").lights == [Lit(0, 24, "day"), Lit(24, 24, "lit")]
    assert sheet(start="never").lights == []


def test_the_sheet_reads_a_week_without_its_wrong_friday() -> None:
    week = sheet(friday_end="x").week

    assert week is not None
    assert week.friday_end is None


def test_reading_a_sheet_puts_no_message_on_its_form() -> None:
    shown = sheet(start="x", lunch="y")

    assert (shown.week, shown.reading, shown.mended, shown.assumed) == (None, None, {}, {})
    assert shown.form.ok
