"""`lamplight week`: the arithmetic of one week as JSON."""

import json
from typing import Annotated

import typer

from app.ops.telling import fail
from app.settings import Settings
from app.web.languages import translate
from app.weeks import bounds, clock, law
from app.weeks.arithmetic import Week
from app.weeks.reading import Reading


def week(
    start: Annotated[str, typer.Argument(help="Arriving, HH:MM.")],
    end: Annotated[str, typer.Argument(help="Leaving, HH:MM; not after START means next day.")],
    days: Annotated[float, typer.Option(help="Days a week, 4 to 7 in halves; 5.5 alternates.")],
    lunch: Annotated[int | None, typer.Option(help="Lunch in minutes; else assumed.")] = None,
    dinner: Annotated[int | None, typer.Option(help="Dinner in minutes; else assumed.")] = None,
    place: Annotated[str, typer.Option(help="ISO code of the place whose law counts.")] = "CN",
) -> None:
    """Print presence, working time, overtime, code and the cap of one usual week as JSON."""
    usual = Week(_clock("START", start), _clock("END", end), days, lunch, dinner)
    for field, (message, values) in bounds.problems(usual, confirmed=True).items():
        fail(f"{field}: {translate('en', message, **values)}")
    limits = law.place(place.upper())
    if limits is None:
        known = ", ".join(entry.iso for entry in law.places())
        fail(f"place: no limits are known for {place!r}. Known are {known}.")
    print(json.dumps(Reading(usual, limits, Settings().today()).as_json(), ensure_ascii=False))


def _clock(name: str, text: str) -> int:
    try:
        return clock.minutes(text)
    except ValueError:
        fail(f"{name}: {text!r} is not a time of day, such as 10:00.")
