"""The bins of every released histogram, and which bin a report's value falls into. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.weeks.arithmetic import Week

DAY: Final = 24 * 60
HALF_HOUR: Final = 30
SIX: Final = 6 * 60

# Hours a week, in minutes: steps of 2.5 hours centred on multiples of 2.5, where real schedules
# sit (an edge at 40 or 60 hours moved a whole workforce by half a bin), then steps of 5.
HOUR_EDGES: Final = (*range(2025, 4876, 150), *range(5175, 6076, 300))
# Where the open ends are taken to stop when a median or a mean is read.
_LOWEST, _HIGHEST = 1575, 6375
DAYS: Final = (4.0, 4.5, 5.0, 5.5, 6.0, 6.5, 7.0)


@dataclass(frozen=True)
class Bins:
    """One kind of histogram: its bins lie between neighbouring `bounds`.

    Minutes, or days a week for `days`, whose bins are single values with bounds halfway between.
    lowered, kept: before a number is read, the total is lowered by so many standard deviations
    of its noise, but so large a share of it is kept (docs/decisions/0002).
    """

    kind: str
    bounds: tuple[float, ...]
    open_ended: bool = False
    lowered: float = 0.5
    kept: float = 0.5

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def index(self, value: float) -> int:
        """The bin of a value; a value on an edge belongs above it, an open end takes the rest."""
        return min(max(bisect_right(self.bounds, value) - 1, 0), len(self) - 1)

    @property
    def edges(self) -> tuple[float, ...]:
        """The bounds that a count can be read at: all but the assumed ends of open bins."""
        return self.bounds[1:-1] if self.open_ended else self.bounds

    @property
    def centres(self) -> tuple[float, ...]:
        """The middle of every bin."""
        return tuple((low + high) / 2 for low, high in pairwise(self.bounds))

    def spans(self) -> list[tuple[float | None, float | None]]:
        """Every bin's two edges; None for an open end."""
        pairs: list[tuple[float | None, float | None]] = list(pairwise(self.bounds))
        if self.open_ended:
            pairs[0] = (None, pairs[0][1])
            pairs[-1] = (pairs[-1][0], None)
        return pairs


_HOURS = (_LOWEST, *HOUR_EDGES, _HIGHEST)
WORKING: Final = Bins("working", _HOURS, open_ended=True)
PRESENCE: Final = Bins("presence", _HOURS, open_ended=True)
# Arriving: 48 half hours from 06:00; leaving: 96 half hours from the 06:00 before arriving.
# Few of their many bins hold anybody, so more of what they hold is noise.
ARRIVAL: Final = Bins("arrival", tuple(range(SIX, SIX + DAY + 1, HALF_HOUR)), False, 1.5, 0.25)
LEAVING: Final = Bins("leaving", tuple(range(SIX, SIX + 2 * DAY + 1, HALF_HOUR)), False, 1.5, 0.25)
DAYS_A_WEEK: Final = Bins("days", tuple(day - 0.25 for day in (*DAYS, 7.5)))

HEADLINE: Final = WORKING
WEEKLY: Final[Sequence[Bins]] = (WORKING, PRESENCE, LEAVING, ARRIVAL, DAYS_A_WEEK)
BY_KIND: Final = {bins.kind: bins for bins in WEEKLY}


def arriving(week: Week) -> int:
    """Minutes of arriving, counted from midnight with 06:00 as the first of the day."""
    return SIX + (week.start - SIX) % DAY


def values(week: Week) -> dict[str, float]:
    """What one week puts into each weekly histogram, by kind."""
    start = arriving(week)
    return {
        "working": week.working,
        "presence": week.presence,
        "leaving": start + week.day,
        "arrival": start,
        "days": week.days,
    }


def indices(week: Week) -> dict[str, int]:
    """The one bin of each weekly histogram that a week adds a report to, by kind."""
    return {kind: BY_KIND[kind].index(value) for kind, value in values(week).items()}
