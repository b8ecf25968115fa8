"""Coverage of before against after: announcements that changed nothing, and some that did.

`python -m benchmarks.changes [--trials N]` prints the table kept in docs/results/changes.txt.
Two quarters before and two after, each of about n reports, released weekly as the rule makes
cohorts; truth is the difference of the two populations' means.
"""

import argparse
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.random import Generator

from app.figures.change import Change, change
from app.figures.snapshot import trend
from benchmarks.intervals import DAY, HOUR, QUARTER, TINY, Population, population, release

SIZES: Final = (10, 20, 50, 100, 500)
SIDE: Final = 2  # quarters
PAIRS: Final = (
    ("965", "965"),
    ("995 and 996", "995 and 996"),
    ("alternate, night", "alternate, night"),
    ("10-7-5", "965"),
    ("995 and 996", "10-7-5"),
)


@dataclass(frozen=True)
class Measured:
    """Many trials: how often the interval held the truth, its median width, what was said."""

    covered: float
    width: float
    fewer: float
    more: float


def measure(
    rng: Generator, before: Population, after: Population, wanted: int, trials: int
) -> Measured:
    """Let something be announced many times over and hold what is said against the truth."""
    truth = (after.values["working"].mean() - before.values["working"].mean()) / HOUR
    rows = []
    for _ in range(trials):
        found = _told(rng, before, after, wanted)
        held = found.low - TINY <= truth <= found.high + TINY
        said = found.verdict == "fewer", found.verdict == "more"
        rows.append((held, found.high - found.low, *said))
    covered, width, fewer, more = np.array(rows, dtype=np.float64).T
    return Measured(covered.mean(), float(np.median(width)), fewer.mean(), more.mean())


def _told(rng: Generator, before: Population, after: Population, wanted: int) -> Change:
    cohorts = [
        replace(cohort, quarter=QUARTER.plus(n + 1 - 2 * SIDE))
        for n in range(2 * SIDE)
        for cohort in release(rng, before if n < SIDE else after, wanted).cohorts
    ]
    found = change(trend(cohorts, DAY), QUARTER.plus(1 - SIDE).first_day)
    if found is None:
        raise ValueError("a side without figures")
    return found


def main() -> None:
    """Print coverage for every pair of cultures, population and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    trials = parser.parse_args().trials
    print(f"{trials} announcements in each row; hours a week; fewer, more: how often it is said.")
    print(f"{'before':<18}{'after':<18}{'population':<11}{'n':>5}{'truth':>7}", end="")
    print(f"{'covered':>9}{'width':>7}{'fewer':>7}{'more':>6}")
    for pair in PAIRS:
        for heaped in (True, False):
            one, other = (population(culture, heaped) for culture in pair)
            truth = (other.values["working"].mean() - one.values["working"].mean()) / HOUR
            for wanted in SIZES:
                rng = np.random.default_rng([wanted, heaped, len(pair[0])])
                found = measure(rng, one, other, wanted, trials)
                print(
                    f"{pair[0]:<18}{pair[1]:<18}{'heaped' if heaped else 'continuous':<11}"
                    f"{wanted:>5}{truth:>7.1f}{found.covered:>9.2f}{found.width:>7.1f}"
                    f"{found.fewer:>7.2f}{found.more:>6.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
