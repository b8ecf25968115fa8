"""The lights-on picture: the share at work at each half hour, and how sure it is. Pure.

All five weekly histograms speak together: leaving is arriving plus presence, and presence and
working time are days times it. What a single one leaves open is filled from workplaces that
could be (`workplaces`), first those like the employer, then as a whole; the answer is the best
linear guess given the noisy counts, with its own variance. Post-processing, so it costs nothing.
Source: Goldstein and Wooff 2007, 'Bayes Linear Statistics', 3.1. Numbers: docs/decisions/0003.
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from app.figures import workplaces
from app.figures.bins import ARRIVAL, DAY, HALF_HOUR, HEADLINE, SIX, WEEKLY
from app.figures.estimates import LIGHTS
from app.figures.intervals import LEVEL, Interval
from app.figures.projection import Floats
from app.figures.window import Window
from app.figures.workplaces import Workplaces

EVENING: Final = tuple(hour * 60 for hour in range(19, 24))  # where a picture must be sure
WIDEST: Final = 0.3  # of an interval of the evening, else no picture is drawn
LONGEST: Final = 60  # minutes, of the interval of a usual clock time, else it is not told
HARDLY: Final = 0.05  # a smaller share that may as well be nobody is nobody, and so for everybody
# Weights are raised to a power until so many workplaces count; what stays is spread over all.
_ALIKE: Final = 200
_ANY: Final = 0.3
_STEPS: Final = 30
_HALF: Final = 0.5
_REACH: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)


@dataclass(frozen=True)
class Picture:
    """Shares at work at 48 half hours from 06:00, each with both ends of its 90 % interval.

    arrival, leaving: of the half hour in which half have come or gone, the beginning, in minutes
    from the midnight before arriving.
    """

    shares: Floats
    low: Floats
    high: Floats
    arrival: Interval
    leaving: Interval

    def at(self, clock: int) -> Interval:
        """The share at a clock time in minutes."""
        step = (clock - SIX) % DAY // HALF_HOUR
        return Interval(*(float(ends[step]) for ends in (self.shares, self.low, self.high)))

    @property
    def sure(self) -> bool:
        """Whether the picture is true enough to be drawn."""
        widths = [lit.high - lit.low for lit in map(self.at, EVENING)]
        return max(widths) <= WIDEST

    @property
    def arrival_sure(self) -> bool:
        """Whether the usual arriving is known to the hour."""
        return _to_the_hour(self.arrival)

    @property
    def leaving_sure(self) -> bool:
        """Whether the usual leaving is known to the hour."""
        return _to_the_hour(self.leaving)


def _to_the_hour(clock: Interval) -> bool:
    return clock.high - clock.low <= LONGEST


def picture(window: Window) -> Picture:
    """The picture of a window's cohorts."""
    mean, deviation = _guess(window, workplaces.known())
    ends = mean, mean - _REACH * deviation, mean + _REACH * deviation
    shares, low, high = (np.clip(end[:LIGHTS], 0.0, 1.0) for end in ends)
    shares[(low <= 0) & (shares < HARDLY)] = 0.0
    shares[(high >= 1) & (shares > 1 - HARDLY)] = 1.0
    clocks = slice(LIGHTS, LIGHTS + len(ARRIVAL)), slice(LIGHTS + len(ARRIVAL), None)
    return Picture(shares, low, high, *(_median(*(end[part] for end in ends)) for part in clocks))


def _median(shares: Floats, low: Floats, high: Floats) -> Interval:
    """The beginning of the half hour by the end of which half have come or gone.

    The more are surely gone by an hour, the earlier half are: the ends change places.
    """
    steps = [np.argmax(np.append(end, 1.0) >= _HALF) for end in (shares, high, low)]
    return Interval(*(float(SIX + HALF_HOUR * step) for step in steps))


def _guess(window: Window, known: Workplaces) -> tuple[Floats, Floats]:
    """The best linear guess of (lights, arrived, left), and the standard deviation of its error."""
    counts = np.concatenate([window.histogram(bins).counts for bins in WEEKLY]).astype(np.float64)
    wanted = np.concatenate([known.lights, known.arrived, known.left], axis=1)
    reports = window.reports
    spread = _spread(window, known)
    weights, used = _weights(counts, reports, spread, known)
    middle, told = weights @ known.bins, weights @ wanted
    bins, told_bins = known.bins - middle, wanted - told
    weighed = bins * weights[:, None]
    between, across = weighed.T @ bins, told_bins.T @ weighed
    # What the choice of workplaces has used of the counts is not used a second time.
    whole = reports**2 * between + spread / (1 - used)
    gain = np.linalg.solve(whole, reports * across.T).T
    left = weights @ told_bins**2 - reports * (gain * across).sum(axis=1)
    mean: Floats = told + gain @ (counts - reports * middle)
    return mean, np.sqrt(np.maximum(left, 0.0))


def _spread(window: Window, known: Workplaces) -> Floats:
    """The covariance of all counts: who was sampled, noise, and how many there are at all."""
    noise = np.concatenate(
        [np.full(len(bins), window.histogram(bins).deviation ** 2 / len(bins)) for bins in WEEKLY]
    )
    usual = known.bins.mean(axis=0)
    total = window.histogram(HEADLINE).deviation ** 2
    found: Floats = window.reports * known.within + total * np.outer(usual, usual)
    found[np.diag_indices(len(noise))] += noise
    return found


def _weights(
    counts: Floats, reports: float, spread: Floats, known: Workplaces
) -> tuple[Floats, float]:
    """How much each workplace counts, and the part of the counts' evidence that this has used.

    Evidence is a normal likelihood raised to the power that leaves `_ALIKE` workplaces; some
    weight stays with all, for an employer like none of them.
    """
    seen = known.bins @ np.linalg.inv(spread)
    evidence = reports * seen @ counts - reports**2 / 2 * (seen * known.bins).sum(axis=1)
    power = _power(evidence - evidence.max())
    alike = _normed(power * (evidence - evidence.max()))
    return (1 - _ANY) * alike + _ANY / len(alike), power * (1 - _ANY)


def _power(evidence: Floats) -> float:
    """The highest power up to one at which enough workplaces count."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if 1 / float((_normed(middle * evidence) ** 2).sum()) < _ALIKE:
            high = middle
        else:
            low = middle
    return low


def _normed(evidence: Floats) -> Floats:
    weights = np.exp(evidence)
    normed: Floats = weights / weights.sum()
    return normed
