"""The report form as its page shows it: values, what they amount to, and what stands already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from app.hours import answers, reading
from app.hours.answers import open_quarters
from app.web.forms import Form, Message
from app.web.languages import N_
from app.weeks import bounds, law
from app.weeks.arithmetic import DAY, Week
from app.weeks.quarters import Quarter
from app.weeks.reading import Reading

DAYS: Final = tuple(f"{days:g}" for days in bounds.DAYS)
LABELS: Final = {
    "city": N_("City"),
    "role": N_("Kind of work"),
    "quarter": N_("Quarter"),
    "start": N_("You arrive"),
    "end": N_("You leave"),
    "friday_end": N_("Fridays you leave at"),
    "confirm": N_("Short nights"),
    "days": N_("Days"),
    "lunch": N_("Lunch"),
    "dinner": N_("Dinner"),
    "official_end": N_("Leaving time in the contract"),
    "pay": N_("Overtime is made up for"),
    "choice": N_("Staying late is"),
    "reached": N_("Reached after hours"),
    "rest_days": N_("Days fully off in the last four weeks"),
    "ill": N_("Last time you were ill"),
    "burnout": N_("Burnout, as you would define it"),
    "verify_later": N_("I shall prove later that I work there"),
}
_MONTHS: Final = {
    1: N_("January to March %(year)s"),
    2: N_("April to June %(year)s"),
    3: N_("July to September %(year)s"),
    4: N_("October to December %(year)s"),
}
_MORNING: Final = 6 * 60


@dataclass(frozen=True)
class Lit:
    """A stretch of the 24 hours from 06:00 with the lamp on; half hours, by half of the picture."""

    start: float
    width: float
    half: str


@dataclass(frozen=True)
class Sheet:
    """One report form: for an employer's path and place, on a day, as a person filled it in.

    state: what this account filed for the quarter already: none, pending, frozen or withdrawn.
    verified: whether that counts as verified. proved: quarters with the employer's badge.
    """

    path: str
    place: str
    today: date
    form: Form
    quarter: Quarter
    state: str = "none"
    token: str = ""
    verified: bool = False
    proved: Collection[Quarter] = ()

    @property
    def preview_path(self) -> str:
        """Where small buttons and every change are sent."""
        return f"{self.path}/preview"

    @cached_property
    def week(self) -> Week | None:
        """The week typed so far, leaving out fields that cannot be read."""
        return reading.read_week(reading.copied(self.form))

    @property
    def reading(self) -> Reading | None:
        """That week against the law of the place."""
        return Reading(self.week, self.limits, self.today) if self.week else None

    @property
    def limits(self) -> law.Place | None:
        """The limits of the employer's place."""
        return law.place(self.place)

    @property
    def line(self) -> law.Line | None:
        """The legal line of the place today."""
        return self.limits.line(self.today) if self.limits else None

    @property
    def mended(self) -> dict[str, int]:
        """Leaving times as they would be twelve hours later, where the typed ones look mistaken."""
        return bounds.mended(self.week) if self.week else {}

    @property
    def overnight(self) -> bool:
        """Whether a usual day ends on the next one."""
        return self.week is not None and self.week.start + self.week.day >= DAY

    @cached_property
    def assumed(self) -> dict[str, int]:
        """Minutes of the breaks that count while nothing is stated."""
        return reading.assumed(self.form)

    @property
    def lights(self) -> list[Lit]:
        """A usual day as stretches of the picture, folded where it runs past 06:00."""
        if self.week is None:
            return []
        begin = (self.week.start - _MORNING) % DAY
        end = begin + self.week.day
        parts = [(begin, min(end, DAY)), (0, end - DAY)]
        halves = [
            (max(first, floor), min(last, floor + DAY // 2), name)
            for first, last in parts
            for floor, name in ((0, "day"), (DAY // 2, "lit"))
        ]
        return [
            Lit(first / 30, (last - first) / 30, name)
            for first, last, name in halves
            if last > first
        ]

    @property
    def quarters(self) -> list[tuple[str, Message]]:
        """The quarters that can be filed for, this one first, as months."""
        return [(str(quarter), months(quarter)) for quarter in open_quarters(self.today)]

    @property
    def months(self) -> Message:
        """The chosen quarter by its months."""
        return months(self.quarter)

    @property
    def proved_months(self) -> list[Message]:
        """The quarters of the form for which the account bears the employer's badge, as months."""
        return [months(q) for q in open_quarters(self.today) if q in self.proved]

    @property
    def other_quarter(self) -> tuple[str, Message]:
        """The quarter not chosen."""
        return next(pair for pair in self.quarters if pair[0] != str(self.quarter))

    @property
    def complaints(self) -> list[tuple[str, str, Message]]:
        """Every message with its field and the field's label, '' for what has no field here."""
        return [
            (name if name in LABELS else "", LABELS.get(name, ""), message)
            for name, message in self.form.errors.items()
        ]

    choices = answers
    days = DAYS
    labels = LABELS


def months(quarter: Quarter) -> Message:
    """A quarter by its months."""
    return Message(_MONTHS[quarter.number], {"year": quarter.year})
