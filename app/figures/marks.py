"""What was announced, on the picture of the trend: where its lines and the two means stand. Pure.

No words, no colours; places in per cent of the picture's width and in px of its height.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.figures.change import Change
from app.figures.charts import Scale, Trend
from app.weeks.quarters import Quarter

HEAD: Final = 20
GAP: Final = 5  # per cent between two numbers
INSIDE: Final = Scale(6, 99)  # left of it stand the hours


@dataclass(frozen=True)
class Mark:
    """A day on the trend: where its line stands, and the numbers written above it.

    Neighbours that would stand on each other's numbers have theirs at the first one's line.
    """

    x: float
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Level:
    """The mean of one side of a day: a level line from its first quarter, or to its last."""

    left: float
    right: float
    y: float


@dataclass(frozen=True)
class Marks:
    """Everything that stands on a trend; head: px above the picture, for the numbers."""

    marks: tuple[Mark, ...]
    levels: tuple[Level, ...]
    head: int


def marks(
    picture: Trend, days: Mapping[int, date], compared: tuple[date, Change] | None = None
) -> Marks:
    """Place numbered days, the earliest first, and the two means of one that is compared.

    A day before the first quarter or after the last one has no line.
    """
    found: list[Mark] = []
    named = 0
    for number, day in days.items():
        x = _place(picture, day)
        if x is None:
            continue
        if found and x - found[named].x < GAP:
            found[named] = replace(found[named], numbers=(*found[named].numbers, number))
            found.append(Mark(x, ()))
        else:
            named = len(found)
            found.append(Mark(x, (number,)))
    levels = _levels(picture, *compared) if compared else ()
    return Marks(tuple(found), levels, HEAD if found else 0)


def _place(picture: Trend, day: date) -> float | None:
    """Where a day stands: about its quarter's ring, or between two where its own has none."""
    quarters = [Quarter.parse(point.quarter) for point in picture.points]
    if not quarters[0].first_day <= day <= quarters[-1].last_day:
        return None
    at = max(i for i, quarter in enumerate(quarters) if quarter.first_day <= day)
    x, quarter = picture.points[at].x, quarters[at]
    if day > quarter.last_day:
        x = (x + picture.points[at + 1].x) / 2
    else:
        step = picture.points[1].x - picture.points[0].x
        x += step * ((day - quarter.first_day) / (quarter.last_day - quarter.first_day) - 0.5)
    return round(min(max(x, INSIDE.low), INSIDE.high), 2)


def _levels(picture: Trend, day: date, change: Change) -> tuple[Level, ...]:
    """The two means that are compared, each over its own quarters and up to the day."""
    x = _place(picture, day)
    if x is None:
        return ()
    places = {point.quarter: point.x for point in picture.points}
    (ground, floor), (top, roof) = picture.ticks[0], picture.ticks[-1]

    def y(hours: float) -> float:
        return round(ground + (top - ground) * (hours - floor) / (roof - floor), 2)

    first, last = places[change.before.quarters[0]], places[change.after.quarters[-1]]
    return Level(first, x, y(change.before.mean)), Level(x, last, y(change.after.mean))
