"""`lamplight release`: one release run."""

import json
from datetime import date, datetime
from typing import Annotated

import typer

from app.hours.release import Outcome
from app.ops.migrating import opened
from app.settings import Settings
from app.upkeep import releasing

Now = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day to release for; today if not given."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def release(now: Now = None, as_json: Json = False) -> None:
    """Freeze what has gathered, publish its figures; at most once a week, safe to repeat."""
    settings = Settings()
    day = now.date() if now else settings.today()
    with opened(settings) as database:
        outcome = releasing.run(database, settings, day)
    print(_json(outcome) if as_json else _lines(outcome, day))


def _json(outcome: Outcome) -> str:
    return json.dumps(
        {
            "release": outcome.number,
            "day": outcome.day.isoformat(),
            "new": outcome.new,
            "rebuilt": len(outcome.rebuilt),
            "employers": list(outcome.rebuilt),
        }
    )


def _lines(outcome: Outcome, day: date) -> str:
    if not outcome.new:
        return f"Nothing to do: release {outcome.number} of {outcome.day} covers {day}."
    told = [f"Release {outcome.number} of {outcome.day}: {len(outcome.rebuilt)} employers rebuilt."]
    return "\n".join([*told, *outcome.rebuilt])
