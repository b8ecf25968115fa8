"""The alarm on simulated employers: false alarms a year, and what planted reports come to.

`python -m benchmarks.alarm [--years N] [--trials N]` prints the tables kept in
docs/results/alarm.txt and writes the numbers that the methodology page tells.
"""

import argparse
import functools
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np
from numpy.random import Generator

from app.figures import alarm, estimates
from app.figures.bins import BY_KIND, WEEKLY, WORKING
from app.figures.histogram import variance
from app.figures.intervals import laplace
from app.figures.snapshot import summed
from app.figures.window import FrozenCohort, Window
from app.hours import cohorts, watching
from app.weeks.quarters import Quarter
from benchmarks.intervals import HOUR, LEAST, Culture, Group, Population, freeze, people_of
from benchmarks.intervals import population as culture_of

FIRST: Final = date(2024, 1, 1)
HELD_FOR: Final = 2  # weeks
CULTURES: Final = ("965", "10-7-5", "995 and 996", "alternate, night")
RATES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
SPREADS: Final = (1.0, 1.5, 2.0)
SITE: Final = 96  # employers at once, whose weeks tell how counts spread
YOUNG: Final = 26  # weeks
YEAR: Final = 52
REAL, FAKES = 100, 25
WITH: Final = 27  # weeks until the last of the fakes
DRIPPED: Final = 10  # weeks
AFTER: Final = 6
RULES: Final = ("burst", "alike", "shift")
TOLD: Final = Path(__file__).parents[1] / "app" / "figures" / "alarm.json"

PLANTED: Final[dict[str, Culture]] = {
    "one week of 84 hours": (Group(1, {9: 1}, {21: 1}, {7: 1}),),
    "half hours around it": (
        Group(1, {8.5: 0.3, 9: 0.4, 9.5: 0.3}, {20.5: 0.3, 21: 0.4, 21.5: 0.3}, {7: 1}),
    ),
    "weeks of all kinds": (
        Group(
            1,
            {8: 1, 8.5: 1, 9: 1, 9.5: 1, 10: 1},
            {20: 1, 20.5: 1, 21: 1, 21.5: 1, 22: 1, 23: 1},
            {5: 1, 5.5: 1, 6: 1, 6.5: 1, 7: 1},
        ),
    ),
}


ALIKE: Final = "one week of 84 hours"
# Within how many weeks they come, and what is done when the alarm sounds.
COURSES: Final = ((1, "no alarm"), (1, "released"), (1, "left out"), (DRIPPED, "released"))


@dataclass(frozen=True)
class Staff:
    """People of an employer, and after them people who were never there."""

    everybody: Population
    real: int
    cells: Sequence[alarm.Cell]


@functools.cache
def staff(culture: str, heaped: bool, planted: str = "") -> Staff:
    """Join the people of a culture and those of a made-up one."""
    parts = culture_of(culture, heaped), people_of(PLANTED[planted or ALIKE], planted, True, 1000)
    values, bins = (
        {kind: np.concatenate([getattr(p, of)[kind] for p in parts]) for kind in BY_KIND}
        for of in ("values", "bins")
    )
    cells = list(zip(*(bins[each.kind].tolist() for each in WEEKLY), strict=True))
    return Staff(Population(values, bins), len(parts[0].values["working"]), cells)


@dataclass(frozen=True)
class Held:
    """A cohort that waits for the desk: until which week, of whom, and what was published then."""

    until: int
    cohort: FrozenCohort
    reports: Sequence[int]
    published: Sequence[FrozenCohort]


