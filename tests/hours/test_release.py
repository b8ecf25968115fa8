"""The rules of a release: who is frozen, when, and what is let go."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select, update

from app.db import Database
from app.employers import merging
from app.employers.models import Employer
from app.figures import publishing, reading
from app.figures.models import Cohort, Snapshot
from app.hours import release
from app.hours.cohorts import secret_draw
from app.hours.models import HourReport
from app.settings import Settings
from app.weeks.quarters import Quarter
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.hours.releases import (
    MANY,
    MONDAY,
    WEEK,
    assert_each_counted_once,
    exactly,
    frozen,
    pending,
    published,
)

Run = Callable[[date], release.Outcome]


@pytest.fixture
def run(database: Database, settings: Settings) -> Run:
    """Give a release run whose counts come out as they are."""
    return lambda day: release.run(database, exactly(settings), day)


@pytest.fixture
def acme(database: Database) -> bytes:
    """Add an employer and give its id."""
    with database.transaction() as db:
        return factories.employer(db, "Acme").id


@pytest.fixture
def first(database: Database, run: Run) -> date:
    """Release once, so that the quarter has begun; the day of the next release."""
    run(MONDAY)
    return MONDAY + WEEK


def file(database: Database, employer_id: bytes, number: int, day: date, **how: object) -> None:
    with database.transaction() as db:
        factories.reports(db, employer_id, number, day, **how)


def draw(settings: Settings, employer_id: bytes, cohorts: int) -> int:
    key = settings.key("when a cohort is frozen")
    return secret_draw(key, (employer_id, b"self_reported", str(cohorts).encode()))


def test_reports_become_a_cohort_and_a_page(database: Database, run: Run, acme: bytes) -> None:
    file(database, acme, 40, MONDAY)
    outcome = run(MONDAY)
    assert (outcome.number, outcome.new, outcome.rebuilt) == (1, True, ("acme",))
    assert_each_counted_once(database, 40)
    with database.reading() as db:
        numbers = reading.snapshot(db, acme)
        cohort = db.scalars(select(Cohort)).one()
    assert numbers is not None
    assert (numbers["about"], numbers["cohorts"], numbers["release"]) == (40, 1, 1)
    assert numbers["stratum"] == cohort.stratum == "self_reported"
    assert numbers["day"] == "2026-10-12"
    assert numbers["quarters"] == [cohort.quarter] == ["2026Q4"]


@SQLITE_FIRST
def test_a_second_run_in_the_same_week_makes_nothing_new(
    database: Database, run: Run, acme: bytes
) -> None:
    run(MONDAY)
    file(database, acme, MANY, MONDAY)
    for day in (MONDAY, MONDAY + WEEK / 7 * 6, MONDAY - WEEK):
        assert run(day) == release.Outcome(1, MONDAY, new=False)
    assert run(MONDAY + WEEK).rebuilt == ("acme",)
    assert_each_counted_once(database, MANY)


@SQLITE_FIRST
def test_fewer_than_k_are_never_frozen(database: Database, run: Run, acme: bytes) -> None:
    file(database, acme, 9, MONDAY)
    for turn in range(5):
        assert run(MONDAY + turn * WEEK).rebuilt == ()
    with database.reading() as db:
        assert reading.snapshots(db, acme) == {}
        assert reading.ranking(db, "self_reported").rows == []


@SQLITE_FIRST
def test_the_secret_draw_says_how_many_are_enough(
    database: Database, run: Run, settings: Settings, first: date
) -> None:
    for name in ("Birch", "Cedar", "Doum", "Elder"):
        with database.transaction() as db:
            employer_id = factories.employer(db, name).id
        enough = 10 + draw(settings, employer_id, 0)
        file(database, employer_id, enough - 1, first)
        assert run(first).rebuilt == ()
        file(database, employer_id, 1, first)
        assert run(first + WEEK).rebuilt == (name.lower(),)
        first += 2 * WEEK


@SQLITE_FIRST
def test_later_cohorts_need_a_tenth_of_the_year(
    database: Database, run: Run, settings: Settings, acme: bytes, first: date
) -> None:
    file(database, acme, 300, first)
    run(first)
    enough = 30 + draw(settings, acme, 1)
    file(database, acme, enough - 1, first)
    assert run(first + WEEK).rebuilt == ()
    file(database, acme, 1, first)
    assert run(first + 2 * WEEK).rebuilt == ("acme",)


@SQLITE_FIRST
def test_k_alone_is_enough_at_the_first_release_after_a_quarter_closes(
    database: Database, run: Run, acme: bytes, first: date
) -> None:
    file(database, acme, 300, first)
    run(first)
    file(database, acme, 10, first)
    run(date(2026, 12, 28))
    with database.reading() as db:
        assert pending(db) == 10
    assert run(date(2027, 1, 4)).rebuilt == ("acme",)
    with database.reading() as db:
        numbers = reading.snapshot(db, acme)
    assert numbers is not None
    assert numbers["quarters"] == ["2026Q4", "2027Q1"]
    assert [point["quarter"] for point in numbers["trend"]] == ["2026Q4", "2027Q1"]


@SQLITE_FIRST
def test_strata_are_frozen_and_shown_apart(database: Database, run: Run, acme: bytes) -> None:
    file(database, acme, 30, MONDAY)
    file(database, acme, 9, MONDAY, verified=True)
    run(MONDAY)
    with database.reading() as db:
        assert list(reading.snapshots(db, acme)) == ["self_reported"]
        assert pending(db, verified=True) == 9
    file(database, acme, MANY, MONDAY, verified=True)
    run(MONDAY + WEEK)
    with database.reading() as db:
        found = reading.snapshots(db, acme)
        assert list(found) == ["verified", "self_reported"]
        assert (found["verified"]["about"], found["self_reported"]["about"]) == (90, 30)
        assert reading.snapshot(db, acme) == found["verified"]
        assert len(reading.ranking(db, "verified").rows) == 1


@SQLITE_FIRST
def test_a_promise_to_verify_waits_until_the_next_quarter_is_about_to_end(
    database: Database, run: Run, acme: bytes
) -> None:
    file(database, acme, MANY, MONDAY, verify_later=True)
    for day in (MONDAY, date(2026, 12, 28), date(2027, 1, 4), date(2027, 3, 22)):
        assert run(day).rebuilt == (), day
    assert run(date(2027, 3, 29)).rebuilt == ("acme",)
    with database.reading() as db:
        assert list(reading.snapshots(db, acme)) == ["self_reported"]


@SQLITE_FIRST
def test_unconfirmed_employers_get_no_figures(database: Database, run: Run, acme: bytes) -> None:
    with database.transaction() as db:
        new = factories.employer(db, "Unseen", confirmed=False)
        factories.reports(db, new.id, MANY, MONDAY)
    assert run(MONDAY).rebuilt == ()
    with database.transaction() as db:
        db.execute(update(Employer).where(Employer.id == new.id).values(status="confirmed"))
    assert run(MONDAY + WEEK).rebuilt == ("unseen",)


@SQLITE_FIRST
def test_what_never_gathers_is_deleted_after_a_year(
    database: Database, run: Run, acme: bytes
) -> None:
    file(database, acme, 9, MONDAY)
    run(date(2027, 9, 27))
    with database.reading() as db:
        assert pending(db) == 9
    run(date(2027, 10, 4))
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(HourReport)) == 0


def test_the_last_chance_comes_before_the_deletion(
    database: Database, run: Run, acme: bytes
) -> None:
    file(database, acme, 9, MONDAY)
    run(date(2027, 9, 27))
    file(database, acme, 1, date(2027, 9, 27))
    assert run(date(2027, 10, 4)).rebuilt == ("acme",)


@SQLITE_FIRST
def test_frozen_answers_are_wiped_after_two_quarters_and_forgotten(
    database: Database, run: Run, acme: bytes
) -> None:
    file(database, acme, 30, MONDAY)
    run(MONDAY)
    run(date(2027, 3, 29))
    with database.reading() as db:
        assert frozen(db).total() == 30
        before = reading.snapshot(db, acme)
    run(date(2027, 4, 5))
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(HourReport)) == 0
        assert reading.snapshot(db, acme) == before
        assert len(published(db)) == 1


@SQLITE_FIRST
def test_a_withdrawn_report_keeps_its_place_in_the_number(
    database: Database, run: Run, acme: bytes
) -> None:
    file(database, acme, 30, MONDAY)
    run(MONDAY)
    with database.transaction() as db:
        before = db.scalars(select(Snapshot.numbers)).one()
        one = db.scalars(select(HourReport).limit(1)).one()
        assert release_of(db, one) == 1
        one.employer_id = one.cohort_id = one.start = None
    run(MONDAY + WEEK)
    with database.reading() as db:
        assert db.scalars(select(Snapshot.numbers)).one() == before


def release_of(db: object, report: HourReport) -> int:
    cohort = db.get_one(Cohort, report.cohort_id)  # type: ignore[attr-defined]
    return int(cohort.release)


@SQLITE_FIRST
def test_merged_employers_are_released_as_one_and_keep_their_ids(
    database: Database, run: Run, acme: bytes
) -> None:
    with database.transaction() as db:
        other = factories.employer(db, "Acme Cloud").id
        factories.reports(db, acme, 6, MONDAY)
        factories.reports(db, other, 7, MONDAY, seed=2)
        merging.merge(db, db.get_one(Employer, other), db.get_one(Employer, acme))
    assert run(MONDAY).rebuilt == ("acme",)
    with database.reading() as db:
        assert set(db.scalars(select(HourReport.employer_id))) == {acme, other}
        assert list(frozen(db).values()) == [13]
        assert db.scalars(select(Cohort.employer_id)).one() == acme


@SQLITE_FIRST
def test_cohorts_from_before_a_merge_are_summed(database: Database, run: Run, acme: bytes) -> None:
    with database.transaction() as db:
        other = factories.employer(db, "Acme Cloud").id
        factories.reports(db, acme, 30, MONDAY)
        factories.reports(db, other, 40, MONDAY)
    run(MONDAY)
    with database.transaction() as db:
        merging.merge(db, db.get_one(Employer, other), db.get_one(Employer, acme))
        factories.reports(db, other, MANY, MONDAY)
    run(MONDAY + WEEK)
    with database.reading() as db:
        numbers = reading.snapshot(db, acme)
        rows = reading.ranking(db, "self_reported").rows
    assert numbers is not None
    assert (numbers["about"], numbers["cohorts"]) == (150, 3)
    assert [row.employer.id for row in rows] == [acme]


@SQLITE_FIRST
def test_only_employers_with_a_new_cohort_are_rebuilt(
    database: Database, run: Run, acme: bytes
) -> None:
    with database.transaction() as db:
        other = factories.employer(db, "Birch").id
        for employer_id in (acme, other):
            factories.reports(db, employer_id, MANY, MONDAY)
    assert run(MONDAY).rebuilt == ("acme", "birch")
    file(database, other, MANY, MONDAY)
    assert run(MONDAY + WEEK).rebuilt == ("birch",)
    with database.reading() as db:
        told = {shot.employer_id: shot.numbers["release"] for shot in db.scalars(select(Snapshot))}
    assert told == {acme: 1, other: 2}


@SQLITE_FIRST
def test_numbers_of_the_window_leave_older_quarters_to_the_trend(
    database: Database, run: Run, acme: bytes
) -> None:
    day = MONDAY
    for _ in range(6):
        file(database, acme, 20, day)
        run(day)
        day = Quarter.of(day).next.first_day
    with database.reading() as db:
        numbers = reading.snapshot(db, acme)
    assert numbers is not None
    assert numbers["quarters"] == ["2027Q2", "2027Q3", "2027Q4", "2028Q1"]
    assert numbers["about"] == 80
    assert len(numbers["trend"]) == 6


@SQLITE_FIRST
def test_figures_of_more_than_a_year_ago_are_dropped_when_a_quarter_turns(
    database: Database, run: Run, acme: bytes
) -> None:
    file(database, acme, 20, MONDAY)
    file(database, acme, 20, MONDAY, verified=True)
    run(MONDAY)
    file(database, acme, 20, MONDAY + WEEK * 13)
    run(MONDAY + WEEK * 13)
    assert run(date(2027, 9, 27)).rebuilt == ()
    assert run(date(2027, 10, 4)).rebuilt == ("acme",)
    with database.reading() as db:
        (numbers,) = reading.snapshots(db, acme).values()
        assert reading.ranking(db, "verified").rows == []
    assert (numbers["stratum"], numbers["quarters"]) == ("self_reported", ["2027Q1"])
    assert [point["quarter"] for point in numbers["trend"]] == ["2026Q4", "2027Q1"]
    assert run(date(2028, 1, 3)).rebuilt == ("acme",)
    with database.reading() as db:
        assert reading.snapshots(db, acme) == {}
        assert reading.ranking(db, "self_reported").rows == []


@SQLITE_FIRST
def test_the_year_is_counted_from_what_was_published(
    database: Database, settings: Settings, acme: bytes
) -> None:
    file(database, acme, 200, MONDAY)
    release.run(database, settings, MONDAY)
    with database.reading() as db:
        found = publishing.cohorts(db, [acme], "self_reported")
        told = published(db)
    assert publishing.year(found, MONDAY) == next(iter(told.values()))["working"]
    assert publishing.year(found, date(2027, 10, 4)) == 0


@SQLITE_FIRST
def test_what_is_stored_is_noisy_from_the_first_moment(
    database: Database, settings: Settings, acme: bytes
) -> None:
    file(database, acme, 60, MONDAY)
    release.run(database, settings, MONDAY)
    with database.reading() as db:
        (told,) = published(db).values()
        assert list(frozen(db).values()) == [60]
    # Five sums of 7 to 96 noisy counts: that all of them came out exact is out of the question.
    assert set(told.values()) != {60}
