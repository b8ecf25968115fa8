"""The projection gives the nearest counts that could be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.projection import project

COUNTS = st.lists(st.integers(-60, 120), min_size=2, max_size=30)


@pytest.mark.parametrize(
    ("noisy", "total", "expected"),
    [
        ([4, 6], 10, [4, 6]),
        ([5, 7], 10, [4, 6]),
        ([10, -4], 6, [6, 0]),
        ([3, 3, -20], 6, [3, 3, 0]),
        ([-5, -5], 2, [1, 1]),
        ([1, 0, 0], 10, [4, 3, 3]),
    ],
)
def test_small_cases_by_hand(noisy: list[int], total: float, expected: list[float]) -> None:
    assert project(noisy, total).tolist() == pytest.approx(expected)


@given(COUNTS, st.integers(1, 500))
def test_counts_are_non_negative_and_keep_the_total(noisy: list[int], total: int) -> None:
    fitted = project(noisy, total)
    assert fitted.min() >= 0
    assert fitted.sum() == pytest.approx(total)


@given(COUNTS, st.integers(1, 500), st.randoms(use_true_random=False))
def test_no_other_counts_are_nearer(noisy: list[int], total: int, random: object) -> None:
    rng = np.random.default_rng(random.getrandbits(32))  # type: ignore[attr-defined]
    fitted, wanted = project(noisy, total), np.array(noisy, float)
    for other in rng.dirichlet(np.ones(len(noisy)), 20) * total:
        assert ((fitted - wanted) ** 2).sum() <= ((other - wanted) ** 2).sum() + 1e-6


def test_many_rows_are_projected_as_each_alone() -> None:
    rng = np.random.default_rng(4)
    rows, totals = rng.integers(-9, 30, (50, 25)), rng.integers(10, 90, 50)
    together = project(rows, totals)
    for row, total, fitted in zip(rows, totals, together, strict=True):
        assert fitted.tolist() == pytest.approx(project(row, total).tolist())
