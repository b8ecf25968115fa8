"""A week read against the law of a place: the one account that previews and commands give."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.weeks import clock, codes, law
from app.weeks.arithmetic import Week, per_month


@dataclass(frozen=True)
class Reading:
    """Everything that is said about a week at a place on a day; minutes throughout.

    Place None: the table has no such place, so there is no overtime and no line.
    """

    week: Week
    place: law.Place | None
    day: date

    @property
    def codes(self) -> tuple[str, ...]:
        """The schedule codes that name the week."""
        return tuple(str(code) for code in codes.name(self.week))

    @property
    def standard_week(self) -> int | None:
        """The standard week of the place on this day."""
        return self.place.standard_week(self.day) if self.place else None

    @property
    def overtime(self) -> float | None:
        """Working time a week above the standard week."""
        return self.week.overtime(self.standard_week)

    @property
    def line(self) -> law.Line | None:
        """The legal line of the place on this day."""
        return self.place.line(self.day) if self.place else None

    @property
    def over_line(self) -> float | None:
        """Working time a week above the legal line; None where there is no line."""
        return max(0.0, self.week.working - self.line.minutes) if self.line else None

    @property
    def times_cap(self) -> float | None:
        """Overtime as a multiple of the monthly (else weekly) cap."""
        if self.place is None or self.overtime is None:
            return None
        return self.place.times_cap(self.overtime)

    def as_json(self) -> dict[str, Any]:
        """The answer of `lamplight week`: minutes, rounded to hundredths."""
        week, line = self.week, self.line
        return {
            "unit": "minutes",
            "start": clock.text(week.start),
            "end": clock.text(week.end),
            "days": week.days,
            "presence": _round(week.presence),
            "working": _round(week.working),
            "assumed": list(week.assumed),
            "place": self.place.iso if self.place else None,
            "standard_week": self.standard_week,
            "overtime_week": _round(self.overtime),
            "overtime_month": _round(None if self.overtime is None else per_month(self.overtime)),
            "code": " / ".join(self.codes) or None,
            "codes": list(self.codes),
            "line": _round(line.minutes if line else None),
            "line_rule": line.rule if line else None,
            "over_cap": None if self.over_line is None else self.over_line > 0,
            "over_cap_by": _round(self.over_line),
            "times_cap": _round(self.times_cap),
        }


def _round(number: float | None) -> float | None:
    if number is None:
        return None
    rounded = round(number, 2)
    return int(rounded) if rounded == int(rounded) else rounded
