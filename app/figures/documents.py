"""Figures for machines: what stands behind /employers/{slug}.json and .csv. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from app.figures.change import Change, change

Snapshots = Mapping[str, Mapping[str, Any]]
Cell = str | int | float | None
HEADER: Final = ("stratum", "number", "of", "unit", "value", "low", "high")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_HOURS: Final = ("presence", "working", "overtime")
_HALF_HOUR: Final = 30
_FIRST: Final = 6 * 60


def document(
    slug: str,
    names: Mapping[str, str | None],
    snapshots: Snapshots,
    events: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """An employer's figures by stratum, and which is the headline; nothing before a release.

    names: by language; events: what `announced` gives. Hours a week, shares from 0 to 1, clock
    times in minutes after midnight.
    """
    return {
        "employer": slug,
        "names": dict(names),
        "headline": next(iter(snapshots), None),
        "figures": dict(snapshots),
        "events": list(events),
    }


def announced(event: Any, snapshots: Snapshots) -> dict[str, Any]:
    """A policy event, with the change of each stratum that has figures before and after it."""
    found = {name: change(snapshot["trend"], event.day) for name, snapshot in snapshots.items()}
    return {
        "day": event.day.isoformat(),
        "place": event.place,
        "text": {"en": event.text, "zh": event.text_zh},
        "source": event.source,
        "change": {name: _changed(told) for name, told in found.items() if told},
    }


def rows(snapshots: Snapshots) -> Iterator[tuple[Cell, ...]]:
    """The same numbers, one a row, under HEADER."""
    for stratum, snapshot in snapshots.items():
        for row in _numbers(snapshot):
            yield stratum, *row


def as_csv(snapshots: Snapshots) -> str:
    """The rows as CSV (RFC 4180) that no spreadsheet takes for formulas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([cell(value) for value in row] for row in rows(snapshots))
    return text.getvalue()


def cell(value: Cell) -> Cell:
    """A cell that a spreadsheet will not run: text that begins like a formula gets a quote."""
    dangerous = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if dangerous else value


def _numbers(snapshot: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    """Every number with what it is of, its unit, and its interval where it has one."""
    yield "reports", "about", "count", snapshot["about"], None, None
    yield "cohorts", None, "count", snapshot["cohorts"], None, None
    yield "release", snapshot["day"], "number", snapshot["release"], None, None
    for name in _HOURS:
        if said := snapshot[name]:
            yield name, "median", "hours a week", said["median"], said["low"], said["high"]
    if over := snapshot["over_line"]:
        yield "over_line", over["read_at"], "share", over["share"], over["low"], over["high"]
    weekend = snapshot["weekend"]
    yield "weekend", None, "share", weekend["share"], weekend["low"], weekend["high"]
    for days, share in snapshot["days"].items():
        yield "days", days, "share", share, None, None
    yield from _pictures(snapshot)
    for point in snapshot["trend"]:
        told = point["mean"], point["low"], point["high"]
        yield "working_mean", point["quarter"], "hours a week", *told


def _changed(told: Change) -> dict[str, Any]:
    """Hours a week after less before, with its interval and what is compared."""
    return {
        "verdict": told.verdict,
        "hours": told.hours,
        "low": told.low,
        "high": told.high,
        "before": list(told.before.quarters),
        "after": list(told.after.quarters),
    }


def _pictures(snapshot: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for name, kind in (("histogram", "working"), ("presence_histogram", "presence")):
        for low, high, count in snapshot[name]:
            yield f"{kind}_reports", _span(low, high), "count", count, None, None
    for clock, lit in (snapshot["lit"] or {}).items():
        yield "at_work_interval", clock, "share", lit["share"], lit["low"], lit["high"]
    for step, share in enumerate(snapshot["lights"] or ()):
        minutes = (_FIRST + _HALF_HOUR * step) % (24 * 60)
        yield "at_work", f"{minutes // 60:02}:{minutes % 60:02}", "share", share, None, None


def _span(low: float | None, high: float | None) -> str:
    """A bin's edges in hours, such as 38.75..41.25; an open end is left out."""
    return f"{'' if low is None else low}..{'' if high is None else high}"
