"""Schedule codes: 996 and its relatives, read from text and given to a week."""

import re
from dataclasses import dataclass

from app.weeks.arithmetic import Week

NEAR = 45
NOON = 12 * 60

_START, _END = r"(1[0-2]|[6-9])", r"(1[0-2]|[1-9])"
_GAP = r"[-\u2010-\u2015\u2212\uff0d.\u00b7/\s]{1,3}"
_COMPACT = re.compile(rf"{_START}{_END}([4-7])")
_SPACED = re.compile(rf"{_START}(\.5)?{_GAP}{_END}(\.5)?{_GAP}([4-6](?:\.5)?|7)")
_DAYS_SAID = {"大小周": 5.5, "单休": 6.0, "双休": 5.0}


@dataclass(frozen=True)
class Code:
    """Arriving in the morning, leaving on the afternoon clock, days a week; times in minutes.

    Leaving is counted from the midnight before arriving, so twelve at night is 1440.
    """

    start: int
    end: int
    days: float

    @property
    def presence(self) -> float:
        """Presence a week, in minutes."""
        return (self.end - self.start) * self.days

    def __str__(self) -> str:
        hours = (self.start / 60, (self.end - NOON) / 60, self.days)
        whole = all(part == int(part) for part in hours)
        return ("" if whole else "-").join(f"{part:g}" for part in hours)


def read(text: str) -> Code | None:
    """A code written as '996', '10-10-5' or '8.5 8.5 6'; None if it is no such code.

    Starts 6 to 12, ends 1 to 12 on the afternoon clock, 4 to 7 days. 007 and 002 are words.
    """
    text = text.strip()
    if compact := _COMPACT.fullmatch(text):
        start, end, days = compact.groups()
        return Code(int(start) * 60, int(end) * 60 + NOON, float(days))
    if spaced := _SPACED.fullmatch(text):
        start, start_half, end, end_half, days = spaced.groups()
        return Code(
            int(start) * 60 + (30 if start_half else 0),
            int(end) * 60 + NOON + (30 if end_half else 0),
            float(days),
        )
    return None


def days_said(text: str) -> float | None:
    """Days a week that one of the usual words names: one rest day, two, or one and two in turn."""
    return next((days for word, days in _DAYS_SAID.items() if word in text), None)


_TWELVE = (
    "955",
    "965",
    "975",
    "985",
    "995",
    "996",
    "997",
    "1075",
    "1095",
    "10105",
    "10106",
    "11116",
)
NAMED = tuple(code for text in _TWELVE if (code := read(text)))


def _nearest(week: Week, days: float) -> Code | None:
    """The named code with these days that is at most 45 minutes off; ties take the shorter."""

    def distance(code: Code) -> int:
        return max(abs(week.start - code.start), abs(week.start + week.day - code.end))

    near = [code for code in NAMED if code.days == days and distance(code) <= NEAR]
    return min(near, key=lambda code: (distance(code), code.presence), default=None)


def name(week: Week) -> tuple[Code, ...]:
    """The codes that name a week: one, two in turn for alternate weeks, or none.

    Alternate weeks have a name only where the five-day and the six-day half both have one.
    """
    wanted = (5.0, 6.0) if week.days == 5.5 else (week.days,)
    found = tuple(code for days in wanted if (code := _nearest(week, days)))
    return found if len(found) == len(wanted) else ()
