"""A legal notice: whoever wrote it is asked and stays nobody, then two persons decide."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.db import Database
from app.moderation import items, leases, legal, notices, settling
from app.moderation.deciding import decide
from app.moderation.desk import Desk, Verdict
from app.moderation.legal_profiles import ASKED_DAYS, PROFILES
from app.moderation.models import AuditEntry
from app.moderation.notice_models import LegalCase, Notice
from app.settings import Settings
from app.threads.models import Post
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.outside import CLAIM, noticed, post_at, published
from tests.people import Person

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY = timedelta(days=1)
OUT = Verdict("remove", "legal_notice", ("it was true",), "It was shown to be untrue.")


@pytest.fixture
def reader(browsers: Callable[..., TestClient]) -> Person:
    """Give somebody who has no account."""
    return Person(browsers())


def test_every_profile_says_what_its_law_asks_and_what_is_not_there() -> None:
    assert set(PROFILES) == {"EU", "UK", "CN", "US"}
    for place, profile in PROFILES.items():
        assert profile.place == place
        assert profile.holds
        assert profile.cannot
        assert profile.sources
        assert profile.days == ASKED_DAYS
        assert {"name", "mail"} <= set(profile.needs)


@SQLITE_FIRST
def test_the_writer_answers_and_two_persons_decide(
    people: Callable[..., Person],
    reader: Person,
    database: Database,
    settings: Settings,
) -> None:
    mei, other = people(), people()
    path = published(mei, database)
    code = noticed(reader, path, **CLAIM)
    assert "was asked and may answer until Nov 23, 2026" in reader.text
    post = post_at(database, path)
    assert (post.state, post.why) == ("published", None)  # nobody at the desk yet
    mei.open("/me")
    (link,) = [a.get("href", "") for a in mei.page.iter("a") if "/me/notices/" in a.get("href", "")]
    assert other.open(link).status == 404
    assert "/me/notices/" not in other.open("/me").html
    mei.open(link)
    assert CLAIM["words"] in mei.text
    assert "Barrister" not in mei.html  # not who claims it; three letters may stand in any token
    assert CLAIM["mail"] not in mei.html
    mei.submit(link, answer="counter", words=" ")
    assert set(mei.errors) == {"words"}
    mei.submit(link, answer="counter", words="I have the calendar.")
    assert "I stand by it, and say why" in mei.text
    (kept,) = mei.client.get("/me.json").json()["notices"]
    assert (kept["place"], kept["counter"]) == ("UK", "I have the calendar.")
    post = post_at(database, path)
    assert (post.state, post.why, post.severity) == ("flagged", "legal", 2)
    with database.reading() as db:
        (case,) = legal.shown(db, settings, post.id)
        assert (case.counter, case.name) == ("I have the calendar.", "Ada Barrister")
    with database.transaction() as db:
        ines, tomas = desks.staff(db, "ines"), desks.staff(db, "tomas")
        assert notices.needs_two(db, post.id, "approve")
    assert _decided(database, settings, ines, post.id) == "flagged"  # proposed
    # The first one's words stand where the second has none.
    assert _decided(database, settings, tomas, post.id, words="") == "removed"
    assert OUT.words in mei.open("/me").text
    looked = reader.open("/notice/receipt").submit("/notice/receipt", code=code)
    assert "It was taken out." in looked.text
    with database.reading() as db:
        assert notices.needs_two(db, post.id, "restore")
        lines = db.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        assert [(e.action, e.source, e.two) for e in lines] == [
            ("notice", "lawyer", False),
            ("propose", "notice", False),
            ("settle", "lawyer", False),
            ("remove", "notice", True),
        ]
    with database.transaction() as db:
        legal.due(db, settings.today() + DAY)
    with database.reading() as db:
        notice, case = db.scalars(select(Notice)).one(), db.scalars(select(LegalCase)).one()
        assert (notice.sealed, notice.contact, case.sealed) == (None, None, None)
    assert mei.open(link).status == 404


def _decided(
    database: Database, settings: Settings, desk: Desk, item_id: bytes, words: str = OUT.words
) -> str:
    """Take an item, decide that it goes, and return its state."""
    verdict = replace(OUT, words=words)
    with database.transaction() as db:
        post = db.get_one(Post, item_id)
        kind = items.kind_of(post)
        leases.claim(db, desk, kind, item_id, post.version, settings.now())
        decide(db, settings, desk, kind, item_id, post.version, verdict, settings.now())
    with database.reading() as db:
        return db.get_one(Post, item_id).state


@SQLITE_FIRST
def test_the_days_pass_by_themselves(
    people: Callable[..., Person],
    reader: Person,
    database: Database,
    settings: Settings,
) -> None:
    today = settings.today()
    mei = people()
    silent, gone, changed = (published(mei, database) for _ in range(3))
    for path in (silent, gone, changed):
        noticed(reader, path, **CLAIM)
    noticed(reader, changed)  # and one by the rules, which waits
    with database.transaction() as db:
        db.get_one(Post, post_at(database, gone).id).state = "withdrawn"
        edited = db.get_one(Post, post_at(database, changed).id)
        edited.state, edited.why, edited.version = "published", None, 2
        assert legal.due(db, today + 5 * DAY) == 0
        assert (edited.state, edited.why) == ("flagged", "notice")  # it waits again
        assert legal.due(db, today + 6 * DAY) == 2
        assert legal.due(db, today + 6 * DAY) == 0
    post = post_at(database, silent)
    assert (post.state, post.why, post.waits_since) == ("flagged", "legal", today + 6 * DAY)
    assert post_at(database, changed).why == "notice,legal"
    with database.reading() as db:
        over = db.scalars(select(Notice).where(Notice.state == "closed")).one()
        assert (over.outcome, over.sealed, over.contact) == ("withdrawn", None, None)
        (end,) = db.scalars(select(AuditEntry).where(AuditEntry.action == "settle"))
        assert (end.source, end.reason, end.after) == ("lawyer", "legal_notice", "withdrawn")
        assert (end.outcome, end.days) == ("moot", "4-7")


@ON_SQLITE
def test_an_order_goes_to_the_desk_at_once_and_a_demand_gets_nothing(
    people: Callable[..., Person],
    reader: Person,
    database: Database,
    settings: Settings,
) -> None:
    mei = people()
    path, other = published(mei, database), published(mei, database)
    order = {**CLAIM, "party": "authority", "reason": "legal_order", "place": "CN"}
    noticed(reader, path, **order, asks="both")
    assert "kept nowhere" in reader.text
    assert "real identity that article 1196 asks" in reader.text
    post = post_at(database, path)
    assert (post.state, post.why, post.severity) == ("flagged", "legal", 1)
    noticed(reader, other, **order, asks="who")
    assert "Nothing was handed over" in reader.text
    assert post_at(database, other).state == "published"
    with database.reading() as db:
        demands = notices.demands(db, settings.today(), settings.today())
        assert demands == {("legal_order", "nothing"): 2}
        (asked,) = legal.own(db, settings, [post.id, post_at(database, other).id])
        assert asked.until is None
    # The writer may say something until it is decided, and change that.
    mei.open(asked.path).submit(asked.path, answer="affirm")
    mei.open(asked.path).submit(asked.path, answer="withdraw")
    assert mei.path.endswith("/withdraw")
    assert mei.open(asked.path).submit(asked.path).errors.keys() == {"answer"}


@ON_SQLITE
def test_one_person_does_not_take_out_what_an_employer_complains_of(
    people: Callable[..., Person],
    reader: Person,
    database: Database,
) -> None:
    path = published(people(), database)
    noticed(reader, path, party="employer", reason="fabricated")
    post = post_at(database, path)
    with database.reading() as db:
        two = [a for a in settling.OUTCOMES if notices.needs_two(db, post.id, a)]
    assert two == ["remove", "return", "remove_image"]
