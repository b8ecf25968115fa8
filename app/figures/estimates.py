"""Reading numbers from projected counts: medians, means, shares, humps and the lights. Pure."""

from typing import Final

import numpy as np

from app.figures.bins import Bins
from app.figures.projection import Floats

_EPSILON: Final = 1e-9
LIGHTS: Final = 48


def quantile(counts: Floats, bins: Bins, share: float) -> Floats:
    """The value below which a share of the reports lies, read evenly inside its bin.

    counts: (..., bins), each with a positive sum; the answer: (...), in the bins' unit.
    """
    bounds = np.asarray(bins.bounds)
    cumulative = np.cumsum(counts, axis=-1)
    wanted = share * cumulative[..., -1:]
    bin_ = np.argmax(cumulative >= wanted - _EPSILON, axis=-1)[..., None]
    inside = np.take_along_axis(counts, bin_, axis=-1)
    before = np.take_along_axis(cumulative, bin_, axis=-1) - inside
    part = np.clip((wanted - before) / np.maximum(inside, _EPSILON), 0.0, 1.0)
    value: Floats = (bounds[bin_] + part * np.diff(bounds)[bin_])[..., 0]
    return value


def mean(counts: Floats, bins: Bins) -> Floats:
    """The mean, every report taken to lie in the middle of its bin."""
    value: Floats = counts @ np.asarray(bins.centres) / counts.sum(axis=-1)
    return value


def edge_above(bins: Bins, limit: float) -> float | None:
    """The next edge at or above a limit, where a share over it is read; None beyond the last."""
    return next((edge for edge in bins.edges if edge >= limit - _EPSILON), None)


def share_from(counts: Floats, bins: Bins, edge: float) -> Floats:
    """The share of reports at or above an edge."""
    first = bins.bounds.index(edge)
    share: Floats = counts[..., first:].sum(axis=-1) / counts.sum(axis=-1)
    return share


def half_hour(counts: Floats, bins: Bins) -> int:
    """The beginning of the half hour in which the median clock time lies, in minutes.

    People name half hours; what lies between counts as the half hour before.
    """
    cumulative = np.cumsum(counts)
    bin_ = int(np.argmax(cumulative >= cumulative[-1] / 2 - _EPSILON))
    return int(bins.bounds[bin_])


def lights(arrivals: Floats, leavings: Floats) -> Floats:
    """The share at work at each half hour from 06:00 to 06:00, (..., 48): arrived less left.

    Two days are counted and what lies past 06:00 is folded back, so that a night shift is drawn
    at night. The two noisy histograms do not agree exactly, so the difference is held in 0..1.
    """
    arrived = np.cumsum(arrivals, axis=-1) / arrivals.sum(axis=-1, keepdims=True)
    left = np.cumsum(leavings, axis=-1) / leavings.sum(axis=-1, keepdims=True)
    arrived = np.concatenate([arrived, np.ones_like(arrived)], axis=-1)
    lit = np.clip(arrived - left, 0.0, 1.0)
    folded: Floats = np.clip(lit[..., :LIGHTS] + lit[..., LIGHTS:], 0.0, 1.0)
    return folded


# The rule for two humps, in counts of two neighbouring bins (five hours): somewhere between two
# peaks is a valley at most half as high as the lower peak, lower than both by more than 2.5
# standard deviations of what noise and sampling do to the difference, with at least a fifth of
# the reports on either side.
_WIDTH: Final = 2
_CLEARLY: Final = 2.5
_DEPTH: Final = 0.5
_LEAST_SHARE: Final = 0.2


def humps(counts: Floats, deviation: float) -> float | None:
    """The share of reports in the higher of two humps; None where there are not clearly two.

    deviation: of the noise in one count.
    """
    windows = np.convolve(counts, np.ones(_WIDTH), mode="valid")
    deepest, found = 0.0, None
    for valley in range(_WIDTH, len(windows) - _WIDTH):
        peak = min(windows[: valley - 1].max(), windows[valley + _WIDTH :].max())
        depth = peak - windows[valley]
        spread = np.sqrt(2 * _WIDTH * deviation**2 + peak + windows[valley])
        share = float(counts[valley + 1 :].sum() / counts.sum())
        clear = depth > _CLEARLY * spread and windows[valley] <= _DEPTH * peak
        if clear and depth > deepest and _LEAST_SHARE <= share <= 1 - _LEAST_SHARE:
            deepest, found = depth, share
    return found
