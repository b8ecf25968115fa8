"""Error and coverage of released numbers on simulated cultures, cohorts as the rule makes them.

`python -m benchmarks.intervals [--trials N]` prints the table kept in docs/results/intervals.txt.
A figure of n reports: they trickle in over two quarters and are released weekly until n or more
are frozen. 'plain' is the sample median of those same reports; truth is the population's.
"""

import argparse
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from app.figures import budget
from app.figures.bins import BY_KIND, WEEKLY, values
from app.figures.intervals import laplace
from app.figures.snapshot import Law, Snapshot, build
from app.figures.window import FrozenCohort
from app.hours import cohorts
from app.weeks.arithmetic import Week
from app.weeks.quarters import Quarter

LEAST: Final = 10
SIZES: Final = (20, 50, 100, 500, 1000)
HOUR: Final = 60
TINY: Final = 1e-6
DAY: Final = date(2026, 11, 16)
QUARTER: Final = Quarter.of(DAY)
LAW: Final = Law.at("CN", DAY)
LINE_READ_AT: Final = 2925  # the next edge above China's line of 48.28 hours

Weights = Mapping[float, float]


@dataclass(frozen=True)
class Group:
    """People of one habit: a share of the culture, and weights of clock hours and days."""

    share: float
    start: Weights
    end: Weights
    days: Weights


Culture = tuple[Group, ...]
_NINE, _LATE = {9: 0.5, 9.5: 0.25, 10: 0.25}, {20.5: 0.15, 21: 0.5, 21.5: 0.2, 22: 0.15}
_OFFICE = {8.5: 0.15, 9: 0.6, 9.5: 0.25}, {17.5: 0.15, 18: 0.5, 18.5: 0.15, 19: 0.15, 20: 0.05}
CULTURES: Final[dict[str, Culture]] = {
    "965": (Group(1, *_OFFICE, {5: 1}),),
    "10-7-5": (
        Group(
            1,
            {9.5: 0.2, 10: 0.6, 10.5: 0.2},
            {18.5: 0.1, 19: 0.5, 19.5: 0.15, 20: 0.15, 21: 0.1},
            {5: 1},
        ),
    ),
    "995 and 996": (Group(1 / 3, _NINE, _LATE, {5: 1}), Group(2 / 3, _NINE, _LATE, {6: 1})),
    "alternate, night": (
        Group(
            0.65,
            {8.5: 0.2, 9: 0.6, 9.5: 0.2},
            {18: 0.2, 18.5: 0.2, 19: 0.4, 20: 0.2},
            {5.5: 1},
        ),
        Group(0.35, {20: 0.6, 21: 0.2, 22: 0.2}, {30: 0.2, 31: 0.2, 32: 0.6}, {5: 0.3, 6: 0.7}),
    ),
}
# Beyond what the figures are promised for: the median lies beside an empty gap of ten hours.
HARD: Final[dict[str, Culture]] = {
    "965 and 996, 4 to 6": (Group(0.4, *_OFFICE, {5: 1}), Group(0.6, _NINE, _LATE, {6: 1})),
}


@dataclass(frozen=True)
class Population:
    """Everybody of one culture: values by kind in minutes or days, and the bin of each."""

    values: Mapping[str, NDArray[np.float64]]
    bins: Mapping[str, NDArray[np.int64]]


@functools.cache
def population(culture: str, heaped: bool, size: int = 12_000) -> Population:
    """Make the people of a culture; heaped: all on half hours, else minutes as they come."""
    return people_of((CULTURES | HARD)[culture], culture, heaped, size)


def people_of(groups: Culture, name: str, heaped: bool, size: int) -> Population:
    """Make the people of some groups."""
    rng = np.random.default_rng([len(name), heaped])
    weeks = [week for group in groups for week in _people(rng, group, heaped, size)]
    told = [values(week) for week in weeks]
    raw = {kind: np.array([one[kind] for one in told]) for kind in BY_KIND}
    indices = {
        kind: np.array([bins.index(one[kind]) for one in told]) for kind, bins in BY_KIND.items()
    }
    return Population(raw, indices)


def _people(rng: Generator, group: Group, heaped: bool, size: int) -> Iterator[Week]:
    count = round(group.share * size)
    starts = HOUR * _pick(rng, group.start, count)
    ends = HOUR * _pick(rng, group.end, count)
    if not heaped:
        starts, ends = starts + rng.normal(0, 15, count), ends + rng.normal(0, 25, count)
    for start, end, days in zip(starts, ends, _pick(rng, group.days, count), strict=True):
        yield Week(round(start) % 1440, round(end) % 1440, float(days))


def _pick(rng: Generator, weights: Weights, count: int) -> NDArray[np.float64]:
    shares = np.array(list(weights.values()))
    return rng.choice(np.array(list(weights), dtype=np.float64), count, p=shares / shares.sum())


@dataclass(frozen=True)
class Figure:
    """What one employer's releases came to: who was frozen, and the cohorts as published."""

    frozen: NDArray[np.int64]
    cohorts: list[FrozenCohort]

    def snapshot(self) -> Snapshot:
        """The snapshot that a page would show."""
        return build(self.cohorts, "self_reported", LAW, 1, DAY)


def release(rng: Generator, people: Population, wanted: int) -> Figure:
    """Release weekly what trickles in, `wanted` in two quarters, until so many are frozen."""
    made: list[FrozenCohort] = []
    frozen: list[NDArray[np.int64]] = []
    pending, year, draw, week = 0, 0.0, _draw(rng), 0
    while sum(map(len, frozen)) < wanted:
        week += 1
        pending += int(rng.poisson(wanted / 26))
        if pending < cohorts.threshold(LEAST, year, draw, week % 13 == 0):
            continue
        frozen.append(rng.integers(0, len(people.values["working"]), pending))
        made.append(freeze(rng, people, frozen[-1]))
        year += sum(made[-1].counts["working"])
        pending, draw = 0, _draw(rng)
    return Figure(np.concatenate(frozen), made)


