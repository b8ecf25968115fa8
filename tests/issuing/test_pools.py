"""Which pools open, which are withheld, and when a quarter is closed and over."""

from datetime import date

import pytest

from app.issuing import pools
from app.issuing.pools import Pool

SITE = b"site"


def pooled(**gathered: int) -> list[Pool]:
    return [Pool(name.encode(), number) for name, number in gathered.items()]


@pytest.mark.parametrize(
    ("gathered", "opened"),
    [
        ({}, ""),
        ({"a": 0}, ""),
        ({"a": 9}, ""),
        ({"a": 10}, "a"),
        ({"a": 9, "b": 11, "c": 10}, "bc"),
    ],
)
def test_a_pool_opens_with_k_people(gathered: dict[str, int], opened: str) -> None:
    told = pools.weekly(pooled(**gathered), 10)
    assert [(kind, id.decode()) for kind, id in told] == [("opening", name) for name in opened]


@pytest.mark.parametrize(
    ("gathered", "opened", "withheld", "site_wide"),
    [
        ({}, "", "", "withheld"),
        ({"a": 0}, "", "", "withheld"),
        ({"a": 3}, "", "a", "withheld"),  # the three would be known by being the only ones
        ({"a": 200, "b": 3}, "a", "b", "withheld"),  # whoever opened presents no site-wide one
        ({"a": 9, "b": 1}, "", "ab", "opening"),
        ({"a": 9, "b": 10, "c": 0}, "b", "a", "withheld"),
        ({"a": 4, "b": 4, "c": 4, "d": 10}, "d", "abc", "opening"),
    ],
)
def test_what_is_left_over_hides_among_at_least_k(
    gathered: dict[str, int], opened: str, withheld: str, site_wide: str
) -> None:
    told = [(kind, id.decode()) for kind, id in pools.closing(pooled(**gathered), SITE, 10)]
    assert told == [
        *(("opening", name) for name in opened),
        *(("withheld", name) for name in withheld),
        (site_wide, "site"),
    ]


@pytest.mark.parametrize(
    ("day", "closed", "over"),
    [
        (date(2026, 10, 1), False, False),
        (date(2026, 12, 31), False, False),
        (date(2027, 1, 1), True, False),
        (date(2027, 3, 31), True, False),
        (date(2027, 4, 1), True, True),
        (date(2026, 9, 30), False, False),  # a clock that is a day off
    ],
)
def test_a_quarter_closes_and_is_over(day: date, closed: bool, over: bool) -> None:
    assert pools.is_closed("2026Q4", day) is closed
    assert pools.is_over("2026Q4", day) is over
