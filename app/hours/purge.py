"""Raw reports that have waited or served long enough: deleted, wiped, forgotten."""

from datetime import date
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.figures.models import Cohort, HeldCohort
from app.hours.models import EMPTY, FROZEN, PENDING, HourReport
from app.weeks.quarters import Quarter

WAITS: Final = 4  # quarters; a small employer has a year to reach k
SERVES: Final = 2  # quarters that a frozen report waits for a slow cohort


def purge(db: Session, day: date) -> None:
    """Let go of what this release was the last to want; call it once cohorts are frozen."""
    now = Quarter.of(day)
    db.execute(delete(HourReport).where(PENDING, HourReport.quarter <= str(now.plus(-WAITS))))
    for cohort in (Cohort, HeldCohort):
        served = select(cohort.id).where(cohort.quarter <= str(now.plus(-SERVES)))
        done = FROZEN & HourReport.cohort_id.in_(served)
        db.execute(update(HourReport).where(done).values(**EMPTY))
    # A tombstone keeps its quarter from being filed for twice; after that it says nothing.
    empty = HourReport.employer_id.is_(None)
    db.execute(delete(HourReport).where(empty, HourReport.quarter < str(now.previous)))
