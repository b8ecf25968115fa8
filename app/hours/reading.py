"""The report form read: answers where every field is right, messages beside those that are not."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from app.hours import answers
from app.hours.answers import Answers
from app.hours.models import HourReport
from app.web.forms import Form
from app.web.languages import N_
from app.weeks import bounds, clock
from app.weeks.arithmetic import ASSUMED_BREAK, Week
from app.weeks.quarters import Quarter

BREAK_STEP: Final = 15
_NUMBER = re.compile(r"[0-9]{1,4}")
_SHOWN = 40
_DAYS = {f"{days:g}": days for days in bounds.DAYS}
_TIMES: Final[Mapping[str, str]] = {
    "start": N_("Say when you arrive, such as 10:00."),
    "end": N_("Say when you leave, such as 21:00."),
}
NO_CHOICE: Final = N_("“%(typed)s” is not one of the choices.")
_TICKED: Final = ("", "1", "on")
DEFAULTS: Final[Mapping[str, str]] = {"start": "10:00", "end": "21:00", "days": "5"}


def read(
    form: Form, cities: Mapping[str, str], quarters: Collection[Quarter] = ()
) -> tuple[Answers, Quarter] | None:
    """Return what a form says, or None after putting a message beside each wrong field.

    cities: what may be written, to what is stored. quarters: those that are open; any if empty.
    """
    week = read_week(form)
    quarter = read_quarter(form, quarters)
    city = _choice(form, "city", cities, N_("Choose where you work."))
    role = _choice(form, "role", answers.ROLES, N_("Choose your kind of work."))
    more = {
        name: _choice(form, name, offered)
        for name, offered in (
            ("pay", answers.PAY),
            ("choice", answers.CHOICE),
            ("reached", answers.REACHED),
            ("ill", answers.ILL),
        )
    }
    burnout = _choice(form, "burnout", answers.BURNOUT)
    rest_days = _rest_days(form)
    verify_later = _ticked(form, "verify_later")
    if week is None or quarter is None or city is None or role is None or not form.ok:
        return None
    said = Answers(
        start=week.start,
        end=week.end,
        days=week.days,
        city=cities[city],
        role=role,
        lunch=week.lunch,
        dinner=week.dinner,
        friday_end=week.friday_end,
        official_end=week.official_end,
        rest_days=rest_days,
        burnout=int(burnout) if burnout else None,
        verify_later=verify_later,
        **more,
    )
    return said, quarter


def read_week(form: Form) -> Week | None:
    """Return the week that a form says, or None after putting messages beside its fields."""
    start, end = _time(form, "start"), _time(form, "end")
    days = _choice(form, "days", _DAYS, N_("Choose the days of a usual week."))
    lunch, dinner = _break(form, "lunch"), _break(form, "dinner")
    friday_end, official_end = _time(form, "friday_end"), _time(form, "official_end")
    confirmed = _ticked(form, "confirm")
    if start is None or end is None or days is None:
        return None
    week = Week(start, end, _DAYS[days], lunch, dinner, friday_end, official_end)
    for field, (message, values) in bounds.problems(week, confirmed).items():
        form.error(field, message, **values)
    return week


def read_quarter(form: Form, quarters: Collection[Quarter] = ()) -> Quarter | None:
    """Return the quarter that a form is for, or None after putting a message beside it."""
    text = form.get("quarter")
    if not text:
        form.error("quarter", N_("Choose the quarter that this is about."))
        return None
    try:
        quarter = Quarter.parse(text)
    except ValueError:
        form.error("quarter", NO_CHOICE, typed=text[:_SHOWN])
        return None
    if quarters and quarter not in quarters:
        form.error("quarter", N_("Reports are taken for this quarter and the last one only."))
        return None
    return quarter


def adjust(form: Form) -> None:
    """Do what a small button asks: `less` or `more` of a break, or `use` of a mended time."""
    for name, step in (("less", -BREAK_STEP), ("more", BREAK_STEP)):
        field = form.get(name)
        if field in {"lunch", "dinner"}:
            text = form.get(field) or str(assumed(form).get(field, 0))
            minutes = int(text) if _NUMBER.fullmatch(text) else 0
            form.values[field] = str(min(max(minutes + step, 0), 600))
    field, _, text = form.get("use").partition(" ")
    if field in {"end", "friday_end"} and _is_clock(text):
        form.values[field] = text


def assumed(form: Form) -> dict[str, int]:
    """Minutes of the breaks that count where nothing is stated, for the times typed so far."""
    quiet = copied(form)
    quiet.values.update(lunch="", dinner="")
    week = read_week(quiet)
    return dict.fromkeys(week.assumed, ASSUMED_BREAK) if week else {}


def copied(form: Form) -> Form:
    """Return a form with the same values and no message, to be read without a trace."""
    copy = Form()
    copy.values = dict(form.values)
    return copy


def written(report: HourReport) -> dict[str, str]:
    """Return the fields of the form as a report's author would type them again."""
    text = {"quarter": report.quarter, "verify_later": "1" if report.verify_later else ""}
    for name in ("start", "end", "friday_end", "official_end"):
        minute = getattr(report, name)
        text[name] = "" if minute is None else clock.text(minute)
    for name in ("days", "lunch", "dinner", "rest_days", "burnout"):
        number = getattr(report, name)
        text[name] = "" if number is None else f"{number:g}"
    for name in ("city", "role", "pay", "choice", "reached", "ill"):
        text[name] = getattr(report, name) or ""
    return text


def _is_clock(text: str) -> bool:
    try:
        clock.minutes(text)
    except ValueError:
        return False
    return True


def _time(form: Form, name: str) -> int | None:
    text = form.get(name)
    if not text:
        if name in _TIMES:
            form.error(name, _TIMES[name])
        return None
    if not _is_clock(text):
        form.error(
            name, N_("“%(typed)s” is not a time of day, such as 10:00."), typed=text[:_SHOWN]
        )
        return None
    return clock.minutes(text)


def _break(form: Form, name: str) -> int | None:
    text = form.get(name)
    if text and not _NUMBER.fullmatch(text):
        form.error(name, N_("Give the minutes of one break, or leave it empty."))
        return None
    return int(text) if text else None


def _rest_days(form: Form) -> int | None:
    text = form.get("rest_days")
    if text and not (_NUMBER.fullmatch(text) and int(text) <= answers.MOST_REST_DAYS):
        form.error(
            "rest_days",
            N_("Give a number of days from 0 to %(most)s, or leave it empty."),
            most=answers.MOST_REST_DAYS,
        )
        return None
    return int(text) if text else None


def _choice(form: Form, name: str, offered: Collection[str], missing: str = "") -> str | None:
    text = form.get(name)
    if not text:
        if missing:
            form.error(name, missing)
        return None
    if text not in offered:
        form.error(name, NO_CHOICE, typed=text[:_SHOWN])
        return None
    return text


def _ticked(form: Form, name: str) -> bool:
    text = form.get(name)
    if text not in _TICKED:
        form.error(name, NO_CHOICE, typed=text[:_SHOWN])
    return text in _TICKED[1:]
