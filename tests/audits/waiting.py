"""When credentials are issued and when they are redeemed: what the two times tell together.

The attacker sees the time of every issue, the directory's openings and the time of every
redemption, and knows from other quarters how long people wait; of each redemption it guesses the
likeliest issue. It is Bayes' rule on all that it sees; whoever sees less does worse.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.credentials import blind, chain
from app.issuing import pools
from app.issuing.pools import Pool
from app.weeks.quarters import Quarter

QUARTER: Final = Quarter.parse("2026Q4")
BEGIN: Final = QUARTER.first_day
DAYS: Final = (QUARTER.last_day - BEGIN).days + 1
SITE: Final = b"site"
_DELAYS: Final = np.concatenate([[-1e9, 0], np.geomspace(1 / 1440, 60, 40), [1e9]])
_OFFSETS: Final = np.arange(-30, 60)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Use:
    """One credential: its key, its pool's opening, and both times in days since the quarter began.

    `key` is the one that is presented in the end, the employer's or the site-wide one.
    """

    key: bytes
    issued: float
    opening: float
    redeemed: float


Rule = Callable[[random.Random, float, date], float]


def named(rng: random.Random, issued: float, opening: date) -> float:
    """Redeem on the day that the credential's own random bytes name, at any hour."""
    day = chain.named_day(opening, blind.prepare(b"lamplight credential 1"))
    return (day - BEGIN).days + rng.random()


def at_once(rng: random.Random, issued: float, opening: date) -> float:
    """Redeem as soon as the credential is there: a broken build."""
    return issued + rng.expovariate(1 / (20 / 1440))


def own_fortnight(rng: random.Random, issued: float, opening: date) -> float:
    """Wait two days after one's own issue instead of the pool's opening: a broken build."""
    return issued + 2 + rng.random() / 4


def quarter(rng: random.Random, rule: Rule, least: int, employers: int = 6) -> list[Use]:
    """Let the workers of some employers take and redeem credentials for a quarter.

    Large employers and small ones; the pools are opened by app/issuing/pools.py, week by week.
    """
    takers = {
        b"employer %d" % n: sorted(rng.random() * DAYS for _ in range(rng.choice((3, 8, 60, 150))))
        for n in range(employers)
    }
    waiting = {key: list(times) for key, times in takers.items()}
    uses: list[Use] = []
    for week in range(7, DAYS + 14, 7):
        monday = BEGIN + timedelta(days=week - BEGIN.weekday())
        past = float((monday - BEGIN).days)
        ready = {key: [t for t in times if t < past] for key, times in waiting.items()}
        found = [Pool(key, len(times)) for key, times in ready.items()]
        closed = pools.is_closed(str(QUARTER), monday)
        told = pools.closing(found, SITE, least) if closed else pools.weekly(found, least)
        withheld = [t for kind, key in told if kind == "withheld" for t in ready.get(key, [])]
        for kind, key in told:
            if kind == "opening":
                group = withheld if key == SITE else ready[key]
                uses += [Use(key, t, past, rule(rng, t, monday)) for t in group]
                waiting[key] = [t for t in waiting.get(key, []) if t >= past]
        if closed:
            break
    return uses


def linked(known: Sequence[Use], seen: Sequence[Sequence[Use]]) -> tuple[float, float]:
    """Return how often the likeliest issue is the right one, and the standard error.

    known: other quarters, whose truth taught the attacker how people wait.
    """
    delays, offsets = _law(u.redeemed - u.issued for u in known), _pace(known)
    right: list[float] = []
    for uses in seen:
        for key in {use.key for use in uses}:
            group = [use for use in uses if use.key == key]
            issued = np.array([use.issued for use in group])
            opening = np.array([use.opening for use in group])
            for at, use in enumerate(group):
                score = delays[_bin(use.redeemed - issued)]
                score = score + offsets[_day(use.redeemed - opening)]
                best = np.flatnonzero(score == score.max())
                right.append(float(at in best) / len(best))
    rate = float(np.mean(right))
    return rate, float(np.std(right) / np.sqrt(len(right)))


def _law(times: Iterable[float]) -> Floats:
    """Learn the logarithm of the likelihood of each delay, for one issue in its own bin."""
    counts, _ = np.histogram(list(times), _DELAYS)
    widths = np.minimum(np.diff(_DELAYS), 60)
    law: Floats = np.log((counts + 1e-9) / widths)
    return law


def _pace(known: Sequence[Use]) -> Floats:
    counts = np.zeros(len(_OFFSETS) + 1)
    for use in known:
        counts[_day(np.array([use.redeemed - use.opening]))] += 1
    pace: Floats = np.log(counts + 1e-9)
    return pace


def _bin(delays: Floats) -> NDArray[np.int_]:
    return np.clip(np.searchsorted(_DELAYS, delays, "right") - 1, 0, len(_DELAYS) - 2)


def _day(offsets: Floats) -> NDArray[np.int_]:
    return np.clip(np.floor(offsets).astype(int) - _OFFSETS[0], 0, len(_OFFSETS))
