"""Employers' replies at the desk: the same queue, powers, statements and appeals as posts."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.employers.models import Employer
from app.moderation import (
    appeals,
    deciding,
    hiding,
    items,
    leases,
    legal,
    notices,
    pointing,
    purging,
    queue,
    statements,
    two_persons,
    undoing,
)
from app.moderation.desk import Beaten, Desk, Refused, Verdict
from app.moderation.models import AuditOpening, KeptText, Proposal
from app.moderation.notices import Given
from app.moderation.queue import Filter
from app.replies import showing, writing
from app.replies.models import Reply
from app.replies.writing import Hand
from app.settings import Settings
from app.staff import adding
from app.staff.models import Staff
from app.web import editions
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import APPROVE, DAY, NOW, REMOVE, TODAY
from tests.people import Person
from tests.staff.desk import signed_in
from tests.threads.accounts import Writer

SAID = "Mr Zhang has left us since."


def answered(db: Session, employer: Employer, text: str = SAID, *, page: bool = False) -> Reply:
    """Let an employer answer in a thread about it, or on its own page."""
    hand = Hand(employer, desks.staff(db, f"ann-{employer.slug}", "representative").id)
    post = None if page else Writer().open(db, "The bell rang.", employer=employer).post.id
    return writing.write(db, hand, post, text, TODAY)


def now_is(db: Session, reply: Reply) -> Reply:
    return db.get_one(Reply, reply.id, populate_existing=True)


def settled(
    store: Database, settings: Settings, desk: Desk, reply: Reply, verdict: Verdict
) -> deciding.Decided:
    with store.transaction() as db:
        version = now_is(db, reply).version
        leases.claim(db, desk, "reply", reply.id, version, NOW)
        return deciding.decide(db, settings, desk, "reply", reply.id, version, verdict, NOW)


@SQLITE_FIRST
def test_one_queue_for_posts_and_replies(
    store: Database, acme: Employer, ines: Desk, tomas: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.transaction() as db:
        reply = answered(db, acme)
        page = answered(db, factories.employer(db, "Birch"), "Call 138 1234 5678.", page=True)
        old = desks.waiting(db, severity=4, why="looked_at_first", since=TODAY - DAY)
        grave = desks.waiting(db, severity=2)
        leases.claim(db, tomas, "reply", page.id, 1, NOW)
        named = db.scalars(select(Staff.name).where(Staff.role == "representative")).all()
    order = [page.id, *sorted((grave.id, reply.id)), old.id]  # a name makes both of the second
    everything = []
    monkeypatch.setattr(queue, "AT_ONCE", 1)
    after: str | None = ""
    with store.reading() as db:
        while after is not None:
            found = queue.waiting(db, ines, NOW, after=after)
            everything += found.items
            after = found.next
        assert [each.id for each in everything] == order
        shown = {each.id: each for each in everything}
        assert (shown[page.id].kind, shown[page.id].state) == ("reply", "held")
        assert (shown[page.id].holder, shown[page.id].title) == ("tomas", None)
        assert shown[reply.id].title == "Lights out"
        assert not any(name in repr(shown) for name in named)
        assert queue.standing(db, ines, TODAY) == queue.Standing(4, 1)
        monkeypatch.setattr(queue, "AT_ONCE", 9)
        for chosen, ids in (
            (Filter(kind="reply"), [each for each in order if each in (page.id, reply.id)]),
            (Filter(kind="post"), [each for each in order if each in (grave.id, old.id)]),
            (Filter(kind="comment"), []),
            (Filter(why="phone"), [page.id]),
        ):
            found = queue.waiting(db, ines, NOW, chosen)
            assert [each.id for each in found.items] == ids, chosen
        tied = replace(ines, ties=frozenset({acme.id}))
        assert reply.id not in [each.id for each in queue.waiting(db, tied, NOW).items]
    with pytest.raises(Refused, match="tie"), store.transaction() as db:
        leases.claim(db, tied, "reply", reply.id, 1, NOW)


@SQLITE_FIRST
def test_removed_undone_appealed_restored(
    store: Database, settings: Settings, acme: Employer, ines: Desk, sol: Desk
) -> None:
    with store.transaction() as db:
        reply = answered(db, acme)
        thread = reply.thread_id
    assert thread is not None

    def seen() -> showing.Seen | None:
        with store.reading() as db:
            return showing.in_thread(db, thread)

    def edition() -> int | None:
        asked = select(editions.ScopedEdition.number)
        with store.reading() as db:
            return db.scalar(asked.where(editions.ScopedEdition.scope == f"thread:{thread.hex()}"))

    before, number = seen(), edition()
    made = settled(store, settings, ines, reply, REMOVE)
    assert (made.before, made.after, made.kind) == ("pending", "removed", "reply")
    gone = seen()
    assert gone is not None
    assert (gone.state, gone.why, gone.text, gone.day) == ("removed", "person", None, TODAY)
    assert edition() != number
    assert made.undo is not None
    with store.transaction() as db:
        undoing.undo(db, settings, ines, made.undo, NOW)
        assert statements.own(db, settings, [reply.id], TODAY) == []
    assert seen() == before
    settled(store, settings, ines, reply, REMOVE)
    with store.transaction() as db:
        [told] = statements.own(db, settings, [reply.id], TODAY)
        assert (told.kind, told.state, told.passages) == ("reply", "removed", ("Mr Zhang",))
        assert told.path == f"/reply/appeals/{told.id.hex()}"
        assert appeals.file(db, settings, told.id, "He is our chief executive.", TODAY)
        [line] = db.scalars(select(AuditOpening).where(AuditOpening.number == told.number)).all()
        assert line.employer_id == acme.id
    with store.reading() as db:
        [waits] = appeals.open_ones(db, sol, TODAY)
        assert (waits.kind, waits.item_id, waits.case) == ("reply", reply.id, True)
        tied = replace(sol, ties=frozenset({acme.id}))
        assert appeals.open_ones(db, tied, TODAY) == []
        [asked] = queue.waiting(db, sol, NOW, Filter(appeals=True)).items
        assert asked.id == reply.id
    settled(store, settings, sol, reply, Verdict("restore", words="So he is."))
    assert before is not None
    assert seen() == before._replace(state="published", why=None)
    with store.reading() as db:
        [told] = statements.own(db, settings, [reply.id], TODAY)
        assert (told.appeal, told.answer, told.asked) == ("restored", "So he is.", "")


@SQLITE_FIRST
def test_hidden_sent_back_suppressed(
    store: Database, settings: Settings, acme: Employer, ines: Desk, sol: Desk, vera: Desk
) -> None:
    with store.transaction() as db:
        reply = answered(db, acme, page=True)
        hand = Hand(acme, reply.staff_id)
    settled(store, settings, ines, reply, Verdict("hide", "contact"))
    with store.transaction() as db:
        assert hiding.end(db, TODAY + 2 * DAY) == 0
        assert hiding.end(db, TODAY + 3 * DAY) == 1
        assert hiding.end(db, TODAY + 3 * DAY) == 0
        assert (now_is(db, reply).state, now_is(db, reply).severity) == ("pending", 1)
    # An edit makes what is being decided void.
    with store.transaction() as db:
        version = now_is(db, reply).version
        leases.claim(db, ines, "reply", reply.id, version, NOW)
    with store.transaction() as db:
        writing.edit(db, reply.id, hand, "He left us.", NOW)
    with pytest.raises(Beaten, match="changed"), store.transaction() as db:
        deciding.decide(db, settings, ines, "reply", reply.id, version, APPROVE, NOW)
    settled(store, settings, ines, reply, Verdict("return", "person"))
    with store.transaction() as db:
        told = statements.own(db, settings, [reply.id], TODAY)[0]
        assert told.editable
        assert told.form_path == f"/reply/{reply.id.hex()}"
        writing.edit(db, reply.id, hand, "Somebody left us.", NOW)
        assert now_is(db, reply).state == "held"
        assert statements.own(db, settings, [reply.id], TODAY)[0].state == "held"
    erase = Verdict("suppress", "person")
    assert settled(store, settings, sol, reply, erase).proposed
    with store.transaction() as db:
        assert len(two_persons.open_ones(db, vera)) == 1
        purging.purge(db, TODAY)
        assert db.scalars(select(Proposal)).all()  # it stands, because the reply does
    with pytest.raises(Refused, match="same_person"):
        settled(store, settings, sol, reply, erase)
    assert settled(store, settings, vera, reply, erase).after == "suppressed"
    with store.transaction() as db:
        assert now_is(db, reply).text is None
        assert db.scalars(select(KeptText)).all() == []
        told = statements.own(db, settings, [reply.id], TODAY)[0]
        assert (told.action, told.passages, told.words) == ("suppress", (), "")
        appeals.file(db, settings, told.id, "Nobody was named.", TODAY)
        third = desks.staff(db, "third", "senior")
        assert [each.case for each in appeals.open_ones(db, third, TODAY)] == [False]
        appeals.answer(db, settings, third, told.id, "restored", "", TODAY)
        again = writing.write(db, hand, None, "We are looking for somebody.", TODAY)
        assert (again.id != reply.id, again.state) == (True, "pending")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_withdrawn_is_forgotten_by_the_night(
    store: Database, settings: Settings, acme: Employer, ines: Desk
) -> None:
    with store.transaction() as db:
        reply = answered(db, acme)
    settled(store, settings, ines, reply, REMOVE)
    with store.transaction() as db:
        [told] = statements.own(db, settings, [reply.id], TODAY)
        appeals.file(db, settings, told.id, "Why?", TODAY)
        writing.withdraw(db, reply.id, acme, NOW)
        purging.purge(db, TODAY)
        [told] = statements.own(db, settings, [reply.id], TODAY)
        assert (told.passages, told.appeal, told.asked) == ((), "closed", "")
        assert db.scalars(select(KeptText)).all() == []
        assert items.of(db, reply.id) is not None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_answered_for_an_employer_never_judges_it(store: Database, acme: Employer) -> None:
    with store.transaction() as db:
        reply = answered(db, acme)
        staff = db.get_one(Staff, reply.staff_id)
        staff.employer_id = acme.id
        adding.change_role(db, staff, "moderator")
        ann = desks.of(db, staff)
        assert reply.id not in [each.id for each in queue.waiting(db, ann, NOW).items]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_moderator_decides_on_its_page(
    app: FastAPI, database: Database, browsers: Callable[..., object]
) -> None:
    with database.transaction() as db:
        acme = factories.employer(db, "Acme")
        inside = answered(db, acme, "Ask Mr Zhang: 138 1234 5678.")
        page = writing.write(db, Hand(acme, inside.staff_id), None, SAID, TODAY)
        name = db.get_one(Staff, inside.staff_id).name
    mira = Person(signed_in(app, "moderator"))
    mira.open("/desk?part=reply")
    assert "employer’s reply in Lights out" in mira.text
    mira.open(f"/desk/cases/reply/{inside.id.hex()}")
    for says in ("Employer’s reply", "Acme", "The bell rang.", "Held: nobody but the desk"):
        assert says in mira.text
    marks = ["".join(mark.itertext()) for mark in mira.page.iter("mark")]
    assert any(mark.startswith("138 1234 5678") for mark in marks)
    assert name not in mira.html
    assert inside.staff_id.hex() not in mira.html
    assert "counts against" not in mira.text
    mira.post(f"{mira.path}/decide", version="1", do="remove", reason="contact")
    assert mira.path == f"/desk/cases/reply/{page.id.hex()}"
    assert "on the employer’s own page" in mira.text
    mira.post(f"{mira.path}/decide", version="1", do="approve")
    assert mira.path == "/desk"
    reader = Person(browsers())
    assert "Mr Zhang has left us" in reader.open("/employers/acme").text
    # It never appeared, so nothing tells that there was anything.
    assert inside.thread_id is not None
    assert "employer-reply" not in reader.open(f"/threads/{inside.thread_id.hex()}").html
    assert Person(signed_in(app, "senior")).open("/desk/log").status == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_notice_about_a_reply_brings_it_to_the_desk(
    store: Database, settings: Settings, acme: Employer, ines: Desk, sol: Desk
) -> None:
    with store.transaction() as db:
        inside = answered(db, acme)
        page = writing.write(db, Hand(acme, inside.staff_id), None, "All is well.", TODAY)
    assert inside.thread_id is not None
    for reply in (inside, page):
        settled(store, settings, ines, reply, APPROVE)
    sites = ("https://lamplight.test",)
    with store.transaction() as db:
        for address, meant in (
            (f"/threads/{inside.thread_id.hex()}#employer-reply", inside.id),
            ("https://lamplight.test/employers/acme#employer-reply", page.id),
            (f"/threads/{inside.thread_id.hex()}", inside.thread_id),
        ):
            pointed = pointing.read(address, sites)
            assert pointed is not None
            found = notices.item_at(db, pointed)
            assert found is not None
            assert found.id == meant
        said = Given("private", "fabricated", "He has not left at all.", "has left us")
        again = notices.receive(db, settings, random_id(), random_id(), inside.id, said)
        assert (again.state, again.outcome) == ("closed", "judged")  # in this very wording
        law = replace(said, party="lawyer", reason="legal_notice", place="EU")
        claimed = notices.receive(db, settings, random_id(), random_id(), inside.id, law)
        assert (claimed.kind, claimed.state) == ("reply", "open")
        writing.edit(db, page.id, Hand(acme, inside.staff_id), "All is quite well.", NOW)
        open_one = notices.receive(db, settings, random_id(), random_id(), page.id, said)
        assert open_one.state == "open"
        writing.withdraw(db, page.id, acme, NOW)
        legal.due(db, TODAY)
        db.refresh(open_one)
        assert (open_one.state, open_one.outcome) == ("closed", "withdrawn")
    assert settled(
        store, settings, sol, inside, Verdict("remove", "legal_notice", words="The court says so.")
    ).proposed
