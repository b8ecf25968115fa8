"""Attacks on the desk that worked once, each as somebody would carry it out."""

from time import process_time
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.db import Database, random_id
from app.employers.models import Employer
from app.evidence.models import EvidenceImage
from app.moderation import (
    appeals,
    audit,
    deciding,
    leases,
    log,
    notices,
    queue,
    sampling,
    statements,
    wording,
)
from app.moderation.cases import path_of
from app.moderation.desk import Desk, Refused, Verdict
from app.moderation.models import Appeal, KeptText, Statement
from app.moderation.notice_models import Notice
from app.moderation.notices import Given
from app.replies import writing
from app.replies.models import Reply
from app.replies.writing import Hand
from app.settings import Settings
from app.threads.models import Post, Thread
from app.triage.reasons import STRIKE
from tests.moderation import desks
from tests.moderation.acts import FIRST, act
from tests.moderation.desks import APPROVE, NOW, TODAY, settled
from tests.people import Person
from tests.staff.desk import signed_in
from tests.threads.accounts import Writer

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ALIKE = "the stand-up begins at nine in the evening and nobody may leave before it is over, ask"


def noticed(store: Database, settings: Settings, post: Post, **said: Any) -> bytes:
    """Send a notice about a post, and return its id."""
    given = {"party": "private", "reason": "person", "words": "It names my sister.", "passage": ""}
    sent = random_id()
    with store.transaction() as db:
        notices.receive(db, settings, sent, sent, post.id, Given(**{**given, **said}))
    return sent


def contested(store: Database, settings: Settings, notice: bytes) -> bool:
    with store.transaction() as db:
        return notices.contest(db, settings, db.get_one(Notice, notice), "Look once more at it.")


def appealed(store: Database, settings: Settings) -> bytes:
    """Appeal against the one statement there is, and return its id."""
    with store.transaction() as db:
        statement = db.scalars(select(Statement)).one().id
        appeals.file(db, settings, statement, "It is a role.", TODAY)
    return statement


