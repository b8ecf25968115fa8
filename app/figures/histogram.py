"""A released histogram: the sum of noisy counts over cohorts, with what is known of its noise."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.figures import budget
from app.figures.bins import BY_KIND, Bins
from app.figures.projection import Floats, project


def variance(scale: float) -> float:
    """The variance of discrete Laplace noise of a scale."""
    a = math.exp(-1 / scale)
    return 2 * a / (1 - a) ** 2


@dataclass(frozen=True)
class Part:
    """One cohort's noisy counts of one kind, and the epsilon that each of its reports spent."""

    counts: tuple[int, ...]
    epsilon: float


@dataclass(frozen=True)
class Histogram:
    """Noisy counts of one kind, summed over cohorts.

    noise: how many cohorts were given noise of which scale.
    """

    bins: Bins
    counts: NDArray[np.int64]
    noise: Mapping[float, int]

    @classmethod
    def sum(cls, kind: str, parts: Iterable[Part]) -> "Histogram":
        """Add up the cohorts' counts of one kind."""
        bins = BY_KIND[kind]
        counts = np.zeros(len(bins), dtype=np.int64)
        noise: Counter[float] = Counter()
        for part in parts:
            counts += np.asarray(part.counts, dtype=np.int64)
            noise[budget.scale(kind, part.epsilon)] += 1
        return cls(bins, counts, noise)

    @property
    def total(self) -> int:
        """The sum of all counts, noise and all."""
        return int(self.counts.sum())

    @cached_property
    def deviation(self) -> float:
        """The standard deviation of the noise in the total."""
        each = sum(cohorts * variance(scale) for scale, cohorts in self.noise.items())
        return math.sqrt(len(self.bins) * each)

    def projected(self, reports: float) -> Floats:
        """Counts that could be, for so many reports: what a picture shows."""
        return project(self.counts, reports)

    def standing_out(self, reports: float) -> Floats:
        """The projected counts that stand out of the noise: what medians and shares are read of."""
        return self.read(self.counts, np.float64(reports))

    def read(self, counts: NDArray[np.int64], reports: NDArray[np.float64] | np.float64) -> Floats:
        """Project counts (..., bins) with this noise onto totals (...) lowered by part of it.

        The plain projection leaves noise in empty bins, which pulled every median towards the
        middle of the scale.
        """
        lowered = reports - self.bins.lowered * self.deviation
        return project(counts, np.maximum(lowered, self.bins.kept * reports))


def reports(headline: Histogram, least: int) -> float:
    """How many reports there are, as far as the public can know.

    That is the noisy sum, but surely not fewer than `least`, which is k for each cohort.
    """
    return float(max(headline.total, least))
