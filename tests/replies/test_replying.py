"""An employer's answers: written by a representative, read by everybody, changed, withdrawn."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.employers import merging
from app.employers.models import Employer
from app.moderation import deciding, leases
from app.moderation.desk import Verdict
from app.replies import showing, writing
from app.replies.models import Reply
from app.replies.writing import Hand, TakenAlready
from app.threads.models import Post, Thread
from app.threads.replied import document, replied
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import DAY, NOW, TODAY
from tests.people import Person
from tests.staff.desk import signed_in
from tests.threads.accounts import Writer

Answers = Callable[..., Person]
SAID = "We pay overtime since May, and **the lift** is mended."
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def answers(app: FastAPI) -> Answers:
    """Give a maker of representatives who have signed in."""

    def make(employer: Employer, lang: str = "en") -> Person:
        client = signed_in(app, "representative", employer_id=employer.id)
        client.headers["accept-language"] = lang
        return Person(client)

    return make


@pytest.fixture
def talk(database: Database, acme: Employer) -> str:
    """Let somebody open a thread about Acme; return its address."""
    with database.transaction() as db:
        post = Writer().open(db, "The bell rang again.", employer=acme).post
    return f"/threads/{post.id.hex()}"


def reply_of(database: Database, path: str = "") -> Reply:
    """Return the reply in a thread, or the only one."""
    asked = select(Reply)
    if path:
        asked = asked.where(Reply.subject == bytes.fromhex(path.rpartition("/")[2]))
    with database.reading() as db:
        return db.scalars(asked).one()


@SQLITE
def test_an_answer_stands_where_it_was_written_and_names_nobody(
    answers: Answers, acme: Employer, talk: str, app: FastAPI, database: Database
) -> None:
    ann, reader = answers(acme), Person(answers(acme).client)
    assert "Nothing yet" in ann.open("/reply").text
    assert "employer-reply" not in reader.open(talk).html
    ways = [a.get("href", "") for a in ann.page.iter("a") if "thread=" in a.get("href", "")]
    ann.open(ways[0]).submit("/reply/write", text=SAID)
    assert (ann.status, ann.path) == (200, "/reply")
    ann.post("/reply/write", text="What is **said** of us is read.")
    for path, said in ((talk, "the lift"), ("/employers/acme", "said")):
        html = reader.open(path).html
        assert f"<strong>{said}</strong>" in html
        assert "verified representative of Acme" in html
        assert "representative-" not in html  # how the test calls the account
    told = reader.client.get(f"{talk}.json").json()["reply"]
    assert told == {"text": SAID, "day": app.state.settings.today().isoformat()}
    with database.reading() as db:
        rows = db.scalars(select(Reply)).all()
        assert {(row.state, row.severity, row.why) for row in rows} == {
            ("pending", 4, "looked_at_first")
        }
    assert "Readers see it; the desk looks at it." in ann.open("/reply").text


@SQLITE
def test_what_the_form_does_not_take_is_said_beside_the_field(
    answers: Answers, acme: Employer, talk: str, database: Database
) -> None:
    with database.transaction() as db:
        other = Writer().open(db, employer=factories.employer(db, "Birch")).post
        gone = Writer().open(db, employer=acme).post
        db.get_one(Thread, gone.id).listed = False
    ann, lost = answers(acme), f"/threads/{bytes(16).hex()}"
    for thread, text, field, says in (
        ("", "", "text", "Write something first"),
        ("", "a" * 2_001, "text", "too long"),
        ("nonsense", "Hm.", "thread", "no address of a thread"),
        (lost, "Hm.", "thread", "no address of a thread"),
        (f"/threads/{other.id.hex()}", "Hm.", "thread", "not about your employer"),
        (f"/threads/{gone.id.hex()}", "Hm.", "thread", "out of sight"),
    ):
        ann.post("/reply/write", thread=thread, text=text)
        assert (ann.status, says in ann.errors[field]) == (422, True), (thread, ann.text)
        assert text[:50] in ann.html
    full = f"https://lamplight.test{talk}/at/0#p0"
    assert ann.post("/reply/write", thread=full, text=SAID).path == "/reply"
    # The same again is the same; something else is a second answer, and that is one too many.
    assert ann.post("/reply/write", thread=full, text=SAID).path == "/reply"
    ann.post("/reply/write", thread=full, text="Another thing.")
    assert "answered there already" in ann.errors["thread"]
    assert "Another thing." in ann.html


@SQLITE
@pytest.mark.deep
def test_what_identifies_somebody_is_marked_before_it_is_sent(
    answers: Answers, acme: Employer, database: Database
) -> None:
    ann, text = answers(acme), "Call Mr Zhou Lin: 138 1234 5678."
    ann.open("/reply/write").submit(text=text)
    marks = ["".join(mark.itertext()) for mark in ann.page.iter("mark")]
    assert [mark for mark in marks if mark.startswith("138 1234 5678")]
    ann.submit(press="remove=all")
    assert "138" not in ann.form()[1]["text"]
    ann.submit(text=text)
    digest = next(b.get("value", "") for b in ann.page.iter("button") if b.get("name") == "anyway")
    ann.submit(press=f"anyway={digest}")
    assert ann.path == "/reply"
    held = reply_of(database)
    assert (held.state, held.day, held.severity) == ("held", None, 1)
    assert "employer-reply" not in ann.open("/employers/acme").html
    assert "The desk reads it before anybody else" in ann.open("/reply").text


@SQLITE
def test_changing_and_withdrawing(
    answers: Answers, acme: Employer, talk: str, database: Database, app: FastAPI
) -> None:
    ann, bo, zh = answers(acme), answers(acme), answers(acme, "zh")
    ann.post("/reply/write", thread=talk, text=SAID)
    first = reply_of(database)
    with database.transaction() as db:
        db.get_one(Reply, first.id).judged = True
    at = f"/reply/{first.id.hex()}"
    # A colleague may, and nobody else.
    assert bo.open(f"{at}/edit").submit(text="We pay it since June.").path == "/reply"
    assert "since June" in bo.open(talk).html
    assert "公司的回应" in zh.open(talk).text
    now = reply_of(database)
    assert (now.version, now.judged, now.severity) == (first.version + 1, False, 4)
    with database.transaction() as db:
        birch = factories.employer(db, "Birch")
    stranger = answers(birch)
    for path in (f"{at}/edit", f"{at}/withdraw"):
        assert stranger.open(path).status == 404
        assert stranger.post(path, text="Ours.").status == 404
        assert Person(signed_in(app, "moderator")).open(path).status == 403
        assert Person(signed_in(app, "senior")).post(path, text="Ours.").status == 403
    # Signed out meanwhile: nothing is lost.
    bo.open(f"{at}/edit")
    values = bo.form()[1] | {"text": "Typed at length."}
    bo.client.cookies.clear()
    assert bo.post(f"{at}/edit", **values).status == 403
    assert "Typed at length." in bo.html
    assert "Sign in in another tab" in bo.text
    # While the desk decides on it, a change waits.
    with database.transaction() as db:
        held = db.get_one(Reply, first.id)
        held.holder, held.lease_until = random_id(), app.state.settings.now() + DAY
    assert ann.open(f"{at}/edit").submit(text="We pay it since July.").path == "/reply"
    assert "The desk had it when you changed it" in ann.text
    assert "你修改或重写的时候" in zh.open("/reply").text
    assert "Out of sight while the desk looks at it." in ann.open(talk).text
    assert ann.open(f"{at}/withdraw").submit().path == "/reply"
    assert "employer-reply" not in ann.open(talk).html
    assert ann.client.get(f"{talk}.json").json()["reply"] is None
    gone = reply_of(database)
    assert (gone.state, gone.text, gone.day, gone.severity) == ("withdrawn", None, None, None)
    # Its place is free again.
    with database.transaction() as db:
        db.get_one(Reply, first.id).why = None
    assert ann.post("/reply/write", thread=talk, text="Once more.").path == "/reply"
    assert reply_of(database).id == first.id
    assert "Once more." in ann.open(talk).html


def hand(db: Session, employer: Employer) -> Hand:
    """Somebody who answers for an employer."""
    return Hand(employer, desks.staff(db, random_id().hex()[:20], "representative").id)


@SQLITE_FIRST
def test_one_for_each_thread_and_one_for_the_page(database: Database, acme: Employer) -> None:
    with database.transaction() as db:
        ann, birch = hand(db, acme), factories.employer(db, "Birch")
        bo, post = hand(db, birch), Writer().open(db, employer=acme).post
        page = writing.write(db, ann, None, " One.\r\n", TODAY)
        assert (page.text, page.subject, page.day) == ("One.", acme.id, TODAY)
        assert writing.write(db, ann, None, "One.", TODAY).id == page.id
        with pytest.raises(TakenAlready):
            writing.write(db, ann, None, "Two.", TODAY)
        other = writing.write(db, bo, None, "Of Birch.", TODAY)
        inside = writing.write(db, ann, post.id, "In the thread.", TODAY)
        assert len({page.id, other.id, inside.id}) == 3
        assert writing.edit(db, other.id, ann, "Ours.", NOW) is None
        assert writing.withdraw(db, other.id, acme, NOW) is None
        # Merged, the page shows one of them; both are the family's own.
        merging.merge(db, birch, acme)
        family = [acme.id, birch.id]
        seen = showing.on_page(db, acme.id, family)
        assert seen is not None
        assert seen.text == "One."
        assert len(showing.of(db, family)) == 3
        writing.withdraw(db, page.id, acme, NOW)
        seen = showing.on_page(db, acme.id, family)
        assert seen is not None
        assert seen.text == "Of Birch."
        with pytest.raises(TakenAlready):
            writing.write(db, ann, None, "Three.", TODAY)
        changed = writing.edit(db, other.id, ann, "Of both.", NOW + DAY)
        assert changed is not None
        assert (changed.day, changed.staff_id, changed.version) == (TODAY + DAY, ann.staff_id, 2)


@SQLITE_FIRST
def test_of_many_at_once_one_is_written(database: Database, acme: Employer) -> None:
    with database.transaction() as db:
        ann, post = hand(db, acme), Writer().open(db, employer=acme).post
    together = threading.Barrier(8)

    def answer(number: int) -> bool:
        together.wait(20)
        try:
            with database.transaction() as db:
                writing.write(db, ann, (post.id, None)[number % 2], f"We are {number}.", TODAY)
        except TakenAlready:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(answer, range(8))) == 2
    with database.reading() as db:
        rows = db.scalars(select(Reply)).all()
        assert {row.subject for row in rows} == {post.id, acme.id}
        assert {row.version for row in rows} == {1}


@SQLITE
def test_what_an_edit_leads_to(database: Database, acme: Employer) -> None:
    with database.transaction() as db:
        ann = hand(db, acme)
        reply = writing.write(db, ann, None, "One.", TODAY)
        for state, why, after, says in (
            ("published", None, "pending", "looked_at_first"),
            ("hidden", "contact", "hidden", "contact"),
            ("returned", "person", "held", "changed"),
            ("held", "phone", "pending", "looked_at_first"),
            ("flagged", "notice,legal", "pending", "notice"),
        ):
            before = reply.version
            reply.state, reply.why, reply.severity = state, why, 2
            reply.holder = random_id()
            db.flush()
            assert writing.edit(db, reply.id, ann, reply.text or "", NOW) is not None
            assert (reply.state, reply.version) == (state, before)  # nothing changed
            writing.edit(db, reply.id, ann, f"Not {state}.", NOW + DAY)
            db.refresh(reply)
            assert (reply.state, reply.version, reply.holder) == (after, before + 1, None)
            assert says in (reply.why or "").split(",")
        everything = Hand(acme, ann.staff_id, everything=True)
        writing.edit(db, reply.id, everything, "Three.", NOW)
        assert reply.state == "held"


@SQLITE
def test_an_answer_belongs_to_whom_the_thread_names_when_a_merging_is_undone(
    answers: Answers, database: Database, acme: Employer, talk: str
) -> None:
    with database.transaction() as db:
        birch = factories.employer(db, "Birch")
        merging.merge(db, db.get_one(Employer, acme.id), birch)
    bo, ann = answers(birch), answers(acme)
    assert bo.post("/reply/write", thread=talk, text="Of both.").path == "/reply"
    with database.transaction() as db:
        merging.undo(db, db.get_one(Employer, acme.id))
    at = f"/reply/{reply_of(database).id.hex()}"
    for path in (f"{at}/edit", f"{at}/withdraw"):
        assert bo.post(path, text="Of Birch.").status == 404
    assert "Of both." not in bo.open("/reply").text
    assert ann.open(f"{at}/edit").submit(text="Of Acme alone.").path == "/reply"
    with database.transaction() as db:
        writing.withdraw(db, reply_of(database).id, db.get_one(Employer, acme.id), NOW)
        stranger = hand(db, db.get_one(Employer, birch.id))
        with pytest.raises(TakenAlready):
            writing.write(db, stranger, bytes.fromhex(talk[9:]), "Ours now.", TODAY)


@SQLITE
def test_readers_see_why_one_is_out_of_sight(database: Database, acme: Employer) -> None:
    with database.transaction() as db:
        post = Writer().open(db, employer=acme).post
        writing.write(db, hand(db, acme), post.id, "Mr Zhou did it.", TODAY)
    for state, why, says in (
        ("removed", "person", "Removed by the moderators: names a person"),
        ("suppressed", "contact", "Removed by the moderators: contact data"),
        ("returned", "person", "Taken out until its writer has changed it"),
        ("hidden", "contact", "Out of sight while the desk looks at it."),
    ):
        with database.transaction() as db:
            reply = db.scalars(select(Reply)).one()
            reply.state, reply.why = state, why
            db.flush()
            shown = replied(showing.in_thread(db, post.id), "en")
        assert shown is not None
        assert shown.tomb is not None
        assert (says in shown.tomb.words, shown.text) == (True, ""), state
        assert document(shown) == {"gone": shown.tomb.gone, "reason": shown.tomb.reason}


@SQLITE
def test_a_removed_answer_is_explained_and_appealed(
    answers: Answers, acme: Employer, talk: str, database: Database, app: FastAPI
) -> None:
    ann, bo = answers(acme), answers(acme)
    with database.transaction() as db:
        birch = factories.employer(db, "Birch")
        ines = desks.staff(db, "ines")
        post = db.get_one(Post, bytes.fromhex(talk[9:]))
        reply = writing.write(db, hand(db, acme), post.id, "Mr Zhang left us.", TODAY)
        leases.claim(db, ines, "reply", reply.id, 1, NOW)
        verdict = Verdict("remove", "person", ("Mr Zhang",), "Say what changed.")
        decided = (reply.id, 1, verdict, NOW)
        deciding.decide(db, app.state.settings, ines, "reply", *decided)
    ann.open("/reply")
    for says in ("Removed by the moderators.", "Names a person", "Mr Zhang", "Say what changed."):
        assert says in ann.text, says
    assert "counts against" not in ann.text
    way = next(a.get("href", "") for a in ann.page.iter("a") if "/appeals/" in a.get("href", ""))
    bo.open(way)
    assert "Mr Zhang left us." in bo.text  # the words that it is about, which readers see no more
    assert "which of you wrote" in bo.text
    for other in (answers(birch), Person(signed_in(app, "senior"))):
        assert other.open(way).status in {403, 404}
        assert other.post(way, text="Ours.").status in {403, 404}
    assert bo.submit(text=" ").status == 422
    values = {"text": "He is our chief executive."}
    away = answers(acme)
    away.client.cookies.clear()
    assert away.post(way, **values).status == 403
    assert values["text"] in away.html
    assert bo.open(way).submit(**values).status == 200
    assert "waits for somebody who has not decided" in bo.text
    assert "your appeal waits" in ann.open("/reply").text
    with database.reading() as db:
        assert db.scalars(select(Reply)).one().state == "appealed"
    assert "Removed by the moderators" in ann.open(talk).text
