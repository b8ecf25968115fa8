"""What the desk sees of a held cohort: its noisy histograms beside what its employer publishes.

No report is read here: a held cohort is a draw of noise already, the very one that is published
if it is released. Of reports of which the desk may have seen a draw that was thrown away it is
shown no other: each would spend their epsilon once more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.employers import directory
from app.figures import charts, estimates, publishing, snapshot
from app.figures.bins import ARRIVAL, DAYS_A_WEEK, LEAVING, PRESENCE, WORKING, Bins
from app.figures.charts import Histogram
from app.figures.models import LEFT_OUT, STRATA, CohortNote
from app.figures.window import FrozenCohort, Window
from app.moderation.cohorts import Held
from app.weeks.quarters import Quarter

HOUR: Final = 60
DRAWN: Final[Mapping[str, Bins]] = {"working": WORKING, "presence": PRESENCE}
WAITS: Final = 4  # quarters that a report may wait for a cohort
TOLD: Final[Mapping[str, Bins]] = {"days": DAYS_A_WEEK, "arrival": ARRIVAL, "leaving": LEAVING}
Row = tuple[float, float, float | None]


@dataclass(frozen=True)
class Side:
    """One side of the comparison: about how many reports, mean hours a week, pictures by kind."""

    about: int
    means: Mapping[str, float]
    pictures: Mapping[str, Histogram | None]


@dataclass(frozen=True)
class Figures:
    """A held cohort and what is published of the same employer and stratum, if anything is.

    held: None where another draw of the same reports may have been seen, and no rows either. rows:
    of each kind that is told in a table, (days or minutes, held, published) where either counts
    anything.
    """

    held: Side | None
    published: Side | None
    rows: Mapping[str, Sequence[Row]]


def figures(db: Session, held: Held) -> Figures:
    """Read both sides; the published one sums what the employer's page sums."""
    cohort, shown = held.cohort, _published(db, held)
    beside = _side(shown) if shown else None
    if _drawn_before(db, held):
        return Figures(None, beside, {})
    counts = {kind: tuple(noisy) for kind, noisy in cohort.counts.items()}
    quarter = Quarter.parse(cohort.quarter)
    draw = Window([FrozenCohort(quarter, cohort.least, cohort.epsilon, counts)])
    rows = {kind: _rows(bins, draw, shown) for kind, bins in TOLD.items()}
    return Figures(_side(draw), beside, rows)


def _drawn_before(db: Session, held: Held) -> bool:
    """Tell whether reports of a cohort may be among those of a draw that was thrown away."""
    since = Quarter.parse(held.cohort.quarter).plus(-WAITS)
    noted = select(CohortNote.outcome).where(
        CohortNote.employer_id.in_(directory.family(db, held.employer)),
        CohortNote.stratum == held.cohort.stratum,
        CohortNote.quarter >= str(since),
        CohortNote.outcome == LEFT_OUT,
    )
    return db.scalar(noted.limit(1)) is not None


def _published(db: Session, held: Held) -> Window | None:
    release = publishing.latest(db)
    stratum = next(each for each in STRATA if each == held.cohort.stratum)
    frozen = publishing.cohorts(db, directory.family(db, held.employer), stratum)
    summed = snapshot.summed(frozen, release.day) if release else []
    return Window(summed) if summed else None


def _side(window: Window) -> Side:
    means = {
        kind: float(estimates.mean(window.standing_out(bins), bins)) / HOUR
        for kind, bins in DRAWN.items()
    }
    pictures = {
        kind: charts.histogram(_bars(window, bins), None, None) for kind, bins in DRAWN.items()
    }
    return Side(window.about, means, pictures)


def _bars(window: Window, bins: Bins) -> list[list[float | None]]:
    spans, counts = bins.spans(), window.projected(bins)
    return [
        [_hours(low), _hours(high), float(n)] for (low, high), n in zip(spans, counts, strict=True)
    ]


def _rows(bins: Bins, held: Window, shown: Window | None) -> list[Row]:
    """The counts of both sides by days a week, or by the minute at which a half hour begins."""
    begins: Any = bins.centres if bins is DAYS_A_WEEK else bins.bounds[:-1]
    drawn = held.projected(bins)
    beside = shown.projected(bins) if shown else [None] * len(bins)
    found = zip(begins, drawn, beside, strict=True)
    return [
        (float(at), float(n), None if other is None else float(other))
        for at, n, other in found
        if round(n) or (other is not None and round(other))
    ]


def _hours(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes / HOUR, 2)
