"""The alarm: what makes a cohort wait for the desk before it is published. Pure.

Three rules. Burst: in one week came more reports than an employer's usual weeks explain. Alike:
more of a cohort say the same than what was published of the employer makes likely. Shift: its
hours lie elsewhere than the published ones. An employer without published cohorts has neither
usual weeks nor likely answers, so nothing sounds there (docs/decisions/0010).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from app.figures import budget
from app.figures.bins import HEADLINE, WEEKLY, indices
from app.figures.histogram import Histogram, variance
from app.figures.window import FrozenCohort, Window
from app.weeks.arithmetic import Week

MEMORY: Final = 26  # weeks
LEAST_BURST: Final = 10
CLEARLY: Final = 6.0
SETTLED: Final = 13  # weeks of figures until an employer's weeks tell how counts spread
FEWEST: Final = 20  # employers that can tell it
SPREAD: Final = 2.0
_AT_MOST: Final = 5.0  # standard deviations that one employer's week counts for
_MOST: Final = 0.75  # of the employers bear out what all say, or few could make a flood look usual

LEAST_ALIKE: Final = 8
_SURELY: Final = 3.0
_ALIKE: Final = 4.0
_SHIFTED: Final = 4.5
_END: Final = 0.05

Cell = tuple[int, ...]


@dataclass(frozen=True)
class Pace:
    """How many reports an employer and stratum usually get in a week, seen over so many weeks."""

    usual: float
    weeks: float


@dataclass(frozen=True)
class Told:
    """A cohort as a pace is read of it: the day of its release, its noisy total, k and epsilon."""

    day: date
    total: int
    least: int
    epsilon: float


def pace(told: Iterable[Told], first: date, last: date) -> Pace:
    """Read a pace of cohorts, up to the last release; the first of them came on `first`.

    Published numbers alone, so that nothing has to be remembered of any week. A standard deviation
    of their noise is added: a pace that noise had made too low would let quiet weeks sound. It is
    too high also while the first cohort, which may have gathered for long, is among them.
    """
    weeks = min(MEMORY, (last - first).days / 7 + 1)
    recent = [each for each in told if (last - each.day).days < 7 * MEMORY]
    reports = max(sum(each.total for each in recent), sum(each.least for each in recent))
    scales = Counter(budget.scale(HEADLINE.kind, each.epsilon) for each in recent)
    noise = sum(cohorts * variance(scale) for scale, cohorts in scales.items())
    return Pace((reports + math.sqrt(len(HEADLINE) * noise)) / weeks, weeks)


def spread(weeks: Iterable[tuple[float, float]], noise: float) -> float:
    """Variance over mean (phi) of a week's counts across the site, at least 1.

    weeks: what came, and what was to be expected, of every settled employer and stratum. noise:
    variance of the noise in each count. Too few of them tell nothing: 2. No employer counts for
    more than five standard deviations, or a burst would hide the next one; and more than 2 is
    believed only up to three times what the less unusual three quarters of them say, or
    a few fakes at many small employers would hide many fakes at one.
    """
    found = [
        (min((came - expected) ** 2, _AT_MOST**2 * max(1.0, expected)) - noise, expected)
        for came, expected in weeks
        if expected > 0
    ]
    if len(found) < FEWEST:
        return SPREAD
    found.sort(key=lambda each: each[0] / each[1])
    most = found[: math.ceil(_MOST * len(found))]
    return max(1.0, min(_ratio(found), max(SPREAD, 3 * _ratio(most))))


def _ratio(found: Sequence[tuple[float, float]]) -> float:
    return sum(square for square, _ in found) / sum(expected for _, expected in found)


def burst(came: float, expected: float, spread: float) -> bool:
    """Tell whether more reports came than a usual week, or so many of them, would bring."""
    return came > max(LEAST_BURST, expected + CLEARLY * math.sqrt(spread * expected))


@dataclass(frozen=True)
class Cluster:
    """Reports that no published histogram can tell apart: how many, and how many were likely."""

    cell: Cell
    reports: int
    likely: float


def cell(week: Week) -> Cell:
    """Return the bins of every weekly histogram that a week falls into."""
    found = indices(week)
    return tuple(found[bins.kind] for bins in WEEKLY)


def alike(cells: Sequence[Cell], published: Sequence[FrozenCohort]) -> list[Cluster]:
    """Find the cells that hold more of a cohort than what was published makes likely.

    Where everybody works 9-9-6 the published histograms say so, and a cohort of nothing else is
    likely. The rarest of a cell's five bins says how likely it is at most, with room for the
    noise and the chance in what was published.
    """
    many = {place: n for place, n in Counter(cells).items() if n > LEAST_ALIKE}
    if not (published and many):
        return []
    window = Window(published)
    found = []
    for place, reports in many.items():
        likely = len(cells) * _share_at_most(window, place)
        if reports > likely + _ALIKE * math.sqrt(likely):
            found.append(Cluster(place, reports, likely))
    return sorted(found, key=lambda cluster: cluster.cell)


def _share_at_most(window: Window, place: Cell) -> float:
    """How large a share of an employer's reports may lie in a cell."""
    reports = max(window.least, window.reports - window.histogram(HEADLINE).deviation)
    shares = []
    for bins, index in zip(WEEKLY, place, strict=True):
        histogram = window.histogram(bins)
        count = max(0.0, float(histogram.counts[index]))
        error = math.sqrt(_noise(histogram) + max(1.0, count))
        shares.append((count + _SURELY * error) / reports)
    return min(1.0, *shares)


def _noise(histogram: Histogram) -> float:
    """The variance of the noise in one count."""
    return histogram.deviation**2 / len(histogram.bins)


def shift(
    counts: Mapping[str, Sequence[int]],
    epsilon: float,
    least: int,
    published: Sequence[FrozenCohort],
) -> float:
    """How far a cohort's noisy working hours lie from the published ones, in standard deviations.

    The largest difference of the two cumulated shares, edge by edge, each held against what
    noise and sampling do to it. Where hardly anybody lies below or above an edge, single draws
    of noise would be all there is.
    """
    if not published:
        return 0.0
    window = Window(published)
    histogram = window.histogram(HEADLINE)
    ours, theirs = list(counts[HEADLINE.kind]), [int(count) for count in histogram.counts]
    total, others = sum(ours), window.reports
    # A total that noise has made smaller than k is held against what it says all the same.
    mine = float(max(least, total))
    noises = variance(budget.scale(HEADLINE.kind, epsilon)), _noise(histogram)
    farthest, edges = 0.0, len(ours)
    for edge, (a, b) in enumerate(zip(accumulate(ours), accumulate(theirs), strict=True), 1):
        both = (a + b) / (mine + others)
        if not _END < both < 1 - _END:
            continue
        # The total is noisy too: what lies below the edge and above it add their noise.
        parts = (1 - both) ** 2 * edge + both**2 * (edges - edge)
        chance = both * (1 - both) * (1 / mine + 1 / others)
        error = SPREAD * chance + parts * (noises[0] / mine**2 + noises[1] / others**2)
        farthest = max(farthest, abs(a - total * b / others) / mine / math.sqrt(error))
    return farthest


def shifted(deviations: float) -> bool:
    """Tell whether a cohort's hours lie elsewhere than the published ones."""
    return deviations > _SHIFTED