@ON_SQLITE
def test_notices_cannot_leave_an_item_to_nobody(
    store: Database, settings: Settings, ines: Desk, tomas: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
    settled(store, settings, ines, post, APPROVE)
    assert contested(store, settings, noticed(store, settings, post))
    settled(store, settings, tomas, post, APPROVE)
    assert not contested(store, settings, noticed(store, settings, post))
    with store.transaction() as db:
        desks.again(db, post).state = "flagged"
    assert settled(store, settings, ines, post).after == "removed"


@ON_SQLITE
def test_one_senior_brings_nothing_back_that_the_law_was_called_against(
    store: Database, settings: Settings, ines: Desk, tomas: Desk, sol: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
    noticed(store, settings, post, party="lawyer", reason="legal_notice", place="UK")
    back = Verdict("return", "person", (), "Leave the name out.")
    for person in (ines, tomas):
        settled(store, settings, person, post, back)
    statement = appealed(store, settings)
    with store.transaction() as db, pytest.raises(Refused, match="power"):
        appeals.answer(db, settings, sol, statement, "restored", "It may stand.", TODAY)


@ON_SQLITE
def test_a_picture_given_back_takes_no_other_strike_away(
    store: Database, settings: Settings, ines: Desk, tomas: Desk, sol: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
        shows = {"alternative": "A payslip", "width": 80, "height": 60}
        db.add(EvidenceImage(id=random_id(), post_id=post.id, **shows))
    settled(store, settings, ines, post, Verdict("remove_image", "image"))
    statement = appealed(store, settings)
    settled(store, settings, tomas, post, Verdict("remove", "spam"))
    with store.transaction() as db:
        appeals.answer(db, settings, sol, statement, "restored", "It was harmless.", TODAY)
        assert desks.again(db, post).strike_until == TODAY + STRIKE


@ON_SQLITE
def test_a_verdict_on_copies_quotes_no_writer_to_another(
    app: FastAPI, database: Database, settings: Settings
) -> None:
    ana, bo = Writer(), Writer()
    with database.transaction() as db:
        first = desks.waiting(db, f"{ALIKE} 13812345678.", by=ana, why="copies")
        second = desks.waiting(db, f"{ALIKE} 13998765432.", by=bo, why="copies")
    path, copy = path_of("post", first.id), f"post.{second.id.hex()}.1"
    mira = Person(signed_in(app)).open(path)
    assert mira.form(f"{path}/decide")[1]["copy0"] == copy
    mira.submit(f"{path}/decide", do="remove", reason="contact")
    for writer, post, said in ((ana, first, ("13812345678",)), (bo, second, ())):
        with database.reading() as db:
            assert writer.posts(db)[0].state == "removed"
            (told,) = statements.own(db, settings, [post.id], TODAY)
        assert told.passages == said


@ON_SQLITE
def test_no_number_in_an_address_breaks_the_desk(app: FastAPI, database: Database) -> None:
    with database.transaction() as db:
        path = path_of("post", desks.waiting(db).id)
    desk = signed_in(app)
    for number in ("9" * 30, "9" * 5000, "-1"):
        assert desk.get(f"/desk?after={number}.2026-01-01.00").status_code == 200
        assert desk.get(f"/desk/queue?at={path}&version={number}").status_code == 200
        sent = desk.post(f"{path}/release", data={"place": f"{number}.2026-01-01.00"})
        assert sent.status_code == 303


@ON_SQLITE
def test_the_picture_of_what_was_removed_is_for_seniors_like_its_words(
    app: FastAPI, database: Database, settings: Settings
) -> None:
    image = random_id()
    app.state.store.put(image, b"a picture")
    with database.transaction() as db:
        ines, post = desks.staff(db, "ines"), desks.waiting(db)
        shows = {"alternative": "A payslip", "width": 80, "height": 60}
        db.add(EvidenceImage(id=image, post_id=post.id, **shows))
    settled(database, settings, ines, post)
    path = f"{path_of('post', post.id)}/image"
    assert signed_in(app).get(path).status_code == 404
    assert signed_in(app, "senior").get(path).status_code == 200


@ON_SQLITE
def test_long_copies_slow_the_desk_down_once(store: Database, ines: Desk) -> None:
    said = " ".join(f"word{number}" for number in range(1_000))
    with store.transaction() as db:
        for number in range(30):
            desks.waiting(db, f"{said} {number}", why="copies")

    def look() -> float:
        began = process_time()
        with store.reading() as db:
            found = queue.waiting(db, ines, NOW).items
        assert {len(each.copies) for each in found} == {29}
        return process_time() - began

    first = look()
    assert min(look() for _ in range(5)) < first / 2


@ON_SQLITE
def test_an_employer_that_answers_often_has_nobodys_lines_named(
    store: Database, acme: Employer
) -> None:
    with store.transaction() as db:
        for kind in (*["reply"] * 5, *["event"] * 5, "employer", *["comment"] * 4):
            audit.write(db, act(kind=kind, employer_id=acme.id), FIRST)
        assert not [line for line in log.newest(db, TODAY, None, 50) if line.named]
        audit.write(db, act(employer_id=acme.id), FIRST)
        assert all(line.named for line in log.newest(db, TODAY, None, 50))


@ON_SQLITE
def test_no_statement_and_no_sample_tells_a_title_that_waits(
    store: Database, settings: Settings, acme: Employer, ines: Desk, vera: Desk
) -> None:
    told, now = Verdict("return", "person", (), "Leave the name out."), NOW - desks.DAY
    with store.transaction() as db:
        thread = desks.waiting(db, employer=acme)
        post = desks.waiting(db, to=thread)
        staff = desks.staff(db, "rep", "representative")
        reply = writing.write(db, Hand(acme, staff.id), thread.id, "Mr Zhang left.", TODAY)
        leases.claim(db, ines, "reply", reply.id, reply.version, now)
        deciding.decide(db, settings, ines, "reply", reply.id, reply.version, told, now)
    line = settled(store, settings, ines, post, told, now)
    with store.transaction() as db:
        found = db.get_one(Thread, thread.id)
        found.title, found.listed = "Mr Zhang, 138 1234 5678", False
        desks.again(db, thread).state = "held"
        db.flush()
        for item in (post.id, reply.id):
            (statement,) = statements.own(db, settings, [item], TODAY)
            assert wording.words(db, settings, statement).title is None
        assert sampling.shown(db, settings, vera, line.number, "en", TODAY).title is None


@ON_SQLITE
def test_an_answer_written_anew_can_be_removed_again(
    app: FastAPI, database: Database, acme: Employer, settings: Settings
) -> None:
    with database.transaction() as db:
        ines = desks.staff(db, "ines")
    rep = Person(signed_in(app, "representative", employer_id=acme.id))
    for number, text in enumerate(("The boss left.", "The boss left again.")):
        rep.post("/reply/write", text=text)
        with database.transaction() as db:
            reply = db.scalars(select(Reply)).one()
            leases.claim(db, ines, "reply", reply.id, reply.version, NOW)
            deciding.decide(db, settings, ines, "reply", reply.id, reply.version, desks.REMOVE, NOW)
            told = statements.own(db, settings, [reply.id], TODAY)[0]
            assert wording.words(db, settings, told).text == text
            appeals.file(db, settings, told.id, "It is a role.", TODAY)
        assert rep.post(f"/reply/{reply.id.hex()}/withdraw").path == "/reply"
        with database.reading() as db:
            assert list(db.scalars(select(KeptText))) == []
            assert {told.sealed for told in db.scalars(select(Statement))} == {b""}
            ended = [(each.state, each.text) for each in db.scalars(select(Appeal))]
            assert ended == [("closed", None)] * (number + 1)
