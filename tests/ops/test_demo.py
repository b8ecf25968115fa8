"""The demonstration: seeded weeks, real figures, marked on every page, only where nothing is."""

import random
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient
from typer.testing import CliRunner

from app.db import Database
from app.employers.models import Employer, EmployerDomain
from app.figures import reading
from app.figures.models import HeldCohort, Snapshot
from app.hours.models import HourReport
from app.main import create_app
from app.moderation.models import AuditEntry
from app.ops.command import commands
from app.ops.demo import desk, loading, people, talk, world
from app.settings import Settings
from app.threads.models import PollChoice, Post, Thread, Vote
from app.triage.states import VISIBLE, WAITING


@pytest.fixture(scope="module")
def loaded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Load a small demonstration once; no test here changes what it made."""
    folder = tmp_path_factory.mktemp("demo")
    settings = Settings(var=folder, base_url="https://lamplight.test", schedule="off")
    settings.clock = "2026-11-18T12:00:00"
    (folder / "lamplight.db").write_bytes(sqlite_template.read_bytes())
    database = Database(settings.database_url)
    for _ in loading.load(database, settings, employers=12, reports=600, threads=6, seed=7):
        pass
    database.close()
    return settings


def test_it_makes_employers_reports_and_figures(loaded: Settings) -> None:
    with Database(loaded.database_url).reading() as db:
        assert db.scalar(select(func.count()).select_from(Employer)) == 12
        assert db.scalar(select(func.count()).select_from(EmployerDomain)) == 12
        assert db.scalar(select(func.count()).select_from(Snapshot)) >= 6
        strata = select(Snapshot.stratum, func.count()).group_by(Snapshot.stratum)
        assert set(dict(db.execute(strata).all())) == {"verified", "self_reported"}
        frozen = select(func.count()).where(HourReport.cohort_id.is_not(None))
        assert db.scalar(frozen) > 100


def test_a_flood_waits_at_the_desk_and_moves_no_figures(loaded: Settings) -> None:
    with Database(loaded.database_url).reading() as db:
        flooded = db.scalars(select(Employer).where(Employer.name == world.FLOOD.employer)).one()
        held = db.scalars(select(HeldCohort).where(HeldCohort.employer_id == flooded.id)).one()
        assert held.stratum == "self_reported"
        assert "burst" in {rule["rule"] for rule in held.rules}
        numbers = reading.snapshot(db, flooded.id)
        assert numbers
        assert numbers["about"] < world.FLOOD.reports


def test_every_page_says_that_it_is_invented(loaded: Settings) -> None:
    client = TestClient(create_app(loaded), base_url="https://lamplight.test")
    for path in ("/", "/employers", "/employers/meridian-cloud", "/join"):
        assert "invented" in client.get(path).text
        assert "虚构" in client.get(f"{path}?lang=zh").text
    assert "verified representative of Meridian" in client.get("/employers/meridian-cloud").text


def test_the_same_seed_invents_the_same_weeks() -> None:
    drawn = [
        [people.week(random.Random(seed), one) for one in world.EMPLOYERS] for seed in (3, 3, 4)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_people_talk_in_threads_with_answers_votes_polls_and_pictures(loaded: Settings) -> None:
    with Database(loaded.database_url).reading() as db:
        threads = db.scalars(select(Thread).where(Thread.listed)).all()
        seen = select(Post).where(Post.position > 0, Post.state.in_(VISIBLE))
        comments = db.scalars(seen).all()
        counted = dict(db.execute(select(Vote.post_id, func.count()).group_by(Vote.post_id)).all())
        shown = select(func.sum(PollChoice.shown)).group_by(PollChoice.thread_id)
        results = db.scalars(shown).all()
    assert len(threads) == 6
    assert {one.employer_id is None for one in threads} == {True, False}
    assert len({one.day for one in threads}) >= 3
    assert sum(one.comments for one in threads) == len(comments) > 20
    assert any(comment.parent for comment in comments)
    assert {comment.badge for comment in comments} == {"employer", None}
    assert all(one.votes == counted[one.id] for one in threads)
    assert any(results)
    client = TestClient(create_app(loaded), base_url="https://lamplight.test")
    opened = [client.get(f"/threads/{one.id.hex()}").text for one in threads]
    pictures = [
        found for html in opened for found in re.findall(r"/evidence/[0-9a-f]+\.webp", html)
    ]
    assert len(set(pictures)) >= 2
    assert client.get(pictures[0]).content[8:12] == b"WEBP"
    assert "自愿学习日" in client.get("/?lang=zh").text


def test_its_desk_has_something_of_every_kind_to_do(loaded: Settings) -> None:
    with Database(loaded.database_url).reading() as db:
        waiting = db.scalars(select(Post).where(Post.state.in_(WAITING), Post.severity > 0)).all()
        days = db.scalars(select(AuditEntry.day)).all()
    found = {code for post in waiting for code in (post.why or "").split(",")}
    assert found >= {"phone", "threat", "name", "flags", "copies", "looked_at_first", "notice"}
    assert {post.state for post in waiting} == {"held", "pending", "flagged", "appealed"}
    assert len({post.waits_since for post in waiting}) > 2
    assert len(set(days)) > 4  # its log has lines whose day is over


@pytest.mark.deep
def test_talk_alone_can_be_had(sqlite_template: Path, tmp_path: Path) -> None:
    settings = Settings(var=tmp_path, schedule="off", clock="2026-11-18T12:00:00")
    (tmp_path / "lamplight.db").write_bytes(sqlite_template.read_bytes())
    database = Database(settings.database_url)
    for _ in loading.load(database, settings, employers=1, reports=0, threads=1, seed=1):
        pass
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Thread)) == 1
    database.close()


def test_the_same_seed_invents_the_same_talk() -> None:
    employers = [one.name for one in world.EMPLOYERS]
    told = [talk.conversations(60, employers, seed) for seed in (3, 3, 4)]
    assert told[0] == told[1] != told[2]
    assert len(talk.conversations(60, employers[:2], 3)) == 60
    written = talk.written()
    assert told[0][: len(written)] == list(written)
    assert len({one.text for one in written}) >= 40
    assert len({said.text for one in written for said in one.comments}) >= 150
    assert {one.about for one in written} <= {"", *employers}


def test_more_employers_have_names_of_their_own() -> None:
    names = [one.name for one in world.employers(400)]
    assert len(set(names)) == 400


def test_a_database_in_use_is_refused(loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMPLIGHT_VAR", str(loaded.var))
    answer = CliRunner().invoke(commands, ["demo"])
    assert answer.exit_code == 1
    assert "empty" in answer.output


def test_whoever_runs_it_is_told_how_to_sign_in_to_its_desk(loaded: Settings) -> None:
    database = Database(loaded.database_url)
    told = desk.told(database, loaded)
    database.close()
    found = re.search(r"(demo-senior) +password (\S+)  the code right now is (\d{6})", told)
    assert found
    assert len(re.findall("TOTP secret [A-Z2-7]{32}", told)) == 5
    client = TestClient(create_app(loaded), base_url="https://lamplight.test")
    form = dict(zip(("name", "password", "code"), found.groups(), strict=True))
    answer = client.post("/desk/sign-in", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
