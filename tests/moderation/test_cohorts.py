"""Held cohorts at the desk: who sees them, who decides, what the log says, when they lapse."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select, update

from app.db import Database
from app.employers import merging
from app.employers.models import Employer
from app.figures.models import CohortCounts, CohortNote, HeldCohort
from app.moderation import audit, cohorts, log, purging, transparency
from app.moderation.cohorts import path_of
from app.moderation.desk import Beaten, Decided, Desk, NotThere, Refused, Undo
from app.moderation.models import AuditEntry, AuditOpening, Proposal
from app.moderation.powers import CohortAction
from app.settings import Settings
from app.staff.models import Staff
from app.upkeep import releasing
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks, held
from tests.moderation.acts import act
from tests.moderation.desks import DAY, TODAY
from tests.moderation.held import ALIKE, BURST, HELD_ON, SHIFT
from tests.people import Person
from tests.staff.desk import signed_in

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Sits = Callable[..., Person]


@pytest.fixture
def sits(app: FastAPI) -> Sits:
    """Give a maker of people who sit down at the desk."""
    return lambda role="moderator", **more: Person(signed_in(app, role, **more))


def held_one(store: Database, employer: Employer, *rules: Any, **more: Any) -> bytes:
    """Hold a cohort, and return its id."""
    with store.transaction() as db:
        return held.hold(db, employer, *rules, **more).id


def decide(
    store: Database, desk: Desk, cohort: bytes, action: CohortAction = "release", version: int = 0
) -> Decided:
    with store.transaction() as db:
        return cohorts.decide(db, desk, cohort, version, action, TODAY)


def back(store: Database, desk: Desk, way_back: Undo | None) -> Decided:
    assert way_back
    with store.transaction() as db:
        return cohorts.undo(db, desk, Undo.from_bytes(way_back.to_bytes()), TODAY)


def state(store: Database, cohort: bytes) -> tuple[str, int]:
    with store.reading() as db:
        row = db.get_one(HeldCohort, cohort)
        return row.state, row.version


def told(store: Database) -> list[tuple[str, str, str, str, bool]]:
    """Return what the log says."""
    with store.reading() as db:
        lines = db.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        assert all(line.kind == "cohort" and line.automated for line in lines)
        return [(each.action, each.source, each.before, each.after, each.two) for each in lines]


@ON_SQLITE
def test_somebody_reads_a_held_cohort_and_releases_it(
    database: Database, settings: Settings, sits: Sits
) -> None:
    with database.transaction() as db:
        acme = factories.employer(db, "Acme")
    path = path_of(held_one(database, acme, BURST, SHIFT))
    mira, bo = sits(name="mira"), sits(name="bo")
    assert "1 held cohort waits" in mira.open("/desk").text
    assert "Released by itself on Nov 30, 2026" in mira.open("/desk/cohorts").text
    assert path in mira.html
    seen = bo.open(path)
    for said in (
        "Held figures of Acme",
        "self-reported, 2026 Q4",
        "about 45 reports came between two releases; about 6 are usual",
        "about 7 standard deviations",
        "About 30 reports, after noise",
        "On average",
    ):
        assert said in seen.text
    assert "Nothing of this kind is published of this employer yet." in seen.text
    assert 'value="exclude"' not in seen.html
    assert mira.open(path).post(path, version="0").status == 422
    assert mira.post(path, version="x", do="release").status == 409
    assert mira.open(path).submit(path, press="do=release").path == "/desk/cohorts"
    assert "To be released with the next release." in mira.text
    beaten = bo.submit(path, press="do=release")
    assert (beaten.status, "mira decided this first." in beaten.html) == (409, True)
    mira.submit("/desk/undo")
    assert (mira.status, mira.path) == (200, path)
    assert state(database, bytes.fromhex(path.rpartition("/")[2])) == ("held", 2)
    bo.open(path).submit(path, press="do=release")
    _, undo = bo.form("/desk/undo")
    settings.clock = "2026-11-18T12:00:13"
    assert bo.post("/desk/undo", **undo).status == 409
    assert path in mira.open("/desk/log").html
    assert [each[:4] for each in told(database)] == [
        ("release", "alarm", "held", "released"),
        ("undo", "alarm", "released", "held"),
        ("release", "alarm", "held", "released"),
    ]
    with database.transaction() as db:
        db.execute(delete(HeldCohort))  # a release carried it out
    assert path not in mira.open("/desk/log").html
    assert mira.open(path).status == 404
    gone = mira.post(path, version="3", do="release")
    assert (gone.status, "bo decided this first." in gone.html) == (409, True)


@ON_SQLITE
def test_two_seniors_leave_clusters_out_each_with_a_fresh_code(
    database: Database, settings: Settings, sits: Sits
) -> None:
    with database.transaction() as db:
        acme = factories.employer(db, "Acme")
    cohort = held_one(database, acme, ALIKE)
    plain, path = path_of(held_one(database, acme, BURST, stratum="verified")), path_of(cohort)
    mira, sol, vera = sits(), sits("senior", name="sol"), sits("senior", name="vera")
    assert 'value="exclude"' not in mira.open(path).html
    assert mira.post(path, version="0", do="exclude").status == 403
    assert sol.post(plain, version="0", do="exclude").status == 403
    settings.clock = "2026-11-18T12:06:00"
    stale = sol.open(path).submit(path, press="do=exclude")
    assert (stale.status, "fresh code" in stale.html) == (403, True)
    settings.clock = "2026-11-18T12:00:00"
    sol.open(path).submit(path, press="do=exclude")
    assert "another senior must agree" in sol.html
    assert "sol proposes to leave the clusters out." in sol.text
    assert sol.open(path).submit(path, press="do=exclude").status == 409
    assert path not in sol.open("/desk/proposals").html
    assert path in vera.open("/desk/proposals").html
    assert "sol proposes to leave the clusters out." in vera.open(path).text
    vera.submit(path, press="do=exclude")
    assert "Its clusters are to be left out with the next release." in vera.text
    assert state(database, cohort) == ("excluded", 1)
    with database.reading() as db:
        assert db.query(Proposal).all() == []
    assert told(database) == [
        ("propose", "alarm", "held", "held", False),
        ("exclude", "alarm", "held", "excluded", True),
    ]


@ON_SQLITE
def test_nobody_is_shown_a_second_draw_of_the_same_reports(database: Database, sits: Sits) -> None:
    with database.transaction() as db:
        acme = factories.employer(db, "Acme")
    one, other = held_one(database, acme, ALIKE), held_one(database, acme, stratum="verified")

    def shown() -> list[bool]:
        pages = [mira.open(path_of(cohort)) and mira.text for cohort in (one, other)]
        assert all("What sounded" in page for page in pages)
        hidden = ["the desk is not shown this one" in page for page in pages]
        assert hidden == ["On average" not in page for page in pages]
        return hidden

    mira = sits()
    for quarter, outcome, hidden in (
        ("2026Q4", "released", False),
        ("2025Q3", "left_out", False),  # whoever waited then is gone
        ("2025Q4", "left_out", True),
    ):
        with database.transaction() as db:
            note = CohortNote(employer_id=acme.id, stratum="self_reported", quarter=quarter)
            note.outcome = outcome
            db.add(note)
        assert shown() == [hidden, False]


@SQLITE_FIRST
def test_a_proposal_stands_for_one_version_by_one_who_still_may(
    store: Database, acme: Employer, ines: Desk, sol: Desk, vera: Desk
) -> None:
    cohort = held_one(store, acme, ALIKE)
    assert decide(store, sol, cohort, "exclude").proposed
    with store.transaction() as db:
        purging.purge(db, TODAY + DAY)  # no night forgets it
        db.execute(update(Staff).where(Staff.id == sol.id).values(role="moderator"))
    assert decide(store, vera, cohort, "exclude").proposed, "who proposed first may no more"
    with pytest.raises(Refused, match="same_person"):
        decide(store, vera, cohort, "exclude")
    # Anybody may release it meanwhile, also by that taken back the proposal is void.
    done = decide(store, ines, cohort)
    back(store, ines, done.undo)
    assert decide(store, vera, cohort, "exclude", 2).proposed
    with store.transaction() as db:
        db.execute(update(Staff).where(Staff.id == sol.id).values(role="senior"))
    with pytest.raises(Beaten):
        decide(store, sol, cohort, "exclude")
    agreed = decide(store, sol, cohort, "exclude", 2)
    assert (agreed.after, state(store, cohort)) == ("excluded", ("excluded", 3))
    with pytest.raises(Refused, match="power"):
        back(store, vera, agreed.undo)
    back(store, sol, agreed.undo)
    proposed = decide(store, sol, cohort, "exclude", 4)
    back(store, sol, proposed.undo)
    with pytest.raises(Beaten):
        back(store, sol, proposed.undo)
    with store.reading() as db:
        assert db.query(Proposal).all() == []
    assert state(store, cohort) == ("held", 4)


@SQLITE_FIRST
def test_whoever_is_tied_meets_no_cohort_of_the_employer_or_of_one_merged_with_it(
    store: Database, acme: Employer, ines: Desk
) -> None:
    with store.transaction() as db:
        other = factories.employer(db, "Acme Works")
        tied = desks.staff(db, "tied", "senior", acme, proven=True)
    own, merged = held_one(store, acme, ALIKE), held_one(store, other, ALIKE)
    for met in ([own], [own, merged]):
        with store.transaction() as db:
            if len(met) == 2:
                merging.merge(db, db.get_one(Employer, acme.id), db.get_one(Employer, other.id))
            assert cohorts.waiting(db, tied) == 2 - len(met)
            assert {each.cohort.id for each in cohorts.listed(db, tied)} == {own, merged} - {*met}
            assert len(cohorts.listed(db, ines)) == cohorts.waiting(db, ines) == 2
        for cohort in met:
            with store.reading() as db, pytest.raises(NotThere):
                cohorts.one(db, tied, cohort)
            with pytest.raises(NotThere):
                decide(store, tied, cohort)
    decide(store, ines, own)


@SQLITE_FIRST
def test_a_cohort_that_nobody_decides_on_goes_with_the_last_release_in_time(
    store: Database, acme: Employer, sol: Desk, ines: Desk
) -> None:
    sunday = held_one(store, acme, ALIKE, day=HELD_ON - DAY, number=1)
    monday = held_one(store, acme, ALIKE, day=HELD_ON, number=2)
    decided = held_one(store, acme, ALIKE, day=HELD_ON, number=2)
    decide(store, ines, decided)
    decide(store, sol, monday, "exclude")
    lapsed: dict[int, set[bytes]] = {}
    for days in range(-1, 22):
        with store.transaction() as db:
            number = cohorts.lapse(db, HELD_ON + days * DAY)
            if number:
                gone = set(db.scalars(select(HeldCohort.id).where(HeldCohort.state == "released")))
                lapsed[days] = gone - {decided}
    # The next Monday would be the fifteenth day of one; the fourteenth day is the other's last.
    assert lapsed == {7: {sunday}, 14: {sunday, monday}}
    assert state(store, monday) == state(store, decided) == ("released", 1)
    assert [each for each in told(store) if each[0] == "lapse"] == [
        ("lapse", "rule", "held", "released", False)
    ] * 2
    with store.reading() as db:
        assert db.query(Proposal).all() == []
    with pytest.raises(Beaten):
        decide(store, sol, monday, "exclude")


@SQLITE_FIRST
def test_no_line_about_a_cohort_names_its_employer_or_how_long_it_was_held(
    store: Database, acme: Employer, ines: Desk
) -> None:
    decide(store, ines, held_one(store, acme))
    held_one(store, acme, day=TODAY - timedelta(20), number=2)
    with store.transaction() as db:
        cohorts.lapse(db, TODAY)
        for _ in range(log.NAMED):
            audit.write(db, act(employer_id=acme.id), TODAY)
        assert log.newest(db, TODAY, None, 50) == []
        lines = log.oldest(db, TODAY + DAY, 0, 50)
        assert [bool(line.named) for line in lines] == [False] * 2 + [True] * log.NAMED
        for line in lines[:2]:
            assert (line.values.employer, line.values.days) == (None, "0")
        openings = db.scalars(select(AuditOpening).order_by(AuditOpening.number)).all()
        assert [each.employer_id for each in openings[:2]] == [None, None]
        tables = {
            table.code: table
            for table in transparency.tables(db, transparency.period("", TODAY + DAY))
        }
    assert tables["actions"].counts["release", "automation"] == 1
    assert tables["actions"].counts["lapse", "automation"] == 1
    assert tables["sources"].counts["alarm", "automation"] == 1
    assert sum(tables["days"].counts.values()) == log.NAMED


@SQLITE_FIRST
def test_the_release_carries_out_what_lapsed_before_it_and_says_so_on_the_page_alone(
    store: Database, settings: Settings, acme: Employer, ines: Desk
) -> None:
    since = TODAY - timedelta(16)  # a Monday
    with store.transaction() as db:
        row = held.hold(db, acme, BURST, day=since)
        counts = row.counts
    settings.clock = "2026-11-15T12:00:00"
    releasing.run(store, settings, TODAY)  # a day that is not yet here makes nothing older
    assert state(store, row.id) == ("held", 0)
    settings.clock = "2026-11-23T12:00:00"
    assert releasing.run(store, settings, settings.today()).rebuilt == ("acme",)
    with store.reading() as db:
        assert db.get(HeldCohort, row.id) is None
        published = db.scalars(select(CohortCounts).where(CohortCounts.cohort_id == row.id))
        assert {each.kind: each.counts for each in published} == counts
        assert [note.outcome for note in db.scalars(select(CohortNote))] == ["released"]
    assert [each[0] for each in told(store)] == ["lapse"]
    with pytest.raises(Beaten):
        decide(store, ines, row.id)
