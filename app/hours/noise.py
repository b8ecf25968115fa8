"""The noise that protects a report: discrete Laplace by OpenDP, never seeded."""

from collections.abc import Sequence
from functools import cache
from typing import Any


def protect(counts: Sequence[int], scale: float) -> list[int]:
    """Add discrete Laplace noise of a scale to every count of a histogram.

    Adding or removing one report changes one count by one, so this spends epsilon = 1 / scale
    of it. Source: Canonne, Kamath, Steinke 2020, 'The Discrete Gaussian for Differential
    Privacy' (exact sampling of the discrete Laplace), as OpenDP implements it.
    """
    noisy: list[int] = _mechanism(scale)(list(counts))
    return noisy


def epsilon(scale: float) -> float:
    """What OpenDP says that one report spends on a histogram with noise of this scale."""
    spent: float = _mechanism(scale).map(1)
    return spent


@cache
def _mechanism(scale: float) -> Any:
    # Imported at the first release: it takes a second, and most commands never need it.
    import opendp.prelude as dp  # noqa: PLC0415

    dp.enable_features("contrib")
    counts = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    return dp.m.make_laplace(*counts, scale=scale)
