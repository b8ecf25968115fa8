"""Releases of proved reports, filed with a badge or raised: a stratum of their own."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from app.db import Database
from app.employers.models import Employer
from app.figures import reading
from app.hours import filing, release
from app.hours.models import FROZEN, HourReport
from app.settings import Settings
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.hours.releases import MANY, MONDAY, WEEK, exactly, pending

pytestmark = SQLITE_FIRST

Run = Callable[[date], release.Outcome]


@pytest.fixture
def run(database: Database, settings: Settings) -> Run:
    """Give a release run whose counts come out as they are; the first one was a week ago."""
    release.run(database, exactly(settings), MONDAY - WEEK)
    return lambda day: release.run(database, exactly(settings), day)


@pytest.fixture
def acme(database: Database) -> Employer:
    with database.transaction() as db:
        return factories.employer(db, "Acme")


def raise_some(database: Database, number: int) -> None:
    """Raise so many of the promised reports."""
    with database.transaction() as db:
        promised = select(HourReport.tag).where(HourReport.verify_later).limit(number)
        for tag in db.scalars(promised).all():
            raised = filing.raise_(db, [tag])
            assert raised is not None
            assert raised.verified


def strata(database: Database, employer: Employer) -> dict[str, int]:
    """Return about how many reports each stratum of an employer shows."""
    with database.reading() as db:
        return {name: s["about"] for name, s in reading.snapshots(db, employer.id).items()}


def test_raised_reports_leave_at_once_and_the_promised_ones_wait(
    database: Database, run: Run, acme: Employer
) -> None:
    with database.transaction() as db:
        factories.reports(db, acme.id, MANY + 15, MONDAY, seed=1, verify_later=True)
    assert run(MONDAY).rebuilt == ()
    raise_some(database, MANY)
    assert run(MONDAY + WEEK).rebuilt == ("acme",)
    assert strata(database, acme) == {"verified": MANY}
    with database.reading() as db:
        assert pending(db, verify_later=True, verified=False) == 15


def test_the_two_strata_are_never_mixed(database: Database, run: Run, acme: Employer) -> None:
    with database.transaction() as db:
        factories.reports(db, acme.id, MANY, MONDAY, seed=1, verified=True)
        factories.reports(db, acme.id, 20, MONDAY, seed=2, verify_later=True)
        factories.reports(db, acme.id, MANY, MONDAY, seed=3)
    raise_some(database, 20)
    run(MONDAY)
    assert strata(database, acme) == {"verified": MANY + 20, "self_reported": MANY}
    with database.reading() as db:
        cohorts = db.execute(
            select(HourReport.cohort_id, HourReport.verified).where(FROZEN).distinct()
        )
        assert sorted(verified for _, verified in cohorts) == [False, True]


def test_what_is_frozen_already_is_not_raised(database: Database, run: Run, acme: Employer) -> None:
    with database.transaction() as db:
        factories.reports(db, acme.id, MANY, MONDAY)
    run(MONDAY)
    with database.transaction() as db:
        tag = db.scalars(select(HourReport.tag).where(FROZEN)).first()
        held = filing.raise_(db, [tag or b""])
        assert held is not None
        assert (held.state, held.verified) == ("frozen", False)


def test_promised_reports_that_were_never_raised_count_as_they_are_in_the_end(
    database: Database, run: Run, acme: Employer
) -> None:
    with database.transaction() as db:
        factories.reports(db, acme.id, MANY + 15, MONDAY, verify_later=True)
    raise_some(database, 15)
    run(date(2027, 1, 4))  # a quarter has closed: k is enough
    assert strata(database, acme) == {"verified": 15}
    run(date(2027, 3, 22))
    assert strata(database, acme) == {"verified": 15}
    run(date(2027, 3, 29))
    assert strata(database, acme) == {"verified": 15, "self_reported": MANY}
