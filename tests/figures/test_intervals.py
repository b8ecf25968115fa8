"""The bootstrap: the same for the same counts, noise equal in law, ends rounded outward."""

import math

import numpy as np
import pytest

from app.figures import estimates
from app.figures.bins import WORKING
from app.figures.histogram import Histogram, Part, reports, variance
from app.figures.intervals import Bootstrap, Interval, laplace

COUNTS = tuple([0, 1, 2, 14, 9, 4, -2, 1] + [0] * 8 + [-1, 2, 0] + [0] * 6)


def histogram(counts: tuple[int, ...] = COUNTS, cohorts: int = 2) -> Histogram:
    rest = [Part((0,) * len(counts), 4.0)] * (cohorts - 1)
    return Histogram.sum("working", [Part(counts, 4.0), *rest])


def median(counts: np.ndarray) -> np.ndarray:
    return estimates.quantile(counts, WORKING, 0.5)


def interval(released: Histogram) -> Interval:
    return Bootstrap.of(released, released, reports(released, 20), 20).interval(median)


def test_the_same_release_gives_the_same_interval_and_another_one_does_not() -> None:
    assert interval(histogram()) == interval(histogram())
    moved = (*COUNTS[:3], COUNTS[3] - 9, COUNTS[4] + 9, *COUNTS[5:])
    assert interval(histogram(moved)) != interval(histogram())


def test_more_cohorts_mean_more_noise_and_a_wider_interval() -> None:
    few, many = interval(histogram()), interval(histogram(cohorts=12))
    assert many.high - many.low > few.high - few.low


def test_an_interval_holds_its_number() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        found = interval(histogram(tuple(rng.integers(-3, 12, len(WORKING)).tolist())))
        assert found.low <= found.value <= found.high


@pytest.mark.parametrize(
    ("low", "high", "step", "ends"),
    [(3000, 3061, 60, (50, 52)), (2999, 3000, 60, (49, 50)), (0.291, 0.402, 0.01, (29, 41))],
)
def test_ends_are_rounded_outward(
    low: float, high: float, step: float, ends: tuple[int, int]
) -> None:
    assert Interval(low, low, high).outward(step) == ends


def test_simulated_noise_has_the_law_of_discrete_laplace() -> None:
    """Kolmogorov distance of 40,000 draws to the exact law, at the 0.1 % level."""
    for scale in (1.0, 2.0, 4.0):
        draws = laplace(np.random.default_rng(8), {scale: 1}, (40_000,))
        steps = np.arange(-40, 41)
        a = math.exp(-1 / scale)
        law = np.where(steps < 0, a ** (-steps) / (1 + a), 1 - a ** (steps + 1) / (1 + a))
        seen = np.searchsorted(np.sort(draws), steps, side="right") / len(draws)
        assert np.abs(seen - law).max() < 1.95 / math.sqrt(len(draws))


def test_sums_of_noise_have_the_variance_of_their_parts() -> None:
    draws = laplace(np.random.default_rng(9), {1.0: 7, 4.0: 2}, (60_000,))
    wanted = 7 * variance(1.0) + 2 * variance(4.0)
    assert draws.mean() == pytest.approx(0, abs=0.15)
    assert draws.var() == pytest.approx(wanted, rel=0.03)
    assert histogram().deviation == pytest.approx(math.sqrt(25 * 2 * variance(1.0)))


def test_a_total_is_never_told_below_k_for_each_cohort() -> None:
    assert reports(histogram((-4,) * 25), 20) == 20
    assert reports(histogram(), 20) == sum(COUNTS)
