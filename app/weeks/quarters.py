"""Quarters and weeks of the calendar, in UTC."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_QUARTER = re.compile(r"([0-9]{4})Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year, written '2026Q4'."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read '2026Q4'. Raises ValueError."""
        match = _QUARTER.fullmatch(text)
        if match is None or match[1] == "0000":
            raise ValueError("not a quarter")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04}Q{self.number}"

    def plus(self, quarters: int) -> "Quarter":
        """The quarter so many later, or earlier when negative."""
        year, index = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, index + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before."""
        return self.plus(-1)

    @property
    def next(self) -> "Quarter":
        """The quarter after."""
        return self.plus(1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next.first_day - timedelta(days=1)


def monday(day: date) -> date:
    """The Monday that begins a day's week."""
    return day - timedelta(days=day.weekday())
