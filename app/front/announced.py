"""What was announced, as an employer's page tells it: with before against after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from app.employers import places
from app.figures.change import Change, change
from app.figures.charts import Trend
from app.figures.marks import Marks, marks
from app.figures.models import PolicyEvent
from app.front.shown import tag


@dataclass(frozen=True)
class Told:
    """One event in one language; place: whose ruling or law it is, or nothing for the employer's.

    change: None where there is not a whole quarter with figures on either side.
    """

    number: int
    day: date
    place: str
    text: str
    tag: str | None
    source: str
    host: str
    change: Change | None


def told(events: Sequence[PolicyEvent], numbers: Mapping[str, Any] | None, lang: str) -> list[Told]:
    """Tell events, the oldest first, against the figures of one stratum."""
    trend = numbers["trend"] if numbers else []
    return [
        Told(
            number,
            event.day,
            places.names(lang)[event.place] if event.place else "",
            event.text_in(lang),
            tag(event.text_in(lang), lang),
            event.source,
            urlsplit(event.source).hostname or "",
            change(trend, event.day),
        )
        for number, event in enumerate(events, start=1)
    ]


def drawn(events: Sequence[Told], course: Trend | None) -> Marks | None:
    """Place events on the trend, with the two means of the latest that is compared."""
    if course is None:
        return None
    compared = [(each.day, each.change) for each in events if each.change]
    latest = compared[-1] if compared else None
    return marks(course, {each.number: each.day for each in events}, latest)
