"""Error and coverage of the lights-on picture on simulated cultures, by the rule's cohorts.

`python -m benchmarks.lights [--trials N]` prints the table kept in docs/results/lights.txt.
Truth is the population's; a figure of n reports is made as in `benchmarks.intervals`.
"""

import argparse
import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from app.figures import estimates, lights
from app.figures.bins import ARRIVAL, HALF_HOUR, LEAVING, SIX
from app.figures.intervals import Interval
from app.figures.window import Window
from benchmarks.intervals import CULTURES, HARD, Culture, Group, Population, people_of, release

SIZES: Final = (20, 50, 100, 200, 300, 500, 1000)
READ: Final = tuple(hour * 60 for hour in (20, 21, 22))  # whose error is promised
MOST_ERROR: Final = 0.15
LEAST_COVERAGE: Final = 0.8
# Unlike the made-up workplaces that the picture leans on, and unlike each other.
SHIFTS: Final[dict[str, Culture]] = {
    "night shift": (
        Group(0.8, {20: 0.4, 21: 0.3, 22: 0.3}, {30: 0.3, 31: 0.3, 32: 0.4}, {5: 0.5, 6: 0.5}),
        Group(0.2, {9: 1}, {18: 1}, {5: 1}),
    ),
    "three shifts": (
        Group(0.34, {6: 1}, {14: 0.8, 15: 0.2}, {5: 1}),
        Group(0.33, {14: 1}, {22: 1}, {5: 1}),
        Group(0.33, {22: 1}, {30: 1}, {5: 1}),
    ),
    "home at 17 or 24": (
        Group(0.5, {9: 1}, {17: 0.6, 18: 0.4}, {5: 1}),
        Group(0.5, {10: 1}, {23.5: 0.4, 24: 0.6}, {6: 1}),
    ),
}
ALL: Final = CULTURES | HARD | SHIFTS


@dataclass(frozen=True)
class Trial:
    """One figure: errors at 20:00 to 22:00, intervals that held at 19:00 to 23:00, what is told."""

    old: NDArray[np.float64]
    errors: NDArray[np.float64]
    held: NDArray[np.bool_]
    arrival_error: float
    arrival_sure: bool
    leaving_error: float
    leaving_sure: bool
    sure: bool


@functools.cache
def crowd(culture: str, heaped: bool, size: int) -> Population:
    """Make everybody of a culture."""
    return people_of(ALL[culture], culture, heaped, size)


def truth(people: Population) -> tuple[NDArray[np.float64], int, int]:
    """The curve of everybody, and the half hour by the end of which half have arrived."""
    arrivals = np.bincount(people.bins["arrival"], minlength=len(ARRIVAL)).astype(np.float64)
    leavings = np.bincount(people.bins["leaving"], minlength=len(LEAVING)).astype(np.float64)
    return (
        estimates.lights(arrivals, leavings),
        estimates.half_hour(arrivals, ARRIVAL),
        estimates.half_hour(leavings, LEAVING),
    )


def trial(rng: Generator, people: Population, wanted: int) -> Trial:
    """Release one figure of so many reports and hold its picture against the truth."""
    window = Window(release(rng, people, wanted).cohorts)
    found, (curve, arrival, leaving) = lights.picture(window), truth(people)
    plain = estimates.lights(window.standing_out(ARRIVAL), window.standing_out(LEAVING))
    steps = [(clock - SIX) // HALF_HOUR for clock in lights.EVENING]
    told = [found.at(clock) for clock in lights.EVENING]
    true = curve[steps]
    read = [lights.EVENING.index(clock) for clock in READ]
    return Trial(
        np.abs(plain[steps] - true)[read],
        np.abs([each.value for each in told] - true)[read],
        np.array([_holds(each, float(share)) for each, share in zip(told, true, strict=True)]),
        abs(found.arrival.value - arrival),
        found.arrival_sure,
        abs(found.leaving.value - leaving),
        found.leaving_sure,
        found.sure,
    )


def _holds(told: Interval, share: float) -> bool:
    """Whether an interval, as published in hundredths, holds a share."""
    return told.low - 0.005 <= share <= told.high + 0.005


def measure(culture: str, wanted: int, trials: int, size: int = 12_000) -> list[Trial]:
    """Many trials of one culture, half of them with everybody on half hours."""
    crowds = [crowd(culture, heaped, size) for heaped in (True, False)]
    rng = np.random.default_rng([wanted, len(culture)])
    return [trial(rng, crowds[number % 2], wanted) for number in range(trials)]


def worst(errors: Sequence[NDArray[np.float64]]) -> float:
    """The error that nine of ten readings stay under."""
    return float(np.quantile(np.array(errors), 0.9)) if errors else math.nan


def main() -> None:
    """Print for every culture and size what is shown, how wrong it is and what missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=60)
    trials = parser.parse_args().trials
    print(f"{trials} figures in each row; shares of desks from 0 to 1, arriving in minutes.")
    print("before: p90 error at 20, 21, 22 of arrived less left, each read alone.")
    print("all, drawn: p90 error of the picture, of all figures and of those it is drawn for.")
    print("covered: how often a 90 % interval at 19 to 23 holds the truth (all, drawn).")
    print("arriving, leaving: told for so many, and the p90 error of what is told.")
    print(f"{'culture':<21}{'n':>5}{'before':>8}{'all':>6}{'covered':>9}", end="")
    print(f"{'drawn for':>11}{'drawn':>7}{'covered':>9}{'arriving':>11}{'leaving':>10}")
    for culture in ALL:
        for wanted in SIZES:
            _print(culture, wanted, measure(culture, wanted, trials))


def _print(culture: str, wanted: int, rows: Sequence[Trial]) -> None:
    drawn = [row for row in rows if row.sure]
    error, held = worst([row.errors for row in drawn]), covered(drawn)
    missed = [
        *(["error"] if error > MOST_ERROR else []),
        *(["coverage"] if held < LEAST_COVERAGE else []),
    ]
    arriving = [row.arrival_error for row in rows if row.arrival_sure]
    leaving = [row.leaving_error for row in rows if row.leaving_sure]
    print(
        f"{culture:<21}{wanted:>5}{worst([row.old for row in rows]):>8.2f}"
        f"{worst([row.errors for row in rows]):>6.2f}{covered(rows):>9.2f}"
        f"{len(drawn) / len(rows):>11.0%}{_or_dash(error, '.2f'):>7}{_or_dash(held, '.2f'):>9}"
        f"{_told(arriving, rows):>11}{_told(leaving, rows):>10}"
        + (f"  misses: {', '.join(missed)}" if missed else ""),
        flush=True,
    )


def covered(rows: Sequence[Trial]) -> float:
    """How often an interval of the evening held the truth."""
    return float(np.mean([row.held for row in rows])) if rows else math.nan


def _told(errors: Sequence[float], rows: Sequence[Trial]) -> str:
    worst_of_ten = np.quantile(errors, 0.9) if errors else math.nan
    return f"{len(errors) / len(rows):.0%} {_or_dash(float(worst_of_ten), '.0f'):>3}"


def _or_dash(number: float, form: str) -> str:
    return "-" if math.isnan(number) else format(number, form)


if __name__ == "__main__":
    main()
