"""What figures publish of one employer and stratum: numbers of no language, read from noisy
counts and nothing else. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from app.figures import estimates, lights
from app.figures.bins import DAY, DAYS, DAYS_A_WEEK, PRESENCE, WORKING, Bins
from app.figures.intervals import Interval
from app.figures.projection import Floats
from app.figures.window import FrozenCohort, Window
from app.weeks import clock, codes, law
from app.weeks.arithmetic import ASSUMED_BREAK, Week
from app.weeks.quarters import Quarter

HOUR: Final = 60
HALF_HOUR: Final = 30
HALF_BIN: Final = 75  # minutes; where in its bin a reading lies is not known
PER_CENT: Final = 0.01
QUARTERS: Final = 4
TREND_QUARTERS: Final = 12
_USUAL_DAY: Final = 8 * HOUR
_WEEKEND: Final = DAYS_A_WEEK.bounds[DAYS.index(5.5)]
_MOST: Final = 0.5

Snapshot = dict[str, Any]


@dataclass(frozen=True)
class Law:
    """What the law of an employer's place says of a week; minutes, None where it says nothing."""

    place: str
    standard_week: int | None = None
    standard_day: int | None = None
    line: float | None = None
    line_rule: str | None = None

    @classmethod
    def at(cls, place: str, day: date) -> "Law":
        """The law of a place (ISO code) on a day."""
        limits = law.place(place)
        if limits is None:
            return cls(place)
        line = limits.line(day)
        return cls(
            place,
            limits.standard_week(day),
            limits.standard_day,
            line.minutes if line else None,
            line.rule if line else None,
        )


def summed(cohorts: Sequence[FrozenCohort], day: date) -> list[FrozenCohort]:
    """The cohorts that a snapshot sums on a day: those of the last four quarters."""
    oldest = oldest_summed(day)
    return [cohort for cohort in cohorts if cohort.quarter >= oldest]


def oldest_summed(day: date) -> Quarter:
    """The oldest of the quarters that are summed on a day."""
    return Quarter.of(day).plus(1 - QUARTERS)


def build(
    cohorts: Sequence[FrozenCohort], stratum: str, said: Law, release: int, day: date
) -> Snapshot:
    """The snapshot of an employer's cohorts of one stratum at a release; hours, clock in minutes.

    Numbers sum the last four quarters, in which there must be a cohort; the trend tells each of
    the last twelve.
    """
    window = Window(summed(cohorts, day))
    two_weeks, seen = _two_weeks(window), lights.picture(window)
    return {
        "stratum": stratum,
        "about": window.about,
        "cohorts": len(window.cohorts),
        "quarters": window.quarters,
        "release": release,
        "day": day.isoformat(),
        "place": said.place,
        "standard_week": _hours(said.standard_week),
        "line": _hours(said.line),
        "line_rule": said.line_rule,
        **_week(window, said),
        **_days(window),
        **_clock(seen, said),
        "two_weeks": two_weeks,
        # A median that few people live is nobody's schedule.
        "codes": [] if two_weeks else _codes(window, seen),
        "trend": trend(cohorts, day),
    }


def _week(window: Window, said: Law) -> Snapshot:
    """Hours a week: presence, working time, overtime, the share over the line, two kinds."""
    working, presence = window.worlds(WORKING), window.worlds(PRESENCE)
    worked = working.interval(lambda counts: estimates.quantile(counts, WORKING, 0.5))
    # Nobody works longer than they are present, so no median does; working time is told with half
    # the noise, and wins where two noisy readings say otherwise.
    present = presence.interval(lambda counts: estimates.quantile(counts, PRESENCE, 0.5)).at_least(
        worked
    )
    edge = None if said.line is None else estimates.edge_above(WORKING, said.line)
    over = None
    if edge is not None:
        over = working.share(lambda counts: estimates.share_from(counts, WORKING, edge))
    return {
        "presence": _median(present),
        "working": _median(worked),
        "overtime": _overtime(worked, said.standard_week),
        "over_line": over and _share(over) | {"read_at": _hours(edge)},
        "histogram": _counts(window, WORKING),
        "presence_histogram": _counts(window, PRESENCE),
    }


def _days(window: Window) -> Snapshot:
    worlds = window.worlds(DAYS_A_WEEK)
    weekend = worlds.interval(lambda counts: estimates.share_from(counts, DAYS_A_WEEK, _WEEKEND))
    return {
        "weekend": _share(weekend),
        "days": {
            f"{day:g}": round(float(share), 3)
            for day, share in zip(DAYS, _day_shares(window), strict=True)
        },
    }