def freeze(rng: Generator, people: Population, who: NDArray[np.int64]) -> FrozenCohort:
    """One cohort, its noise drawn by the simulation's sampler, which is equal in law."""
    noisy = {}
    for bins in WEEKLY:
        counts = np.bincount(people.bins[bins.kind][who], minlength=len(bins))
        counts += laplace(rng, {budget.scale(bins.kind): 1}, counts.shape)
        noisy[bins.kind] = tuple(counts.tolist())
    return FrozenCohort(QUARTER, LEAST, budget.TOTAL, noisy)


def _draw(rng: Generator) -> int:
    return int(rng.geometric(cohorts.P)) - 1


@dataclass(frozen=True)
class Number:
    """One number of a snapshot: where it stands, what it is of raw values, whose promise it has."""

    name: str
    kind: str
    found: Callable[[Snapshot], tuple[float, float, float]]
    plain: Callable[[NDArray[np.float64]], float]
    promised: bool = False


def _median_of(kind: str) -> Number:
    def found(snapshot: Snapshot) -> tuple[float, float, float]:
        return tuple(snapshot[kind][part] for part in ("median", "low", "high"))

    return Number(f"median {kind}", kind, found, lambda v: float(np.median(v)) / HOUR, True)


def _share_of(name: str, kind: str, least: float) -> Number:
    def found(snapshot: Snapshot) -> tuple[float, float, float]:
        return tuple(100 * snapshot[name][part] for part in ("share", "low", "high"))

    return Number(name, kind, found, lambda v: 100 * float((v >= least).mean()))


NUMBERS: Final = (
    _median_of("working"),
    _median_of("presence"),
    Number(
        "mean working",
        "working",
        lambda s: tuple(s["trend"][0][part] for part in ("mean", "low", "high")),
        lambda v: float(v.mean()) / HOUR,
    ),
    _share_of("over_line", "working", LINE_READ_AT),
    _share_of("weekend", "days", 5.5),
)


@dataclass(frozen=True)
class Measured:
    """Many trials of one number: median errors of raw and released, coverage, median width."""

    plain: float
    released: float
    covered: float
    width: float

    @property
    def excess(self) -> float:
        """How much the median error grew by being released."""
        return self.released - self.plain


def measure(rng: Generator, people: Population, wanted: int, trials: int) -> dict[str, Measured]:
    """Release a figure of n reports many times over and hold its numbers against the truth."""
    rows: dict[str, list[tuple[float, float, bool, float]]] = {n.name: [] for n in NUMBERS}
    for _ in range(trials):
        figure = release(rng, people, wanted)
        snapshot = figure.snapshot()
        for number in NUMBERS:
            values = people.values[number.kind]
            truth, plain = number.plain(values), number.plain(values[figure.frozen])
            value, low, high = number.found(snapshot)
            held = low - TINY <= truth <= high + TINY
            rows[number.name].append((abs(plain - truth), abs(value - truth), held, high - low))
    return {name: _sum_up(found) for name, found in rows.items()}


def _sum_up(rows: list[tuple[float, float, bool, float]]) -> Measured:
    plain, released, covered, width = (np.array(column) for column in zip(*rows, strict=True))
    return Measured(
        float(np.median(plain)),
        float(np.median(released)),
        float(covered.mean()),
        float(np.median(width)),
    )


def most_excess(wanted: int) -> float:
    """How much the median error may grow, in hours."""
    return 1.5 if wanted < 500 else 0.75


def least_coverage(wanted: int) -> float:
    """How often an interval of 90 % must hold the truth."""
    return 0.75 if wanted < 100 else 0.9


def missed(number: Number, culture: str, wanted: int, found: Measured) -> list[str]:
    """Which promises of design and methodology a measured number breaks."""
    if not number.promised or culture in HARD:
        return []
    return [
        *(["error"] if found.excess > most_excess(wanted) else []),
        *(["coverage"] if found.covered < least_coverage(wanted) else []),
    ]


def main() -> None:
    """Print every number for every culture, population and size, and what missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=250)
    trials = parser.parse_args().trials
    table = {
        (culture, heaped, wanted): measure(
            np.random.default_rng([wanted, heaped, len(culture)]),
            population(culture, heaped),
            wanted,
            trials,
        )
        for culture in CULTURES | HARD
        for heaped in (True, False)
        for wanted in SIZES
    }
    print(f"{trials} figures in each row; hours a week, shares in per cent.")
    print("plain, released: median error; excess: the difference; width: of the interval.")
    for number in NUMBERS:
        print(f"\n{number.name} (epsilon {budget.WEEKLY[number.kind]:g} of {budget.TOTAL:g})")
        print(f"{'culture':<20}{'population':<11}{'n':>5}{'plain':>7}{'released':>9}", end="")
        print(f"{'excess':>8}{'covered':>9}{'width':>7}")
        for (culture, heaped, wanted), measured in table.items():
            _print(number, culture, heaped, wanted, measured[number.name])


def _print(number: Number, culture: str, heaped: bool, wanted: int, found: Measured) -> None:
    broken = missed(number, culture, wanted, found)
    print(
        f"{culture:<20}{'heaped' if heaped else 'continuous':<11}{wanted:>5}"
        f"{found.plain:>7.2f}{found.released:>9.2f}{found.excess:>8.2f}"
        f"{found.covered:>9.2f}{found.width:>7.1f}"
        + (f"  misses: {', '.join(broken)}" if broken else "")
    )


if __name__ == "__main__":
    main()
