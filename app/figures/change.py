"""Before against after a day: the difference of the published means of quarters. Pure.

Post-processing of what the trend of a snapshot says already, and of nothing else.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from app.weeks.quarters import Quarter

# On either side: the nearest year, so that both hold the same seasons where there is one.
MOST: Final = 4

Point = Mapping[str, Any]
Verdict = Literal["fewer", "more", "unclear"]


@dataclass(frozen=True)
class Side:
    """Some quarters together: their mean, weighted by reports, and its interval; hours a week."""

    quarters: tuple[str, ...]
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """Hours a week after less before, with a 90 % interval in whole hours, rounded outward."""

    hours: float
    low: int
    high: int
    before: Side
    after: Side

    @property
    def verdict(self) -> Verdict:
        """What can be said: an interval that holds 0 is no clear change."""
        return "fewer" if self.high < 0 else "more" if self.low > 0 else "unclear"


def change(trend: Sequence[Point], day: date) -> Change | None:
    """Compare the quarters of a trend wholly before a day with those that begin with or after it.

    trend: {quarter, mean, low, high, about}, oldest first. None unless both sides have a quarter.
    The quarter in which the day lies counts on neither side, unless the day is its first.
    """
    before = [point for point in trend if Quarter.parse(point["quarter"]).last_day < day]
    after = [point for point in trend if Quarter.parse(point["quarter"]).first_day >= day]
    if not before or not after:
        return None
    return _difference(_together(before[-MOST:]), _together(after[:MOST]))


def _together(points: Sequence[Point]) -> Side:
    """Take quarters together; their cohorts are independent, so errors add up in squares."""
    total = sum(point["about"] for point in points)
    shares = [point["about"] / total for point in points]
    mean = sum(share * point["mean"] for share, point in zip(shares, points, strict=True))
    paired = list(zip(shares, points, strict=True))
    below = _root(share * (point["mean"] - point["low"]) for share, point in paired)
    above = _root(share * (point["high"] - point["mean"]) for share, point in paired)
    return Side(tuple(point["quarter"] for point in points), mean, mean - below, mean + above)


def _difference(before: Side, after: Side) -> Change:
    """Subtract two means with intervals.

    Source: Zou and Donner 2008, 'Construction of confidence limits about effect measures: a
    general approach', Statistics in Medicine 27.
    """
    hours = after.mean - before.mean
    low = hours - _root([after.mean - after.low, before.high - before.mean])
    high = hours + _root([after.high - after.mean, before.mean - before.low])
    ends = math.floor(low + 1e-9), math.ceil(high - 1e-9)
    # Not -0.0, which would be said as a fall.
    return Change(round(hours, 1) + 0.0, *ends, before, after)


def _root(errors: Iterable[float]) -> float:
    return math.sqrt(sum(error**2 for error in errors))