def _clock(seen: lights.Picture, said: Law) -> Snapshot:
    """The day: lights, usual arriving, the hour at which a legal day is done.

    What the reports do not tell surely enough is None (docs/decisions/0003).
    """
    arrival = int(seen.arrival.value) if seen.arrival_sure else None
    length = (said.standard_day or _USUAL_DAY) + ASSUMED_BREAK
    shares = [round(float(share), 3) for share in seen.shares]
    lit = {clock.text(at): _share(seen.at(at)) for at in lights.EVENING}
    return {
        "lights": shares if seen.sure else None,
        "lit": lit if seen.sure else None,
        "arrival_median": None if arrival is None else arrival % DAY,
        "hairline": None if arrival is None else (arrival + length) % DAY,
    }


def trend(cohorts: Sequence[FrozenCohort], day: date) -> list[Snapshot]:
    """Mean working time of each quarter with cohorts, oldest first; hours a week.

    The mean, because the median of a place with two humps leaps between them.
    """
    by_quarter: dict[Quarter, list[FrozenCohort]] = defaultdict(list)
    for cohort in cohorts:
        if cohort.quarter >= Quarter.of(day).plus(1 - TREND_QUARTERS):
            by_quarter[cohort.quarter].append(cohort)
    return [_point(quarter, by_quarter[quarter]) for quarter in sorted(by_quarter)]


def _point(quarter: Quarter, cohorts: Sequence[FrozenCohort]) -> Snapshot:
    window = Window(cohorts)
    mean = window.worlds(WORKING).mean(lambda counts: estimates.mean(counts, WORKING))
    low, high = mean.outward(HOUR)
    return {
        "quarter": str(quarter),
        "mean": round(mean.value / HOUR, 1),
        "low": max(0, low),
        "high": high,
        "about": window.about,
    }


def _median(minutes: Interval) -> Snapshot:
    """A median in half hours, its interval in whole hours, rounded outward."""
    low, high = minutes.widened(HALF_BIN).outward(HOUR)
    return {"median": _half_hours(minutes.value), "low": max(0, low), "high": high}


def _overtime(worked: Interval, standard: int | None) -> Snapshot | None:
    """Working time above the standard week; None where the place has none."""
    if standard is None:
        return None
    beyond = Interval(
        *(max(0.0, end - standard) for end in (worked.value, worked.low, worked.high))
    )
    low, high = beyond.widened(HALF_BIN).outward(HOUR)
    return {"median": _half_hours(beyond.value), "low": max(0, low), "high": high}


def _share(share: Interval) -> Snapshot:
    """A share in hundredths, its interval rounded outward."""
    low, high = share.outward(PER_CENT)
    return {"share": round(share.value, 2), "low": low / 100, "high": min(100, high) / 100}


def _counts(window: Window, bins: Bins) -> list[list[float | None]]:
    return [
        [_hours(low), _hours(high), round(float(count), 1)]
        for (low, high), count in zip(bins.spans(), window.projected(bins), strict=True)
    ]


def _two_weeks(window: Window) -> Snapshot | None:
    """Two kinds of week, told by the working hours and said in presence.

    Working hours have the least noise, so they tell whether there are two; who is in the higher
    group is then read as a share, and the middle of each group from presence.
    """
    each = window.histogram(WORKING).deviation / np.sqrt(len(WORKING))
    high = estimates.humps(window.projected(WORKING), float(each))
    if high is None:
        return None
    present = window.standing_out(PRESENCE)
    middles = [
        float(estimates.quantile(present, PRESENCE, share))
        for share in ((1 - high) / 2, 1 - high / 2)
    ]
    return {
        "low": _half_hours(middles[0]),
        "high": _half_hours(middles[1]),
        "share_high": round(high, 2),
    }


def _codes(window: Window, seen: lights.Picture) -> list[str] | None:
    """The schedule codes of the usual day, if most people share one number of days.

    None where arriving or leaving is not known to the hour: nobody can say whether there is one.
    """
    if not (seen.arrival_sure and seen.leaving_sure):
        return None
    shares = _day_shares(window)
    usual = int(np.argmax(shares))
    arrival, leaving = int(seen.arrival.value), int(seen.leaving.value)
    if shares[usual] < _MOST or not 0 < leaving - arrival < DAY:
        return []
    week = Week(arrival % DAY, leaving % DAY, DAYS[usual])
    return [str(code) for code in codes.name(week)]


def _day_shares(window: Window) -> Floats:
    counts = window.standing_out(DAYS_A_WEEK)
    shares: Floats = counts / counts.sum()
    return shares


def _half_hours(minutes: float) -> float:
    return round(minutes / HALF_HOUR) / 2


def _hours(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes / HOUR, 2)
