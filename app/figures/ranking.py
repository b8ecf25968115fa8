"""Ranks as ranges: employers whose intervals overlap are not told apart. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def rank_ranges(intervals: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """For each (low, high): the best and the worst rank it may have, the longest week first.

    From 1 + the number of others whose lower end is above my upper end, to the number whose
    upper end is not below my lower end, myself among them.
    """
    lows = sorted(low for low, _ in intervals)
    highs = sorted(high for _, high in intervals)
    count = len(intervals)
    return [
        (1 + count - bisect_right(lows, high), count - bisect_left(highs, low))
        for low, high in intervals
    ]
