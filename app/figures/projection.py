"""Projecting noisy counts onto counts that could be: non-negative, with a given total. Pure."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def project(counts: ArrayLike, total: ArrayLike) -> Floats:
    """The nearest non-negative counts (least squares) that sum to a total.

    counts: (..., bins); total: (...), positive. Clipping bin by bin instead would add up the
    positive halves of the noise. Source: Duchi et al. 2008, 'Efficient projections onto the
    l1-ball', for the simplex.
    """
    noisy = np.asarray(counts, dtype=np.float64)
    wanted = np.broadcast_to(np.asarray(total, dtype=np.float64), noisy.shape[:-1])[..., None]
    falling: Floats = -np.sort(-noisy, axis=-1)
    rank = np.arange(1, noisy.shape[-1] + 1)
    shifts = (np.cumsum(falling, axis=-1) - wanted) / rank
    kept = np.count_nonzero(falling > shifts, axis=-1)[..., None]
    shift = np.take_along_axis(shifts, kept - 1, axis=-1)
    fitted: Floats = np.maximum(noisy - shift, 0.0)
    return fitted
