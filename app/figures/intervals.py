"""Intervals that say sampling and noise together: a parametric bootstrap, 90 %. Pure.

The bootstrap is seeded from the released counts: two pages can never disagree. Why it is
corrected and widened as it is stands in docs/decisions/0002.
"""

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from app.figures.histogram import Histogram
from app.figures.projection import Floats

LEVEL: Final = 0.9
RUNS: Final = 400
# How far the bias correction may move the two quantiles, in standard normal units.
_MOST_CORRECTION: Final = 0.3
_MOST_FOR_SHARES: Final = 0.7
_NORMAL = NormalDist()

Reading = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Interval:
    """A number with its 90 % interval, all in one unit."""

    value: float
    low: float
    high: float

    def widened(self, by: float) -> "Interval":
        """The same number, less sure by so much on both sides."""
        return Interval(self.value, self.low - by, self.high + by)

    def at_least(self, other: "Interval") -> "Interval":
        """The same number where it cannot be less than another: value and ends are raised."""
        return Interval(
            max(self.value, other.value), max(self.low, other.low), max(self.high, other.high)
        )

    def outward(self, step: float) -> tuple[int, int]:
        """Both ends in whole steps, rounded outward."""
        return math.floor(self.low / step + 1e-9), math.ceil(self.high / step - 1e-9)


Counts = NDArray[np.int64]


def laplace(rng: Generator, noise: Mapping[float, int], shape: tuple[int, ...]) -> Counts:
    """Simulate the noise of several cohorts at once: sums of discrete Laplace draws.

    noise: how many draws of which scale. A draw is the difference of two geometric ones, so a
    sum is the difference of two negative binomial ones. Only for intervals and simulations:
    what protects a report is made by OpenDP.
    """
    sums = np.zeros(shape, dtype=np.int64)
    for scale, draws in noise.items():
        p = 1 - math.exp(-1 / scale)
        sums += rng.negative_binomial(draws, p, shape) - rng.negative_binomial(draws, p, shape)
    return sums


@dataclass(frozen=True)
class Bootstrap:
    """Worlds like the released one: the same shape, other samples of people, other noise."""

    seen: Floats
    worlds: Floats

    @classmethod
    def of(
        cls, histogram: Histogram, headline: Histogram, reports: float, least: int
    ) -> "Bootstrap":
        """Draw the worlds of a histogram whose total is told by the headline histogram.

        reports: the total as published; least: what it cannot be less than.
        """
        rng = np.random.default_rng(_seed(histogram, reports))
        # Rounded, so that the last bit of a float cannot shift the whole random stream.
        shape = np.round(histogram.projected(reports), 6)
        people = rng.multinomial(round(reports), shape / shape.sum(), RUNS)
        counts = people + laplace(rng, histogram.noise, people.shape)
        if histogram is headline:
            totals = counts.sum(axis=-1)
        else:
            bins = len(headline.bins)
            noise = {scale: cohorts * bins for scale, cohorts in headline.noise.items()}
            totals = round(reports) + laplace(rng, noise, (RUNS,))
        totals = np.maximum(totals, least).astype(np.float64)
        return cls(histogram.standing_out(reports), histogram.read(counts, totals))

    def interval(self, reading: Reading) -> Interval:
        """What a reading gives, with the bias-corrected quantiles of its worlds.

        Source: Efron 1981, 'Nonparametric standard errors and confidence intervals', with the
        correction held small: where the worlds fall into two humps it would jump between them.
        """
        value = float(reading(self.seen))
        low, _, high = self._quantiles(reading, _MOST_CORRECTION)
        return Interval(value, min(low, value), max(high, value))

    def share(self, reading: Reading) -> Interval:
        """A share of a tail, moved to the middle of its corrected worlds.

        Noise in empty bins adds to a tail and never takes from it, so the plain reading would
        accuse an employer where nobody is over the line.
        """
        low, value, high = self._quantiles(reading, _MOST_FOR_SHARES)
        return Interval(value, low, high)

    def mean(self, reading: Reading) -> Interval:
        """A mean, with the worlds reflected about it: what they are off by, it is off by.

        Source: Davison and Hinkley 1997, 'Bootstrap Methods and their Application', 5.2.
        """
        value = float(reading(self.seen))
        ends = (1 + LEVEL) / 2, 0.5, (1 - LEVEL) / 2
        low, middle, high = (2 * value - float(q) for q in np.quantile(reading(self.worlds), ends))
        return Interval(middle, low, high)

    def _quantiles(self, reading: Reading, most: float) -> tuple[float, float, float]:
        value, worlds = float(reading(self.seen)), np.sort(reading(self.worlds))
        below = np.searchsorted(worlds, value, "left") + np.searchsorted(worlds, value, "right")
        bias = _NORMAL.inv_cdf(min(max(below / 2, 0.5), RUNS - 0.5) / RUNS)
        shift = 2 * min(max(bias, -most), most)
        reach = _NORMAL.inv_cdf((1 + LEVEL) / 2)
        ends = [_NORMAL.cdf(shift + step) for step in (-reach, 0.0, reach)]
        low, middle, high = (float(end) for end in np.quantile(worlds, ends))
        return low, middle, high


def _seed(histogram: Histogram, reports: float) -> int:
    told = f"{histogram.bins.kind} {reports} {histogram.counts.tolist()}"
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8])
