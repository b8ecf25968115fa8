"""Workplaces that could be: what is known of the hours of the day before anybody reports. Pure.

A noisy histogram of 96 half hours says little of an employer with few reports; that people come
in the morning, stay six to fifteen hours and that colleagues resemble each other says much.
These made-up workplaces say it in numbers. Nothing in them comes from a report, and they are
the same for every employer. Why they are as they are stands in docs/decisions/0003.
"""

import functools
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from app.figures import estimates
from app.figures.bins import ARRIVAL, DAY, DAYS, LEAVING, SIX, WEEKLY, Bins
from app.figures.projection import Floats
from app.weeks.arithmetic import ASSUMED_BREAK, DINNER_FROM, DINNER_TO, LUNCH_NEEDS

WORKPLACES: Final = 1500
PEOPLE: Final = 60  # of each workplace
_HOUR: Final = 60
_SEED: Final = 1
# How many habits a workplace has: one, two or three, and how alike their shares are.
_HABITS: Final = (0.45, 0.35, 0.2)
_EVEN: Final = 2.0
# Arriving and staying, in hours: mean and spread of a habit's centre. A few habits are odd: shifts.
_ODD: Final = 0.15
_ARRIVING, _STAYING, _ODD_STAYING = (9.2, 1.0), (10.6, 1.7), (9.5, 1.5)
# What the people of one habit differ by, in hours: between these two.
_ARRIVING_SPREAD, _STAYING_SPREAD = (0.1, 0.9), (0.2, 1.8)
_HEAPED: Final = 0.75  # tell half hours, the others minutes
# How common each number of days is, 4 to 7; a small weight is seldom a habit's main one.
_DAYS: Final = (0.05, 0.03, 0.8, 0.35, 0.6, 0.05, 0.05)
_OTHER_BREAKS: Final = (0, 0, 0, 30, 60, -30)  # minutes beside the assumed ones

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Workplaces:
    """Many workplaces: shares of people in every bin, the lights, who has arrived or left.

    bins: (workplaces, all weekly bins); lights, arrived, left: (workplaces, half hours).
    within: the covariance of one person's bins inside a workplace.
    """

    bins: Floats
    lights: Floats
    arrived: Floats
    left: Floats
    within: Floats


@functools.cache
def known() -> Workplaces:
    """The workplaces that every employer is held against; the same in every process."""
    people = _people(np.random.default_rng(_SEED))
    index = {bins.kind: _index(bins, people[bins.kind]) for bins in WEEKLY}
    shares = {bins.kind: _shares(bins, index[bins.kind]) for bins in WEEKLY}
    joined = np.concatenate([shares[bins.kind] for bins in WEEKLY], axis=1)
    arrivals, leavings = shares[ARRIVAL.kind], shares[LEAVING.kind]
    return Workplaces(
        joined,
        estimates.lights(arrivals, leavings),
        np.cumsum(arrivals, axis=1),
        np.cumsum(leavings, axis=1),
        _within(index, joined),
    )


def _people(rng: Generator) -> dict[str, Floats]:
    """Everybody's value of each kind: (workplaces, people)."""
    shape = (WORKPLACES, len(_HABITS))
    odd = rng.random(shape) < _ODD
    come = np.where(odd, rng.uniform(6, 30, shape), np.clip(rng.normal(*_ARRIVING, shape), 6, 14))
    stay = np.where(
        odd,
        np.clip(rng.normal(*_ODD_STAYING, shape), 6, 14),
        np.clip(rng.normal(*_STAYING, shape), 6, 15),
    )
    habit = _habits(rng)
    start = _spread(rng, come, rng.uniform(*_ARRIVING_SPREAD, shape), habit)
    end = _spread(rng, come + stay, rng.uniform(*_STAYING_SPREAD, shape), habit)
    heaped = rng.random(habit.shape) < _HEAPED
    start, end = (_told(clock, heaped) for clock in (start, end))
    days = np.take(DAYS, _picked(rng, _by(rng.dirichlet(_DAYS, shape), habit)))
    return _values(rng, start, np.clip(end - start, 4 * _HOUR, 20 * _HOUR), days)


def _habits(rng: Generator) -> Indices:
    """Which habit everybody has."""
    most = rng.choice(len(_HABITS), WORKPLACES, p=_HABITS)
    shares = rng.dirichlet([_EVEN] * len(_HABITS), WORKPLACES)
    shares *= np.arange(len(_HABITS)) <= most[:, None]
    shares /= shares.sum(axis=1, keepdims=True)
    return _picked(rng, np.repeat(shares[:, None], PEOPLE, axis=1))


def _picked(rng: Generator, shares: Floats) -> Indices:
    """One choice for each person of shares (workplaces, people, choices)."""
    drawn = rng.random(shares.shape[:-1])[..., None]
    picked: Indices = (drawn > np.cumsum(shares, axis=-1)[..., :-1]).sum(axis=-1)
    return picked


def _by(of_habits: Floats, habit: Indices) -> Floats:
    """What each person's habit has."""
    found: Floats = of_habits[np.arange(WORKPLACES)[:, None], habit]
    return found


def _spread(rng: Generator, centre: Floats, spread: Floats, habit: Indices) -> Floats:
    return _by(centre, habit) + _by(spread, habit) * rng.normal(size=habit.shape)


def _told(hours: Floats, heaped: NDArray[np.bool_]) -> Floats:
    """A clock time as people tell it, in minutes."""
    return np.where(heaped, np.round(2 * hours) * _HOUR / 2, np.round(hours * _HOUR))


def _values(rng: Generator, start: Floats, day: Floats, days: Floats) -> dict[str, Floats]:
    """What `bins.values` says of a week, for many at once: minutes, and days a week."""
    clock, start = start % DAY, SIX + (start - SIX) % DAY
    dinner = (clock < DINNER_FROM) & (clock + day >= DINNER_TO)
    breaks = ASSUMED_BREAK * ((day >= LUNCH_NEEDS) + dinner.astype(np.int64))
    breaks = np.maximum(breaks + rng.choice(_OTHER_BREAKS, day.shape), 0)
    return {
        "working": days * np.maximum(day - breaks, _HOUR),
        "presence": days * day,
        "leaving": start + day,
        "arrival": start,
        "days": days,
    }


def _index(bins: Bins, values: Floats) -> Indices:
    """The bin of every value, as `Bins.index` finds it."""
    found = np.searchsorted(bins.bounds, values, side="right") - 1
    return np.clip(found, 0, len(bins) - 1)


def _shares(bins: Bins, index: Indices) -> Floats:
    """The share of each workplace's people in every bin."""
    own = index + len(bins) * np.arange(WORKPLACES)[:, None]
    counts = np.bincount(own.ravel(), minlength=WORKPLACES * len(bins))
    return counts.reshape(WORKPLACES, len(bins)) / PEOPLE


def _within(index: dict[str, Indices], shares: Floats) -> Floats:
    """How one person's bins vary together inside a workplace, the mean of all workplaces."""
    blocks = [[_together(one, other, index) for other in WEEKLY] for one in WEEKLY]
    between = shares.T @ shares / WORKPLACES
    within: Floats = (np.block(blocks) - between) * PEOPLE / (PEOPLE - 1)
    return within


def _together(one: Bins, other: Bins, index: dict[str, Indices]) -> Floats:
    """The share of all people in a bin of one kind and a bin of another."""
    pairs = index[one.kind] * len(other) + index[other.kind]
    counts = np.bincount(pairs.ravel(), minlength=len(one) * len(other))
    return counts.reshape(len(one), len(other)) / pairs.size
