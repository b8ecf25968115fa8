"""The noise that protects a report: its law, its cost, and that nobody can repeat it."""

import math

import numpy as np
import pytest

from app.figures import budget
from app.figures.intervals import laplace
from app.hours.noise import epsilon, protect


@pytest.mark.parametrize("kind", list(budget.WEEKLY))
def test_opendp_confirms_what_a_kind_spends(kind: str) -> None:
    assert epsilon(budget.scale(kind)) == pytest.approx(budget.WEEKLY[kind])
    assert epsilon(budget.scale(kind, 2.0)) == pytest.approx(budget.WEEKLY[kind] / 2)


def test_counts_are_moved_by_noise_that_is_never_the_same() -> None:
    exact = [0] * 40 + [100] * 40
    first, second = protect(exact, 2.0), protect(exact, 2.0)
    assert len(first) == len(exact)
    assert all(isinstance(count, int) for count in first)
    assert first != second
    assert max(abs(a - b) for a, b in zip(exact, first, strict=True)) < 80


@pytest.mark.parametrize("scale", [1.0, 4.0])
def test_the_simulations_draw_from_the_same_law(scale: float) -> None:
    """Two samples, Kolmogorov-Smirnov at one in a million (ties make it stricter than it says)."""
    size = 8_000
    real = np.sort(protect([0] * size, scale))
    simulated = np.sort(laplace(np.random.default_rng(3), {scale: 1}, (size,)))
    steps = np.arange(-60, 61)
    distance = np.abs(
        np.searchsorted(real, steps, "right") - np.searchsorted(simulated, steps, "right")
    ).max()
    assert distance / size < 2.7 * math.sqrt(2 / size)
