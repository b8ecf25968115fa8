"""Cohorts over which the alarm sounds: held, released as drawn, or stripped of clusters."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from app.db import Database
from app.employers import merging
from app.employers.models import Employer
from app.figures import reading
from app.figures.models import Cohort, CohortCounts, CohortNote, HeldCohort, Snapshot
from app.hours import release
from app.hours.models import EMPTY, FROZEN, HourReport, Waiting
from app.settings import Settings
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.hours.releases import (
    MONDAY,
    WEEK,
    assert_each_counted_once,
    exactly,
    frozen,
    pending,
)

Run = Callable[[int], release.Outcome]
# Ten weeks after 100 reports were published, ten a week are usual; 37 and more are a burst.
NOW = 10
FAKE = {"start": 540, "end": 1260, "days": 7.0}

pytestmark = SQLITE_FIRST


@pytest.fixture
def run(database: Database, settings: Settings) -> Run:
    """Give a release run, so many weeks after the first, whose counts come out as they are."""
    return lambda week: release.run(database, exactly(settings), MONDAY + week * WEEK)


@pytest.fixture
def acme(database: Database, run: Run) -> bytes:
    """Add an employer with figures and a usual week, and give its id."""
    with database.transaction() as db:
        employer_id = factories.employer(db, "Acme").id
        factories.reports(db, employer_id, 100, MONDAY)
    for week in (0, NOW - 1):
        run(week)
    return employer_id


def file(database: Database, employer_id: bytes, number: int, week: int, **how: object) -> None:
    with database.transaction() as db:
        factories.reports(db, employer_id, number, MONDAY + week * WEEK, seed=week, **how)


def held(database: Database) -> list[HeldCohort]:
    with database.reading() as db:
        return list(db.scalars(select(HeldCohort)))


def decide(database: Database, state: str) -> None:
    with database.transaction() as db:
        db.execute(update(HeldCohort).values(state=state))


def notes(database: Database) -> list[tuple[str, str]]:
    with database.reading() as db:
        return [(note.quarter, note.outcome) for note in db.scalars(select(CohortNote))]


def test_a_burst_is_held_and_released_as_it_was_drawn(
    database: Database, run: Run, acme: bytes, client: TestClient
) -> None:
    with database.reading() as db:
        before = reading.snapshot(db, acme)
    file(database, acme, 60, NOW)
    outcome = run(NOW)
    assert (outcome.new, outcome.rebuilt) == (True, ())
    (one,) = held(database)
    assert (one.employer_id, one.stratum, one.release, one.state) == (
        acme,
        "self_reported",
        3,
        "held",
    )
    assert one.rules == [{"rule": "burst", "came": 60, "usual": 10}]
    assert {sum(counts) for counts in one.counts.values()} == {60}
    with database.reading() as db:
        assert reading.snapshot(db, acme) == before
        assert (pending(db), frozen(db)[one.id]) == (0, 60)
    assert "Kept back" not in client.get("/employers/acme").text
    assert run(NOW).new is False
    run(NOW + 1)
    assert held(database)[0].counts == one.counts, "nobody has decided"

    decide(database, "released")
    assert run(NOW + 2).rebuilt == ("acme",)
    assert held(database) == []
    assert_each_counted_once(database, 160)
    with database.reading() as db:
        cohort = db.get_one(Cohort, one.id)
        kinds = db.scalars(select(CohortCounts).where(CohortCounts.cohort_id == one.id))
        assert {each.kind: each.counts for each in kinds} == one.counts
        numbers = reading.snapshot(db, acme)
    assert (cohort.quarter, cohort.release, cohort.least) == (one.quarter, 5, 10)
    assert numbers is not None
    assert (numbers["about"], numbers["held"]) == (160, ["released"])
    assert notes(database) == [(one.quarter, "released")]
    assert "Kept back before they counted" in client.get("/employers/acme").text


def test_a_cluster_is_left_out_and_the_others_are_drawn_anew(
    database: Database, run: Run, acme: bytes, client: TestClient
) -> None:
    file(database, acme, 60, NOW)
    file(database, acme, 30, NOW, same=FAKE)
    run(NOW)
    (one,) = held(database)
    assert [rule["rule"] for rule in one.rules[:2]] == ["burst", "alike"]
    assert one.rules[1] == {"rule": "alike", "clusters": 1, "share": 0.3, "likely": 0.0}
    with database.transaction() as db:
        alike = db.scalars(select(HourReport).where(HourReport.days == 7)).all()
        for report in alike[:2]:  # withdrawn by who wrote them
            for name, empty in EMPTY.items():
                setattr(report, name, empty)
    decide(database, "excluded")
    assert run(NOW + 1).rebuilt == ("acme",)
    assert held(database) == []
    with database.reading() as db:
        told = {cohort.id for cohort in db.scalars(select(Cohort))}
        assert one.id not in told
        assert sorted(frozen(db).values()) == [60, 100]
        assert set(frozen(db)) == told
        assert db.scalar(select(func.count()).where(HourReport.employer_id.is_(None))) == 30
        assert db.scalar(select(func.count()).where(HourReport.days == 7)) == 0
        numbers = db.scalars(select(Snapshot.numbers)).one()
    assert (numbers["about"], numbers["held"]) == (160, ["left_out"])
    assert "A group that looked alike was left out" in client.get("/employers/acme").text
    assert notes(database) == [(one.quarter, "left_out")]


def test_who_withdraws_makes_no_cluster_of_others(
    database: Database, run: Run, acme: bytes
) -> None:
    file(database, acme, 40, NOW, same={"start": 540, "end": 1080, "days": 5.0})
    with database.reading() as db:
        waiting = list(db.scalars(select(HourReport.id).where(HourReport.cohort_id.is_(None))))
    file(database, acme, 40, NOW, same=FAKE)
    file(database, acme, 250, NOW)
    run(NOW)
    (one,) = held(database)
    assert [rule.get("clusters") for rule in one.rules] == [None, 1]
    with database.transaction() as db:
        # Those 250 were somebody's, who leaves forty usual weeks among hardly anybody else's.
        others = HourReport.id.not_in(waiting), HourReport.days != 7
        theirs = update(HourReport).where(HourReport.cohort_id == one.id, *others)
        db.execute(theirs.values(**EMPTY))
    decide(database, "excluded")
    run(NOW + 1)
    with database.reading() as db:
        assert db.scalar(select(func.count()).where(HourReport.days == 7)) == 0
        still = HourReport.id.in_(waiting), HourReport.employer_id == acme
        assert db.scalar(select(func.count()).where(*still)) == 40


def test_what_comes_while_a_cohort_is_held_waits_with_it(
    database: Database, run: Run, acme: bytes
) -> None:
    file(database, acme, 60, NOW)
    run(NOW)
    file(database, acme, 70, NOW + 1)
    assert run(NOW + 1).rebuilt == ()
    with database.reading() as db:
        assert pending(db) == 70
        assert db.scalars(select(Waiting.burst)).all() == [70]
    decide(database, "released")
    run(NOW + 2)
    (later,) = held(database)
    assert (later.rules[0]["rule"], later.rules[0]["came"]) == ("burst", 70)
    decide(database, "released")
    run(NOW + 3)
    assert_each_counted_once(database, 230)


def test_the_first_release_after_a_quarter_leaves_nobody_behind(
    database: Database, run: Run, acme: bytes
) -> None:
    file(database, acme, 60, NOW + 1)
    run(NOW + 1)
    assert len(held(database)) == 1
    file(database, acme, 12, NOW + 1)
    run(NOW + 2)  # 4 January
    with database.reading() as db:
        assert pending(db) == 0
    assert len(held(database)) == 1


@pytest.mark.deep
def test_a_held_cohort_follows_a_merge_and_its_reports_keep_their_ids(
    database: Database, run: Run, acme: bytes
) -> None:
    with database.transaction() as db:
        other = factories.employer(db, "Birch").id
    file(database, acme, 60, NOW)
    run(NOW)
    with database.transaction() as db:
        merging.merge(db, db.get_one(Employer, acme), db.get_one(Employer, other))
    file(database, other, 70, NOW + 1)
    run(NOW + 1)
    with database.reading() as db:
        assert pending(db) == 70, "one of the family is held"
    decide(database, "released")
    assert run(NOW + 2).rebuilt == ("birch",)
    with database.transaction() as db:
        numbers = reading.snapshot(db, other)
        assert numbers is not None
        assert (numbers["about"], numbers["held"]) == (160, ["released"])
        assert frozen(db).total() == 230
        merging.undo(db, db.get_one(Employer, acme))
    decide(database, "excluded")  # the seventy; nothing in them is alike
    run(NOW + 3)
    assert held(database) == []
    assert {outcome for _, outcome in notes(database)} == {"released", "left_out"}
    with database.reading() as db:
        told = {cohort.employer_id for cohort in db.scalars(select(Cohort))}
        assert told <= {acme, other}
        assert frozen(db).total() + pending(db) == 230


def test_a_flood_that_comes_by_a_merge_is_a_burst(
    database: Database, run: Run, acme: bytes
) -> None:
    with database.transaction() as db:
        other = factories.employer(db, "Acme Peking", confirmed=False).id
    file(database, other, 60, NOW)
    run(NOW)
    with database.transaction() as db:
        merging.merge(db, db.get_one(Employer, other), db.get_one(Employer, acme))
    run(NOW + 1)
    (one,) = held(database)
    assert (one.rules[0]["rule"], one.rules[0]["came"]) == ("burst", 60)


@pytest.mark.deep
def test_about_how_many_wait_is_noted_with_noise_and_not_of_few(
    database: Database, run: Run, acme: bytes
) -> None:
    names = [f"Cedar {n}" for n in range(40)]
    with database.transaction() as db:
        ids = [factories.employer(db, name).id for name in names]
        for employer_id in ids:
            factories.reports(db, employer_id, 9, MONDAY + NOW * WEEK)
        factories.reports(db, acme, 1, MONDAY + NOW * WEEK)
    run(NOW)
    with database.reading() as db:
        rows = {row.employer_id: row.about for row in db.scalars(select(Waiting))}
    # Noise of more than six, or none in all forty, is rarer than one in ten thousand.
    assert all(abs(rows[employer_id] - 9) <= 6 for employer_id in ids)
    assert len({rows[employer_id] for employer_id in ids}) > 1
    assert rows.get(acme, 3) >= 3


@pytest.mark.deep
def test_wiped_and_forgotten_though_nobody_decides(
    database: Database, run: Run, acme: bytes, settings: Settings
) -> None:
    file(database, acme, 60, NOW)
    run(NOW)
    release.run(database, exactly(settings), date(2027, 4, 5))
    with database.reading() as db:
        assert db.scalar(select(func.count()).where(FROZEN)) == 0
    decide(database, "excluded")
    release.run(database, exactly(settings), date(2027, 4, 12))
    assert (held(database), notes(database)) == ([], [])


@pytest.mark.deep
def test_a_note_leaves_the_page_with_its_quarter(
    database: Database, run: Run, acme: bytes, settings: Settings
) -> None:
    said = {"employer_id": acme, "stratum": "self_reported", "outcome": "released"}
    with database.transaction() as db:
        db.add(CohortNote(quarter="2026Q2", **said))
        factories.reports(db, acme, 30, MONDAY, seed=NOW)
    assert run(NOW + 2).rebuilt == ("acme",)  # 4 January, when k is enough
    with database.reading() as db:
        assert db.scalars(select(Snapshot.numbers)).one()["held"] == ["released"]
    assert release.run(database, exactly(settings), date(2027, 7, 5)).rebuilt == ("acme",)
    with database.reading() as db:
        numbers = db.scalars(select(Snapshot.numbers)).one()
    assert (numbers["about"], numbers["held"]) == (130, [])
