"""What release tests share: settings without noise, and what the database then must say."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Database
from app.figures.models import Cohort, CohortCounts, HeldCohort, Ranking, Release, Snapshot
from app.hours.models import FROZEN, PENDING, HourReport
from app.settings import Settings
from app.web import editions

MONDAY = date(2026, 10, 12)
WEEK = timedelta(weeks=1)
# So many are enough whatever the secret draw says: it is over 70 once in eight million.
MANY = 80


def exactly(settings: Settings) -> Settings:
    """Give the same settings with so large an epsilon that counts come out as they are."""
    return settings.model_copy(update={"release_epsilon": 400.0})


def pending(db: Session, **values: object) -> int:
    """Count the pending reports."""
    asked = select(func.count()).select_from(HourReport).where(PENDING)
    return db.scalar(asked.filter_by(**values)) or 0


def frozen(db: Session) -> Counter[bytes]:
    """Count the raw frozen reports of each cohort."""
    asked = select(HourReport.cohort_id, func.count()).where(FROZEN).group_by(HourReport.cohort_id)
    return Counter(dict(db.execute(asked).all()))


def published(db: Session) -> dict[bytes, dict[str, int]]:
    """Sum the published counts of each cohort by kind."""
    sums: dict[bytes, dict[str, int]] = {}
    for row in db.scalars(select(CohortCounts)):
        sums.setdefault(row.cohort_id, {})[row.kind] = sum(row.counts)
    return sums


def kept_back(db: Session) -> dict[bytes, dict[str, int]]:
    """Sum the counts of each cohort over which the alarm sounded, by kind."""
    return {
        row.id: {kind: sum(counts) for kind, counts in row.counts.items()}
        for row in db.scalars(select(HeldCohort))
    }


def assert_each_counted_once(database: Database, filed: int) -> None:
    """Hold that what is frozen is what is drawn, in whole releases; needs `exactly`."""
    with database.reading() as db:
        cohorts = frozen(db)
        told = published(db) | kept_back(db)
        assert not set(published(db)) & set(kept_back(db))
        assert cohorts.total() + pending(db) == filed
        assert set(cohorts) == set(told)
        assert set(published(db)) == set(db.scalars(select(Cohort.id)))
        for cohort, number in cohorts.items():
            assert set(told[cohort].values()) == {number}
            assert len(told[cohort]) == 5
        numbers = db.scalars(select(Release.number).order_by(Release.number)).all()
        assert list(numbers) == list(range(1, len(numbers) + 1))
        assert editions.current(db).get("release", 0) == len(numbers)
        owners = set(db.execute(select(Cohort.employer_id, Cohort.stratum)))
        for table in (Snapshot, Ranking):
            rows = set(db.execute(select(table.employer_id, table.stratum)))
            assert rows == owners
        for shot in db.scalars(select(Snapshot)):
            assert shot.numbers["cohorts"] <= len(told)