@dataclass
class Employer:
    """One employer and stratum, released weekly as the rules have it.

    on: whether there is an alarm. leaves_out: what the desk decides after two weeks where a rule
    names clusters; it releases otherwise.
    """

    rng: Generator
    staff: Staff
    rate: float
    spread: float
    on: bool = True
    leaves_out: bool = False
    pending: list[int] = field(default_factory=list)
    told: list[tuple[date, FrozenCohort]] = field(default_factory=list)
    held: Held | None = None
    noted: int = 0
    came: float = 0.0
    burst: bool = False
    sounded: list[tuple[int, frozenset[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.draw = self._drawn()

    def gather(self, planted: Iterable[int] = ()) -> None:
        """Let a week's reports come."""
        mean = self.rate
        if self.spread > 1:
            mean = self.rng.gamma(self.rate / (self.spread - 1), self.spread - 1)
        new = self.rng.integers(0, self.staff.real, self.rng.poisson(mean))
        self.pending += [*new.tolist(), *planted]
        before = self.noted if self.noted >= watching.LEAST else watching.LEAST - 1
        self.came = len(self.pending) - min(before, len(self.pending))

    def pace(self, day: date) -> alarm.Pace | None:
        """What is usual, as published."""
        if not self.told:
            return None
        told = [alarm.Told(of, sum(c.counts["working"]), c.least, c.epsilon) for of, c in self.told]
        return alarm.pace(told, told[0].day, day - timedelta(weeks=1))

    def release(self, week: int, spread: float) -> None:
        """Do what a release does of this employer."""
        day = FIRST + timedelta(weeks=week)
        pace = self.pace(day)
        self.burst |= bool(pace and alarm.burst(self.came, pace.usual, spread))
        if self.held and week >= self.held.until:
            self._carry_out(day)
        closed = Quarter.of(day - timedelta(weeks=1)) < Quarter.of(day)
        if not self.held:
            self._freeze(week, day, closed)
        self.noted = len(self.pending)
        if self.pending:
            self.noted += int(laplace(self.rng, {watching.NOISE: 1}, (1,))[0])

    def _freeze(self, week: int, day: date, closed: bool) -> None:
        published = summed([cohort for _, cohort in self.told], day)
        year = sum(sum(cohort.counts["working"]) for cohort in published)
        wanted = cohorts.threshold(LEAST, year, self.draw, closed)
        if len(self.pending) < wanted:
            return
        made = freeze(self.rng, self.staff.everybody, np.array(self.pending))
        cohort, reports = replace(made, quarter=Quarter.of(day)), self.pending
        rules = self._rules(cohort, reports, published) if self.on else frozenset()
        self.pending, self.draw, self.burst = [], self._drawn(), False
        if rules:
            self.sounded.append((week, rules))
            self.held = Held(week + HELD_FOR, cohort, reports, published)
        else:
            self.told.append((day, cohort))

    def _rules(
        self, cohort: FrozenCohort, reports: Sequence[int], published: Sequence[FrozenCohort]
    ) -> frozenset[str]:
        cells = [self.staff.cells[report] for report in reports]
        shift = alarm.shift(cohort.counts, cohort.epsilon, LEAST, published)
        found = {
            "burst": self.burst,
            "alike": bool(alarm.alike(cells, published)),
            "shift": alarm.shifted(shift),
        }
        return frozenset(rule for rule, sounds in found.items() if sounds)

    def _carry_out(self, day: date) -> None:
        if self.held is None:
            return
        held, self.held = self.held, None
        cells = [self.staff.cells[report] for report in held.reports]
        clusters = {cluster.cell for cluster in alarm.alike(cells, held.published)}
        if not (self.leaves_out and clusters):
            self.told.append((day, held.cohort))
            return
        rest = zip(held.reports, cells, strict=True)
        self.pending += [report for report, cell in rest if cell not in clusters]

    def _drawn(self) -> int:
        return int(self.rng.geometric(cohorts.P)) - 1

    def median(self) -> float:
        """The usual week that its page would tell, in hours."""
        window = Window([cohort for _, cohort in self.told])
        counts = window.standing_out(WORKING)
        return float(estimates.quantile(counts, WORKING, 0.5)) / HOUR

    def mean(self) -> float:
        """The mean week, in hours, as the trend tells it."""
        window = Window([cohort for _, cohort in self.told])
        return float(estimates.mean(window.standing_out(WORKING), WORKING)) / HOUR


@dataclass(frozen=True)
class FalseAlarms:
    """How many employers of a hundred had a false alarm, in a settled year and before it."""

    year: float
    young: float
    by_rule: dict[str, float]


def false_alarms(
    rng: Generator, spread: float, rate: float | None, heaped: bool, years: int
) -> FalseAlarms:
    """Let nothing unusual happen for a year and a half, again and again; rate None: all kinds."""
    seen: list[Employer] = []
    for _ in range(max(1, years // SITE)):
        seen += _site(rng, spread, rate, heaped)
    settled = [{r for week, rules in e.sounded if week >= YOUNG for r in rules} for e in seen]
    young = [any(week < YOUNG for week, _ in e.sounded) for e in seen]
    return FalseAlarms(
        100 * sum(map(bool, settled)) / len(seen),
        100 * sum(young) / len(seen),
        {r: 100 * sum(r in s for s in settled) / len(seen) for r in RULES},
    )


def _site(rng: Generator, spread: float, rate: float | None, heaped: bool) -> list[Employer]:
    site = [
        Employer(
            rng,
            staff(CULTURES[n % len(CULTURES)], heaped),
            rate or RATES[n // len(CULTURES) % len(RATES)],
            spread,
        )
        for n in range(SITE)
    ]
    for week in range(YOUNG + YEAR):
        day = FIRST + timedelta(weeks=week)
        weeks = []
        for employer in site:
            employer.gather()
            pace = employer.pace(day)
            if pace and pace.weeks >= alarm.SETTLED:
                weeks.append((employer.came, pace.usual))
        found = alarm.spread(weeks, variance(watching.NOISE))
        for employer in site:
            employer.release(week, found)
    return site


@dataclass(frozen=True)
class Planted:
    """What planted reports came to: how often the alarm sounded and which rule, and the bias.

    bias and mean: by how many hours the median and the mean are off, from those without fakes.
    """

    sounded: float
    rules: dict[str, float]
    bias: float
    mean: float


def planted(
    seed: int, culture: str, what: str, trials: int, *, weeks: int, on: bool, leaves_out: bool
) -> Planted:
    """Plant 25 reports among 100 of half a year, within so many weeks, many times over."""
    spread, of = 2.0, staff(culture, True, what)
    told: list[tuple[float, float]] = []
    sounded: list[set[str]] = []
    for trial in range(trials):
        pair = []
        for fakes in (FAKES, 0):
            rng = np.random.default_rng([seed, trial])
            employer = Employer(rng, of, REAL / 26, spread, on, leaves_out)
            for week in range(WITH + AFTER):
                now = WITH - weeks <= week < WITH
                many = (
                    fakes * (week + weeks - WITH + 1) // weeks
                    - fakes * (week + weeks - WITH) // weeks
                )
                new = rng.integers(of.real, len(of.cells), many if now else 0).tolist()
                employer.gather(new)
                employer.release(week, spread)
            pair.append(employer)
        told.append((pair[0].median() - pair[1].median(), pair[0].mean() - pair[1].mean()))
        sounded.append(
            {r for week, rules in pair[0].sounded if week >= WITH - weeks for r in rules}
        )
    bias, mean = np.array(told).mean(axis=0)
    rules = {r: sum(r in s for s in sounded) / trials for r in RULES}
    return Planted(sum(map(bool, sounded)) / trials, rules, float(bias), float(mean))


def main() -> None:
    """Print false alarms and what became of planted reports; write what the page tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=960)
    parser.add_argument("--trials", type=int, default=400)
    given = parser.parse_args()
    wrong = _print_false(given.years)
    found = _print_planted(given.trials)
    told = {"years": given.years, "trials": given.trials, "false": round(wrong, 1)}
    TOLD.write_text(json.dumps(told | found, indent=1) + "\n")


def _print_false(years: int) -> float:
    """Print false alarms; the highest share of any row."""
    print(f"False alarms: of 100 employers, how many had one in a year; {years} years in each row.")
    print("burst, alike, shift: by rule. young: in the first 26 weeks of an employer's figures.")
    print(f"{'phi':<5}{'population':<12}{'a week':>7}{'all':>7}{'burst':>7}", end="")
    print(f"{'alike':>7}{'shift':>7}{'young':>7}")
    kinds = [(phi, heaped, None) for phi in SPREADS for heaped in (True, False)]
    highest = 0.0
    for phi, heaped, rate in [*kinds, *((2.0, True, rate) for rate in RATES)]:
        rng = np.random.default_rng([int(10 * phi), heaped, int(10 * (rate or 0))])
        found = false_alarms(rng, phi, rate, heaped, years)
        highest = max(highest, found.year)
        rules = "".join(f"{found.by_rule[rule]:>7.1f}" for rule in RULES)
        print(
            f"{phi:<5g}{'heaped' if heaped else 'continuous':<12}{rate or 'mixed':>7}"
            f"{found.year:>7.1f}{rules}{found.young:>7.1f}",
            flush=True,
        )
    return highest


def _print_planted(trials: int) -> dict[str, dict[str, float]]:
    """Print what planted reports come to, and return what the methodology page tells of it.

    That is the worst of all kinds, but apart for those that say the same and can be left out.
    """
    print(f"\n{FAKES} planted reports beside {REAL} of 26 weeks, at a 965 place; ", end="")
    print(f"{trials} trials in each row.")
    print("sounded: how often, and by which rule; off: by how many hours the median and the mean")
    print("week are, from those without fakes, once all is published.")
    print(f"{'planted':<23}{'within':<10}{'then':<10}{'sounded':>8}{'burst':>7}", end="")
    print(f"{'alike':>7}{'shift':>7}{'median off':>11}{'mean off':>9}")
    told: dict[str, dict[str, float]] = {}
    for what, (weeks, then) in itertools.product(PLANTED, COURSES):
        on, leaves_out = then != "no alarm", then == "left out"
        found = planted(7, "965", what, trials, weeks=weeks, on=on, leaves_out=leaves_out)
        rules = "".join(f"{found.rules[rule]:>7.2f}" for rule in RULES)
        within = "one week" if weeks == 1 else f"{weeks} weeks"
        print(
            f"{what:<23}{within:<10}{then:<10}{found.sounded:>8.2f}{rules}"
            f"{found.bias:>11.2f}{found.mean:>9.2f}",
            flush=True,
        )
        name = {1: then, DRIPPED: "dripped"}[weeks]
        if name != "left out" or what == ALIKE:
            noticed, off = round(100 * found.sounded), round(abs(found.bias), 1)
            one = told.setdefault(name.replace(" ", "_"), {"noticed": noticed, "off": off})
            # At least so often in one week, at most so often when they drip.
            worse = max if name == "dripped" else min
            one["noticed"] = worse(one["noticed"], noticed)
            one["off"] = max(one["off"], off)
    return told


if __name__ == "__main__":
    main()
