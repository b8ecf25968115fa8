"""Some cohorts of one employer and stratum, summed: what a page's numbers are read of. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.figures.bins import HEADLINE, WEEKLY, Bins
from app.figures.histogram import Histogram, Part, reports
from app.figures.intervals import Bootstrap
from app.figures.projection import Floats
from app.weeks.quarters import Quarter


@dataclass(frozen=True)
class FrozenCohort:
    """A cohort as published: its quarter, k and epsilon as they were then, noisy counts by kind."""

    quarter: Quarter
    least: int
    epsilon: float
    counts: Mapping[str, tuple[int, ...]]


class Window:
    """Histograms summed over cohorts, and how many reports they hold as far as anyone can know."""

    def __init__(self, cohorts: Sequence[FrozenCohort]) -> None:
        """Add up one or more cohorts."""
        self.cohorts = cohorts
        self.least = sum(cohort.least for cohort in cohorts)
        self._sums = {bins.kind: self._sum(bins.kind) for bins in WEEKLY}
        self.reports = reports(self._sums[HEADLINE.kind], self.least)

    def _sum(self, kind: str) -> Histogram:
        return Histogram.sum(kind, (Part(c.counts[kind], c.epsilon) for c in self.cohorts))

    @property
    def about(self) -> int:
        """The public number of reports, rounded to five."""
        return 5 * round(self.reports / 5)

    @property
    def quarters(self) -> list[str]:
        """The quarters in which the cohorts were frozen, oldest first."""
        return sorted({str(cohort.quarter) for cohort in self.cohorts})

    def histogram(self, bins: Bins) -> Histogram:
        """The noisy sums of a kind."""
        return self._sums[bins.kind]

    def projected(self, bins: Bins) -> Floats:
        """Counts that could be: what a picture of a kind shows."""
        return self._sums[bins.kind].projected(self.reports)

    def standing_out(self, bins: Bins) -> Floats:
        """What stands out of the noise: what the numbers of a kind are read of."""
        return self._sums[bins.kind].standing_out(self.reports)

    def worlds(self, bins: Bins) -> Bootstrap:
        """The bootstrap of a kind."""
        return Bootstrap.of(
            self._sums[bins.kind], self._sums[HEADLINE.kind], self.reports, self.least
        )
