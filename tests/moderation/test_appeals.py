"""A writer reads why, asks for another person, and learns what that person decided."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import Database
from app.employers.models import Employer
from app.evidence import attaching
from app.evidence.attaching import Attached
from app.moderation import appeals, queue, statements
from app.moderation.desk import Beaten, Desk, NotThere, Refused, Verdict
from app.moderation.models import Appeal, Decider, KeptText, Statement
from app.moderation.stating import Told
from app.search.models import SearchEntry
from app.settings import Settings
from app.threads import editing, own
from app.threads.models import Post, Thread
from app.upkeep import maintain
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import DAY, NOW, TODAY
from tests.people import Person
from tests.threads.accounts import Writer
from tests.threads.talk import TITLE, at, opened, replied

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LATER = NOW + timedelta(days=1)
TEXT = "It is a role, not a name."
RETURN = Verdict("return", "person", ("Mr Zhang",), "Leave the name out.")


def told(store: Database, settings: Settings, writer: Writer) -> list[Told]:
    with store.reading() as db:
        return statements.own(db, settings, own.ids(db, writer.hand.slot), TODAY)


def filed(store: Database, settings: Settings, statement: bytes, text: str = TEXT) -> bool:
    with store.transaction() as db:
        return appeals.file(db, settings, statement, text, TODAY)


def open_to(store: Database, *who: Desk) -> list[int]:
    """Count what is listed for each of some people."""
    with store.reading() as db:
        return [len(appeals.open_ones(db, desk, TODAY)) for desk in who]


def test_a_removal_is_appealed_against_once_and_never_to_who_decided(  # noqa: PLR0915 (one story)
    store: Database, settings: Settings, acme: Employer, sol: Desk, vera: Desk, ines: Desk
) -> None:
    ana, bo = Writer(), Writer()
    with store.transaction() as db:
        post = desks.waiting(db, by=ana, employer=acme)
        answer = bo.answer(db, post, "He does.").post
        bo.vote(db, post.id)
        tied = desks.staff(db, "ties", "senior", acme)
    desks.settled(store, settings, sol, post, Verdict("remove", "person", ("Mr Zhang",)))
    (said,) = told(store, settings, ana)
    with store.reading() as db:
        before = desks.again(db, post)
    assert filed(store, settings, said.id)
    assert filed(store, settings, said.id)  # the same form again
    assert not filed(store, settings, said.id, "Something else.")
    with pytest.raises(NotThere), store.transaction() as db:
        appeals.file(db, settings, b"?" * 16, TEXT, TODAY)
    with store.reading() as db:
        row = desks.again(db, post)
        assert (row.state, row.version) == ("appealed", before.version + 1)
        assert (row.severity, row.waits_since, row.why) == (2, TODAY, "person")
        (appeal,) = db.scalars(select(Appeal)).all()
        assert appeal.text is not None
        assert TEXT.encode() not in appeal.text
        shown = appeals.shown(db, settings, post.id)
        assert shown
        assert (shown.text, shown.told.passages) == (TEXT, ("Mr Zhang",))
        for desk, number in ((sol, 0), (vera, 1), (tied, 0), (ines, 0)):
            found = queue.waiting(db, desk, NOW, queue.Filter(appeals=True))
            assert len(found.items) == number, desk
    assert open_to(store, sol, vera, tied, ines) == [0, 1, 0, 0]
    with pytest.raises(Refused, match="earlier_decider"):
        desks.settled(store, settings, sol, post, Verdict("restore"))
    desks.settled(store, settings, vera, post, Verdict("restore", words="You are right."), LATER)
    with store.reading() as db:
        row, thread = desks.again(db, post), db.get_one(Thread, post.id)
        assert (row.state, row.text, row.votes) == ("published", "Mr Zhang shouts.", 1)
        assert (row.position, row.nym, row.strike_until) == (0, before.nym, None)
        assert (thread.title, thread.listed, thread.comments) == ("Lights out", True, 1)
        assert desks.again(db, answer).parent == 0
        assert post.id in db.scalars(select(SearchEntry.item)).all()
        appeal = db.scalars(select(Appeal)).one()
        assert (appeal.state, appeal.text) == ("restored", None)
        assert appeal.answer is not None
        assert b"right" not in appeal.answer
        assert appeals.shown(db, settings, post.id) is None
        assert db.get(KeptText, post.id) is None
        line = desks.last(db)
    assert (line.action, line.outcome, line.source) == ("restore", "restored", "appeal")
    (said,) = told(store, settings, ana)
    assert (said.appeal, said.answer, said.decided) == ("restored", "You are right.", TODAY + DAY)
    assert said.until == TODAY + DAY + statements.KEPT
    assert not said.appealable(TODAY)
    assert not filed(store, settings, said.id)  # what it said is erased


@SQLITE_FIRST
def test_upheld_it_stays_removed_with_its_strike(
    store: Database, settings: Settings, sol: Desk, ines: Desk
) -> None:
    ana = Writer()
    with store.transaction() as db:
        post = desks.waiting(db, by=ana)
    desks.settled(store, settings, ines, post)
    filed(store, settings, told(store, settings, ana)[0].id)
    desks.settled(store, settings, sol, post, Verdict("uphold", words="It is a name."))
    (said,) = told(store, settings, ana)
    with store.reading() as db:
        row = desks.again(db, post)
    assert (said.appeal, said.answer, row.state) == ("upheld", "It is a name.", "removed")
    assert row.strike_until
    assert not said.appealable(TODAY)


@SQLITE_FIRST
def test_withdrawing_closes_the_appeal(
    store: Database, settings: Settings, sol: Desk, ines: Desk
) -> None:
    ana = Writer()
    with store.transaction() as db:
        post = desks.waiting(db, by=ana)
    desks.settled(store, settings, ines, post)
    (said,) = told(store, settings, ana)
    filed(store, settings, said.id)
    with store.transaction() as db:
        assert ana.withdraw(db, post.id)
    assert open_to(store, sol) == [0]
    with store.reading() as db:
        assert appeals.shown(db, settings, post.id) is None
        assert queue.waiting(db, sol, NOW, queue.Filter(appeals=True)).items == []
    assert told(store, settings, ana)[0].appeal == "closed"
    with store.transaction() as db:
        statements.purge(db, TODAY)
        appeal = db.get_one(Appeal, said.id)
        assert (appeal.state, appeal.text) == ("closed", None)


@pytest.mark.parametrize(
    ("verdict", "outcome", "after"),
    [
        (RETURN, "restored", "published"),
        (RETURN, "upheld", "returned"),
        (Verdict("suppress", "sexual"), "restored", "suppressed"),
        (Verdict("remove_image", "image"), "restored", "published"),
    ],
)
@ON_SQLITE
def test_what_leaves_no_case_is_answered_by_another_person(
    store: Database,
    settings: Settings,
    sol: Desk,
    vera: Desk,
    ines: Desk,
    verdict: Verdict,
    outcome: appeals.Outcome,
    after: str,
) -> None:
    ana = Writer()
    with store.transaction() as db:
        post = desks.waiting(db, by=ana)
        attaching.attach(db, post.id, Attached(b"i" * 16, "A screen", 9, 9))
        third = desks.staff(db, "third", "senior")
    desks.settled(store, settings, sol, post, verdict)
    if verdict.action == "suppress":
        desks.settled(store, settings, vera, post, verdict)
    (said,) = told(store, settings, ana)
    filed(store, settings, said.id)
    assert open_to(store, sol, third) == [0, 1]
    with store.reading() as db:
        shown = appeals.shown_of(db, settings, said.id)
    assert shown
    assert shown.item == (None if verdict.action == "suppress" else "Mr Zhang shouts.")

    def answered(desk: Desk) -> int:
        with store.transaction() as db:
            return appeals.answer(db, settings, desk, said.id, outcome, "Read again.", TODAY)

    for desk, code in ((sol, "earlier_decider"), (ines, "power")):
        with pytest.raises(Refused, match=code):
            answered(desk)
    number = answered(third)
    with pytest.raises(Beaten):
        answered(third)
    with store.reading() as db:
        row, line = desks.again(db, post), desks.last(db)
        assert db.get(Decider, (post.id, third.id))
    assert (row.state, line.number, line.outcome) == (after, number, outcome)
    if outcome == "restored":
        assert row.strike_until is None
    (said,) = told(store, settings, ana)
    assert (said.appeal, said.answer) == (outcome, "Read again.")
    assert open_to(store, third) == [0]


@ON_SQLITE
def test_changing_what_was_sent_back_closes_its_appeal(
    store: Database, settings: Settings, sol: Desk, ines: Desk
) -> None:
    ana = Writer()
    with store.transaction() as db:
        post = desks.waiting(db, by=ana)
    desks.settled(store, settings, ines, post, RETURN)
    (said,) = told(store, settings, ana)
    assert said.editable
    filed(store, settings, said.id)
    with store.transaction() as db:
        assert editing.edit(db, post.id, ana.hand, "My manager shouts.", NOW, "Lights out")
        assert desks.again(db, post).state != "returned"
    assert (told(store, settings, ana)[0].appeal, open_to(store, sol)) == ("closed", [0])


@ON_SQLITE
def test_a_writer_reads_appeals_and_is_told(
    people: Callable[..., Person],
    database: Database,
    settings: Settings,
) -> None:
    ana, bo = people(), people("zh")
    path = opened(ana, text="The one in the corner shouts.")
    comment = replied(bo, at(path), "He does.")
    with database.transaction() as db:
        ines, sol = desks.staff(db, "ines"), desks.staff(db, "sol", "senior")
        first, second = (
            db.get_one(Post, bytes.fromhex(each.rpartition("/")[2])) for each in (path, comment)
        )
    verdict = Verdict("remove", "person", ("in the corner",), "A role says as much.")
    desks.settled(database, settings, ines, first, verdict)
    desks.settled(database, settings, ines, second, RETURN)
    ana.open("/me")
    for said in (TITLE, "shouts.", "Removed: Names", "A role says as much.", "Everywhere."):
        assert said in ana.text, said
    assert "Line 1 of the public log" in ana.text
    (document,) = ana.client.get("/me.json").json()["statements"]
    assert (document["line"], document["reason"]) == (1, "person")
    assert len(document["fields"]) == 9
    assert TITLE not in ana.open("/transparency/log").text
    bo.open("/me")
    assert "退回给你" in bo.text
    assert f"{comment}/edit" in bo.html
    action = f"/me/appeals/{document['statement']}"
    assert bo.open(action).status == bo.post(action, text="Mine.").status == 404
    assert (bo.open("/me/appeals/nothing").status, ana.open(action).status) == (404, 200)
    assert "The one in the corner shouts." in ana.text
    for wrong in ("", "  ", "a" * 2_001):
        ana.open(action).submit(action, text=wrong)
        assert (ana.status, set(ana.errors)) == (422, {"text"})
        assert ana.form(action)[1]["text"].strip() == wrong.strip()
    cookies = dict(ana.client.cookies)
    ana.client.cookies.clear()
    ana.post(action, text=TEXT)
    assert ana.status == 422
    assert ana.form(action)[1]["text"].strip() == TEXT
    assert "in the corner" not in ana.text
    ana.client.cookies.update(cookies)
    for _ in range(2):
        ana.post(action, text=TEXT)
        assert (ana.status, ana.path) == (200, action)
        assert "Your appeal waits" in ana.text
        assert TEXT in ana.text
    ana.post(action, text="Another text.")
    assert ana.status == 409
    assert ana.form(action)[1]["text"].strip() == "Another text."
    document = ana.client.get("/me.json").json()["statements"][0]
    assert (document["asked"], document["text"]) == (TEXT, "The one in the corner shouts.")
    desks.settled(database, settings, sol, first, Verdict("restore", words="You are right."))
    assert ana.client.get("/me.json").json()["statements"][0]["asked"] is None
    assert "it is back where it stood. You are right." in ana.open("/me").text
    assert "The one in the corner shouts." in Person(ana.client).open(path).text
    assert TITLE in ana.open("/search?q=corner").text


@ON_SQLITE
def test_nothing_of_a_decided_appeal_is_left_on_the_disk(
    store: Database, settings: Settings, sol: Desk, ines: Desk
) -> None:
    ana = Writer()
    with store.transaction() as db:
        post = desks.waiting(db, by=ana)
    verdict = Verdict("remove", "person", ("Zhang the canary",), "Words of the canary.")
    desks.settled(store, settings, ines, post, verdict)
    filed(store, settings, told(store, settings, ana)[0].id, "Appeal of the canary.")
    with store.reading() as db:
        sealed = db.scalars(select(Appeal.text)).one()
        kept = db.scalars(select(Statement.sealed)).one()
    files = [path for path in settings.var.rglob("*") if path.is_file()]
    assert sealed
    assert any(sealed in path.read_bytes() for path in files)
    desks.settled(store, settings, sol, post, Verdict("uphold", words="Answer of the canary."))
    store.close()
    maintain.site(store, settings)
    store.close()
    written = b"".join(path.read_bytes() for path in settings.var.rglob("*") if path.is_file())
    assert kept in written  # the statement waits for its writer
    assert sealed not in written
    assert b"canary" not in written
