"""When the credentials of a key may be redeemed: in pools of at least k. Pure.

A pool is what was issued under an employer's key since it last opened (decision 5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.credentials.chain import Kind
from app.weeks.quarters import Quarter


@dataclass(frozen=True)
class Pool:
    """The pool of one employer's key: how many credentials wait in it."""

    key: bytes
    gathered: int


def weekly(pools: Iterable[Pool], least: int) -> list[tuple[Kind, bytes]]:
    """Return which pools open at the end of a week: those of at least `least` people."""
    return [("opening", pool.key) for pool in pools if pool.gathered >= least]


def closing(pools: Sequence[Pool], site_wide: bytes, least: int) -> list[tuple[Kind, bytes]]:
    """Return what becomes of the pools of a quarter that is over, the site-wide key's last.

    What opens, opens; who is left over is withheld and redeems under the site-wide key, provided
    that all who are left over, of all employers, are at least `least` people.
    """
    left = [pool for pool in pools if 0 < pool.gathered < least]
    enough = sum(pool.gathered for pool in left) >= least
    return [
        *weekly(pools, least),
        *(("withheld", pool.key) for pool in left),
        ("opening" if enough else "withheld", site_wide),
    ]


def is_closed(quarter: str, day: date) -> bool:
    """Tell whether nothing is issued for a quarter any more: it has ended."""
    return Quarter.of(day) > Quarter.parse(quarter)


def is_over(quarter: str, day: date) -> bool:
    """Tell whether nothing is redeemed for a quarter any more: the next one has ended too."""
    return Quarter.of(day) > Quarter.parse(quarter).next
