"""What the law of a place says about a week: limits, the legal line and what to cite."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.weeks.arithmetic import WEEKS_PER_MONTH, per_month
from app.weeks.citing import Statute, seen, told

TABLE = Path(__file__).with_name("statutory-limits.json")


@dataclass(frozen=True)
class Caps:
    """Overtime caps in minutes; only week and month can be tested on one usual week."""

    day: int | None
    week: int | None
    month: int | None
    quarter: int | None
    year: int | None


@dataclass(frozen=True)
class Line:
    """A legal line in minutes of working time a week, the rule it comes from and its check."""

    minutes: float
    rule: str
    checked: str


@dataclass(frozen=True)
class Place:
    """The general working-time limits of one place, in minutes, with their texts and sources."""

    iso: str
    names: dict[str, str]
    kind: str
    standard_day: int | None
    caps: Caps
    max_day: int | None
    max_week: int | None
    averaging_weeks: float | None
    absolute_week: int | None
    note: dict[str, str | None]
    exempt: dict[str, str | None]
    pending: dict[str, str | None]
    in_force: date | None
    in_force_of: str | None
    statutes: tuple[Statute, ...]
    levels: dict[str, str]
    checked: str
    as_of: date
    weeks: tuple[tuple[date, int], ...]

    def standard_week(self, day: date) -> int | None:
        """The standard week on a day; None where the place has none."""
        return next((week for since, week in reversed(self.weeks) if since <= day), None)

    def level(self, *numbers: str) -> str:
        """The weakest check level among numbers of the table: primary or secondary."""
        levels = {self.levels[number] for number in numbers}
        return "primary" if levels <= {"primary"} else "secondary"

    def line(self, day: date) -> Line | None:
        """The smallest limit that one week alone can be held against, on a day.

        Averaged limits and caps by day, quarter or year are not among them.
        """
        found = []
        standard = self.standard_week(day)
        if standard is not None and self.caps.week is not None:
            level = self.level("standard_week_minutes", "overtime_cap.week")
            found.append(Line(standard + self.caps.week, "week+week_cap", level))
        if standard is not None and self.caps.month is not None:
            level = self.level("standard_week_minutes", "overtime_cap.month")
            cap = self.caps.month / WEEKS_PER_MONTH
            found.append(Line(standard + cap, "week+month_cap", level))
        if self.max_week is not None and self.averaging_weeks == 1:
            level = self.level("max_week_minutes", "averaging_weeks")
            found.append(Line(self.max_week, "max_week", level))
        if self.absolute_week is not None:
            level = self.level("max_week_absolute_minutes")
            found.append(Line(self.absolute_week, "absolute_max_week", level))
        return min(found, key=lambda line: line.minutes, default=None)

    def times_cap(self, overtime_week: float) -> float | None:
        """Overtime as a multiple of the monthly cap, else of the weekly one; None without both."""
        if self.caps.month is not None:
            return per_month(overtime_week) / self.caps.month
        return None if self.caps.week is None else overtime_week / self.caps.week


@dataclass(frozen=True)
class Milestone:
    """A ruling or a change of law, dated, told in both languages."""

    id: str
    iso: str
    day: date
    title: dict[str, str]
    text: dict[str, str]
    checked: str


def place(iso: str) -> Place | None:
    """The limits of a place by its ISO code; None where the table has no such place."""
    return _places().get(iso)


def places() -> tuple[Place, ...]:
    """Every place of the table, by ISO code."""
    return tuple(_places().values())


@cache
def milestones() -> tuple[Milestone, ...]:
    """Every milestone of the table, in its order."""
    return tuple(
        Milestone(
            id=row["id"],
            iso=row["iso"],
            day=date.fromisoformat(row["date"]),
            title=_both(row, "title"),
            text=_both(row, "text"),
            checked=row["checked"],
        )
        for row in _table()["milestones"]
    )


@cache
def disclaimer() -> dict[str, str]:
    """The sentence that stands under every legal number, by language."""
    return _both(_table(), "disclaimer")


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(TABLE.read_text("utf-8"))
    return table


@cache
def _places() -> dict[str, Place]:
    return {row["iso"]: _read(row) for row in _table()["places"]}


def _both(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {"en": row[f"{key}_en"], "zh": row[f"{key}_zh"]}


def _told(row: dict[str, Any], key: str) -> dict[str, str | None]:
    unseen = row["law_articles_unseen"]
    return {lang: told(sentence, unseen) for lang, sentence in _both(row, key).items()}


def _read(row: dict[str, Any]) -> Place:
    return Place(
        iso=row["iso"],
        names=_both(row, "name"),
        kind=row["kind"],
        standard_day=row["standard_day_minutes"],
        caps=Caps(**row["overtime_cap"]),
        max_day=row["max_day_minutes"],
        max_week=row["max_week_minutes"],
        averaging_weeks=row["averaging_weeks"],
        absolute_week=row["max_week_absolute_minutes"],
        note=_told(row, "note"),
        exempt=_told(row, "exempt"),
        pending=_told(row, "pending"),
        in_force=row["in_force"] and date.fromisoformat(row["in_force"]),
        in_force_of=row["in_force_of_en"],
        statutes=seen(row["law"], row["law_articles_unseen"]),
        levels={number: said["checked"] for number, said in row["numbers"].items()},
        checked=row["checked"],
        as_of=date.fromisoformat(row["as_of"]),
        weeks=_weeks(row),
    )


def _weeks(row: dict[str, Any]) -> tuple[tuple[date, int], ...]:
    """Standard weeks and the days since which they hold, oldest first."""
    now = row["standard_week_minutes"]
    first = () if now is None else ((date.min, now),)
    return first + tuple(
        (date.fromisoformat(step["from"]), step["standard_week_minutes"])
        for step in row["schedule"]
    )
