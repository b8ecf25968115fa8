"""Reading the form for a policy event."""

import re
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.employers import addresses, directory, personal, places
from app.figures.events import LONGEST, Announced
from app.web.forms import Form, visible
from app.web.languages import N_

OLDEST: Final = date(2000, 1, 1)
# What turns the reading direction around, or is not seen at all.
_UNSEEN: Final = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_ONE: Final = N_("Name one employer, or choose one country or territory: one of the two.")
_PERSONAL: Final = N_("This looks like a telephone number or an address of a person. Leave it out.")


def read(db: Session, form: Form, today: date) -> Announced | None:
    """Say what the form tells, or put a message beside each field that is not right."""
    day, source = _day(form, today), _source(form)
    text, text_zh = _text(form, "text"), _text(form, "text_zh")
    if not (text or text_zh):
        form.error("text", N_("Say in one language at least what was announced."))
    place, typed = form.get("place"), form.get("employer")
    if bool(place) == bool(typed):
        form.error("employer", _ONE)
    elif place and place not in places.names("en"):
        form.error("place", N_("Choose a country or territory from the list."))
    employer = directory.by_name(db, typed) or directory.find(db, typed.rpartition("/")[2])
    if typed and employer is None:
        form.error("employer", N_("No employer has this name or address."))
    if not form.ok or day is None or source is None:
        return None
    return Announced(day, employer.id if employer else None, place or None, text, text_zh, source)


def _day(form: Form, today: date) -> date | None:
    try:
        day = date.fromisoformat(form.get("day"))
    except ValueError:
        form.error("day", N_("Give the day as in 2026-01-05."))
        return None
    if not OLDEST <= day <= today:
        form.error("day", N_("This day has not come yet, or is too long ago."))
    return day


def _text(form: Form, field: str) -> str | None:
    """Read what was announced, as one plain line."""
    text = " ".join(_UNSEEN.sub("", form.get(field)).split())
    if len(text) > LONGEST:
        form.error(field, N_("This is too long: at most %(most)s characters."), most=LONGEST)
    elif personal.removed(text)[1]:
        form.error(field, _PERSONAL)
    return text if visible(text) else None


def _source(form: Form) -> str | None:
    source = addresses.clean(form.get("source"), "")
    odd = source is None or _UNSEEN.search(source) or "\\" in source
    if source is None or odd or not source.startswith("https://"):
        form.error("source", N_("Give the web address of the source; it begins with https://"))
        return None
    return source
