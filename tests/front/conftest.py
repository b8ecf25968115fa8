"""Employers with figures at hand: published by the rooms' own functions, with hardly any noise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers import adding
from app.employers.adding import Wanted
from app.employers.models import Employer
from app.figures import publishing
from app.figures.bins import BY_KIND, indices
from app.figures.models import Cohort, Release, Stratum
from app.web import editions
from app.weeks.arithmetic import Week
from app.weeks.quarters import Quarter
from tests.people import Person

SURE = 4_000.0  # an epsilon at which noise is nothing beside a count
DAY = date(2026, 11, 16)
Kind = tuple[int, Week]  # how many people live which week


def week(start: str, end: str, days: float, lunch: int = 60, dinner: int = 0) -> Week:
    """Spell a usual week."""
    return Week(minutes(start), minutes(end), days, lunch=lunch, dinner=dinner)


def minutes(clock: str) -> int:
    """Read HH:MM."""
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


NINE_NINE_SIX = week("09:00", "21:00", 6, dinner=60)
NINE_SIX_FIVE = week("09:00", "18:00", 5)


@dataclass
class Town:
    """A database in which employers are added and given figures."""

    database: Database

    def employer(self, name: str, **known: object) -> str:
        """Add a confirmed employer and give its slug."""
        return self.employers([name], **known)[0]

    def employers(self, names: Iterable[str], **known: object) -> list[str]:
        """Add confirmed employers that are alike but for their names."""
        with self.database.transaction() as db:
            wanted = [Wanted(name, **{"confirmed": True, **known}) for name in names]
            return [adding.add(db, random_id(), each).slug for each in wanted]

    def publish(self, slug: str, *kinds: Kind, number: int = 1, quarter: str = "2026Q4") -> None:
        """Freeze a cohort of an employer in a release, and show nothing of it yet."""
        with self.database.transaction() as db:
            _publish(db, _of(db, slug), _numbered(db, number), kinds, quarter)

    def release(
        self,
        slug: str,
        *kinds: Kind,
        number: int = 1,
        quarter: str = "2026Q4",
        stratum: Stratum = "self_reported",
    ) -> None:
        """Freeze a cohort of an employer in a release and show its figures."""
        self.release_all({slug: kinds}, number, quarter, stratum)

    def release_all(
        self,
        cohorts: Mapping[str, Sequence[Kind]],
        number: int = 1,
        quarter: str = "2026Q4",
        stratum: Stratum = "self_reported",
    ) -> None:
        """Freeze a cohort of each of several employers and show their figures."""
        with self.database.transaction() as db:
            release = _numbered(db, number)
            for slug, kinds in cohorts.items():
                employer = _of(db, slug)
                _publish(db, employer, release, kinds, quarter, stratum)
                publishing.rebuild(db, employer, stratum, release)
            editions.bump(db, "release")


def _numbered(db: Session, number: int) -> Release:
    release = db.merge(Release(number=number, day=DAY))
    db.flush()
    return release


def _of(db: Session, slug: str) -> Employer:
    return db.scalars(select(Employer).where(Employer.slug == slug)).one()


def _publish(
    db: Session,
    employer: Employer,
    release: Release,
    kinds: Sequence[Kind],
    quarter: str,
    stratum: Stratum = "self_reported",
) -> None:
    counts = {kind: [0] * len(bins) for kind, bins in BY_KIND.items()}
    for people, lived in kinds:
        for kind, bin_ in indices(lived).items():
            counts[kind][bin_] += people
    cohort = Cohort(
        id=random_id(),
        employer_id=employer.id,
        stratum=stratum,
        quarter=str(Quarter.parse(quarter)),
        release=release.number,
        least=10,
        epsilon=SURE,
    )
    publishing.publish(db, cohort, counts)


@pytest.fixture
def town(database: Database) -> Town:
    """Give a town to put employers into."""
    return Town(database)


@pytest.fixture
def reader(client: TestClient) -> Person:
    """Give somebody who reads."""
    return Person(client)
