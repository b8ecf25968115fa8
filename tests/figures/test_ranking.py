"""Ranks are ranges, and an interval that overlaps another is not told apart from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.ranking import rank_ranges

INTERVALS = st.lists(
    st.tuples(st.integers(20, 90), st.integers(0, 20)).map(lambda pair: (pair[0], sum(pair))),
    max_size=30,
)


@pytest.mark.parametrize(
    ("intervals", "ranges"),
    [
        ([], []),
        ([(50, 60)], [(1, 1)]),
        ([(60, 63), (50, 55), (40, 45)], [(1, 1), (2, 2), (3, 3)]),
        ([(60, 63), (56, 59), (54, 58), (55, 58)], [(1, 1), (2, 4), (2, 4), (2, 4)]),
        ([(40, 70), (50, 52), (60, 62)], [(1, 3), (2, 3), (1, 2)]),
        ([(50, 55), (55, 60)], [(1, 2), (1, 2)]),  # touching is overlapping
    ],
)
def test_ranges_by_hand(
    intervals: list[tuple[float, float]], ranges: list[tuple[int, int]]
) -> None:
    assert rank_ranges(intervals) == ranges


@given(INTERVALS)
def test_ranges_are_what_counting_one_by_one_gives(intervals: list[tuple[int, int]]) -> None:
    expected = [
        (1 + sum(other[0] > high for other in intervals), sum(o[1] >= low for o in intervals))
        for low, high in intervals
    ]
    assert rank_ranges(intervals) == expected
    assert all(1 <= first <= last <= len(intervals) for first, last in expected)
