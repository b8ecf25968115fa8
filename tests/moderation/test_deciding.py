"""Every decision of the desk: its guard, its line, its statement, and what becomes of the words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import Database
from app.employers.models import Employer
from app.evidence import attaching
from app.evidence.attaching import Attached
from app.moderation import effects, items, leases, statements, undoing
from app.moderation.desk import Beaten, Desk, NotThere, Refused, Undo, Verdict
from app.moderation.models import Appeal, AuditOpening, Decider, KeptText, Statement
from app.search.models import SearchEntry
from app.settings import Settings
from app.threads.models import Poll, PollChoice, Post, Thread
from app.triage.reasons import LEGAL, STRIKE
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import APPROVE, DAY, NOW, TODAY
from tests.threads.accounts import Writer, asked

HIDE = Verdict("hide", "contact")
SUPPRESS = Verdict("suppress", "sexual", ("Mr Zhang",))
MINUTE = timedelta(minutes=1)


def indexed(store: Database) -> set[bytes]:
    with store.reading() as db:
        return set(db.scalars(select(SearchEntry.item)))


def test_a_removal_and_its_undoing(store: Database, settings: Settings, ines: Desk) -> None:
    with store.transaction() as db:
        post = Writer().open(db, "Mr Zhang shouts.", poll=asked()).post
        post.state, post.severity, post.why, post.waits_since = "flagged", 2, "flags", TODAY - DAY
    assert post.id in indexed(store)
    done = desks.settled(store, settings, ines, post)
    assert (done.before, done.after, done.version) == ("flagged", "removed", post.version + 1)
    with store.reading() as db:
        row, thread = desks.again(db, post), db.get_one(Thread, post.id)
        assert (row.text, thread.title, thread.listed) == (None, None, False)
        assert (row.position, row.why, row.severity, row.holder) == (0, "person", None, None)
        assert row.strike_until == TODAY + STRIKE
        assert (db.get_one(Poll, post.id).question, thread.posts) == ("", 1)
        line, statement = desks.last(db), db.scalars(select(Statement)).one()
        assert (line.action, line.reason, line.source, line.days) == (
            "remove",
            "person",
            "flag",
            "1",
        )
        assert (line.number, statement.number, statement.reason) == (1, 1, "person")
        assert b"Zhang" not in db.get_one(KeptText, post.id).sealed
        kept = effects.kept(db, settings, post.id)
        assert kept
        assert kept["text"] == "Mr Zhang shouts."
        assert db.scalars(select(AuditOpening.staff_id)).one() == ines.id
    assert post.id not in indexed(store)
    assert done.undo
    way_back = Undo.from_bytes(done.undo.to_bytes())
    assert way_back == done.undo
    with store.transaction() as db:
        back = undoing.undo(db, settings, ines, way_back, NOW)
    assert (back.before, back.after) == ("removed", "flagged")
    with store.reading() as db:
        row, thread = desks.again(db, post), db.get_one(Thread, post.id)
        assert (row.text, thread.title, thread.listed) == ("Mr Zhang shouts.", "Lights out", True)
        assert (row.severity, row.why, row.waits_since) == (2, "flags", TODAY - DAY)
        assert (row.strike_until, row.judged, row.holder) == (None, False, ines.id)
        assert db.get_one(Poll, post.id).question == asked().question
        assert db.scalars(select(PollChoice.text).order_by(PollChoice.number)).all() == [
            "yes",
            "no",
        ]
        assert not db.scalars(select(Statement)).all()
        assert not db.scalars(select(KeptText)).all()
        assert (desks.lines(db), desks.last(db).action) == (2, "undo")
    assert post.id in indexed(store)
    with store.transaction() as db, pytest.raises(Beaten):
        undoing.undo(db, settings, ines, way_back, NOW)
    desks.settled(store, settings, ines, post, APPROVE)


@pytest.mark.parametrize(
    ("state", "verdict", "after", "strikes"),
    [
        ("pending", APPROVE, "published", False),
        ("held", APPROVE, "published", False),
        ("held", Verdict("remove", "off_topic"), "removed", False),
        ("pending", Verdict("remove", "spam"), "removed", True),
        ("held", Verdict("return", "person"), "returned", False),
        ("published", Verdict("return", "other", (), "Too long."), "returned", False),
        ("flagged", HIDE, "hidden", False),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_decisions(
    store: Database,
    settings: Settings,
    ines: Desk,
    state: str,
    verdict: Verdict,
    after: str,
    strikes: bool,
) -> None:
    with store.transaction() as db:
        first = desks.waiting(db)
        post = desks.waiting(db, "So it is.", to=first, state=state)
        if state == "held":
            make_unseen(db.get_one(Thread, first.id), post)
    done = desks.settled(store, settings, ines, post, verdict)
    assert (done.kind, done.before, done.after) == ("comment", state, after)
    with store.reading() as db:
        row, line = desks.again(db, post), desks.last(db)
        assert (row.state, row.judged, row.version) == (after, True, 2)
        assert (line.before, line.after, line.two) == (state, after, False)
        assert (row.strike_until is not None) == strikes
        assert (row.text is None) == (after == "removed")
        told = db.scalars(select(Statement.action)).all()
        assert told == ([] if verdict == APPROVE else [verdict.action])
        assert db.get_one(Thread, first.id).comments == (after == "published")
        assert (row.position is None) == (state == "held" and after != "published")
        assert (row.hidden_until, row.severity) == (
            (TODAY + 3 * DAY, 1) if after == "hidden" else (None, None)
        )
    with store.transaction() as db:
        assert done.undo
        undoing.undo(db, settings, ines, done.undo, NOW)
    with store.reading() as db:
        row = desks.again(db, post)
        assert (row.state, row.text, row.severity) == (state, "So it is.", 2)


def make_unseen(thread: Thread, post: Post) -> None:
    """Let a comment be as one that was held from the beginning."""
    post.position = post.name = post.day = None
    thread.posts, thread.comments = 1, 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_refused(
    store: Database, settings: Settings, acme: Employer, ines: Desk, sol: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db, employer=acme)
    tied, operator = replace(sol, ties=frozenset({acme.id})), replace(ines, role="operator")
    for desk, verdict, code in (
        (ines, Verdict("remove"), "reason"),
        (ines, Verdict("remove", "nonsense"), "reason"),
        *((ines, Verdict("remove", code, (), " "), "words") for code in ("other", *LEGAL)),
        (ines, Verdict("hide", "spam"), "reason"),
        (ines, SUPPRESS, "power"),
        (ines, Verdict("uphold"), "power"),
        (operator, APPROVE, "power"),
        (replace(sol, proven=False), SUPPRESS, "step_up"),
        (tied, APPROVE, "tie"),
        (sol, Verdict("remove_image", "image"), "no_image"),
    ):
        with store.transaction() as db:
            held = desks.again(db, post)
            held.holder, held.lease_until = desk.id, NOW + DAY
        with pytest.raises(Refused) as refused, store.transaction() as db:
            desks.decide(db, settings, desk, post, verdict)
        assert refused.value.code == code, verdict
    with store.transaction() as db:
        desks.again(db, post).holder = None
        for desk, code in ((tied, "tie"), (operator, "power")):
            with pytest.raises(Refused, match=code):
                desks.claim(db, desk, post)
        for kind, item_id in (("comment", post.id), ("post", bytes(16)), ("nonsense", post.id)):
            with pytest.raises(NotThere):
                leases.claim(db, ines, kind, item_id, 1, NOW)
        assert desks.lines(db) == 0


@SQLITE_FIRST
def test_who_is_beaten_learns_by_whom(
    store: Database, settings: Settings, ines: Desk, tomas: Desk
) -> None:
    writer = Writer()
    with store.transaction() as db:
        post = desks.waiting(db, by=writer)
        edited = desks.waiting(db, by=writer)
    with store.transaction() as db:
        until = desks.claim(db, ines, post)
        desks.claim(db, ines, edited)
        assert until == NOW + leases.LEASE
    for act in (desks.claim, lambda db, desk, post: desks.decide(db, settings, desk, post)):
        with pytest.raises(Beaten) as beaten, store.transaction() as db:
            act(db, tomas, post)
        assert (beaten.value.code, beaten.value.name) == ("taken", "ines")
    late = NOW + leases.LEASE + MINUTE
    with pytest.raises(Beaten, match="lapsed"), store.transaction() as db:
        desks.decide(db, settings, ines, post, now=late)
    with pytest.raises(Beaten, match="lapsed"), store.transaction() as db:
        leases.renew(db, ines, "post", post.id, post.version, late)
    # Whoever held it is gone for good; somebody else takes it.
    with store.transaction() as db:
        desks.claim(db, tomas, post, late)
    with store.transaction() as db:
        desks.decide(db, settings, tomas, post, now=late)
    with pytest.raises(Beaten) as beaten, store.transaction() as db:
        desks.decide(db, settings, ines, post, now=late)
    assert (beaten.value.code, beaten.value.name) == ("decided", "tomas")
    with store.transaction() as db:
        writer.withdraw(db, edited.id)
    with pytest.raises(Beaten, match="changed"), store.transaction() as db:
        desks.decide(db, settings, ines, edited)
    with store.reading() as db:
        assert desks.lines(db) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_leases_are_renewed_released_and_handed_over(
    store: Database, ines: Desk, tomas: Desk, sol: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
        assert desks.claim(db, ines, post, NOW + MINUTE) == NOW + timedelta(minutes=15)
        later = NOW + timedelta(minutes=6)
        assert leases.renew(db, ines, "post", post.id, 1, later) == NOW + timedelta(minutes=20)
        leases.release(db, tomas, "post", post.id)
        assert desks.again(db, post).holder == ines.id
        leases.release(db, ines, "post", post.id)
        assert desks.again(db, post).holder is None
        desks.claim(db, tomas, post)
        leases.hand_over(db, tomas, "post", post.id, NOW)
        assert items.codes(desks.again(db, post).why) == ("handed_over", "name")
        with pytest.raises(Refused, match="power"):
            desks.claim(db, ines, post)
        desks.claim(db, sol, post)


@SQLITE_FIRST
def test_an_appeal_goes_to_another_and_keeps_the_place(
    store: Database, settings: Settings, sol: Desk, vera: Desk
) -> None:
    with store.transaction() as db:
        first = desks.waiting(db)
        post = desks.waiting(db, "So it is.", to=first)
    removed = desks.settled(store, settings, sol, post)
    appeal(store, post)
    with pytest.raises(Refused, match="earlier_decider"), store.transaction() as db:
        desks.claim(db, sol, desks.again(db, post))
    with store.transaction() as db:
        row = desks.again(db, post)
        row.holder, row.lease_until = sol.id, NOW + DAY
    with pytest.raises(Refused, match="earlier_decider"), store.transaction() as db:
        desks.decide(db, settings, sol, desks.again(db, post), Verdict("restore"))
    with store.transaction() as db:
        desks.again(db, post).holder = None
    done = desks.settled(store, settings, vera, post, Verdict("restore", words="You were right."))
    assert (done.before, done.after, done.undo) == ("appealed", "published", None)
    with store.reading() as db:
        row, line = desks.again(db, post), desks.last(db)
        assert (row.text, row.position, row.why, row.strike_until) == ("So it is.", 1, None, None)
        assert (line.source, line.outcome, line.reason) == ("appeal", "restored", "person")
        assert db.get_one(Thread, first.id).comments == 1
        settled = db.scalars(select(Appeal)).one()
        assert (settled.state, settled.text) == ("restored", None)
        assert not db.scalars(select(KeptText)).all()
        assert {row.staff_id for row in db.scalars(select(Decider))} == {sol.id, vera.id}
    assert removed.number == 1
    assert post.id in indexed(store)


def appeal(store: Database, post: Post) -> None:
    """Let the writer of something removed appeal, as the activity page does."""
    with store.transaction() as db:
        row = desks.again(db, post)
        row.state, row.version, row.severity, row.waits_since = (
            *("appealed", row.version + 1, 2),
            TODAY,
        )
        statement = db.scalars(select(Statement).where(Statement.item_id == post.id)).one()
        db.add(Appeal(statement_id=statement.id, state="open", day=TODAY, text=b"sealed"))


@SQLITE_FIRST
def test_an_upheld_appeal_leaves_the_tombstone(
    store: Database, settings: Settings, ines: Desk, sol: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
    desks.settled(store, settings, ines, post)
    appeal(store, post)
    desks.settled(store, settings, sol, post, Verdict("uphold"))
    with store.reading() as db:
        row = desks.again(db, post)
        assert (row.state, row.why, row.severity) == ("removed", "person", None)
        assert row.strike_until == TODAY + STRIKE
        assert db.scalars(select(Appeal.state)).all() == ["upheld"]
        assert db.get(KeptText, post.id)


def test_suppression_takes_two_and_erases(
    store: Database, settings: Settings, ines: Desk, sol: Desk, vera: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
        attaching.attach(db, post.id, Attached(b"i" * 16, "Mr Zhang", 9, 9))
    desks.settled(store, settings, ines, post)
    proposed = desks.settled(store, settings, sol, post, SUPPRESS)
    assert (proposed.proposed, proposed.before, proposed.after) == (True, "removed", "removed")
    with pytest.raises(Refused, match="same_person"):
        desks.settled(store, settings, sol, post, SUPPRESS)
    with store.transaction() as db:
        leases.release(db, sol, "post", post.id)
    done = desks.settled(store, settings, vera, post, SUPPRESS)
    assert (done.after, done.images, done.undo) == ("suppressed", (b"i" * 16,), None)
    with store.reading() as db:
        row, line = desks.again(db, post), desks.last(db)
        assert (row.text, row.position, row.why) == (None, 0, "sexual")
        assert (line.action, line.two, line.before) == ("suppress", True, "removed")
        assert desks.lines(db) == 3
        assert not db.scalars(select(KeptText)).all()
        told = db.scalars(select(Statement).order_by(Statement.number)).all()
        assert [statement.action for statement in told] == ["remove", "suppress"]
        assert [statements.of(db, settings, each, None).passages for each in told] == [(), ()]
    assert post.id not in indexed(store)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_proposals_are_void_withdrawn_and_replaced(
    store: Database, settings: Settings, ines: Desk, sol: Desk, vera: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
    first = desks.settled(store, settings, sol, post, SUPPRESS)
    assert first.undo
    with store.transaction() as db:
        undoing.undo(db, settings, sol, first.undo, NOW)
    with store.transaction() as db, pytest.raises(Beaten, match="decided"):
        undoing.undo(db, settings, sol, first.undo, NOW)
    # Nothing is proposed any more, so the next one proposes.
    assert desks.settled(store, settings, vera, post, SUPPRESS).proposed
    # Another reason is another proposal.
    assert desks.settled(store, settings, sol, post, replace(SUPPRESS, reason="threat")).proposed
    desks.settled(store, settings, ines, post, APPROVE)
    assert desks.settled(store, settings, vera, post, replace(SUPPRESS, reason="threat")).proposed


@SQLITE_FIRST
def test_a_picture_alone_is_removed(store: Database, settings: Settings, ines: Desk) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
        attaching.attach(db, post.id, Attached(b"i" * 16, "A desk", 9, 9))
    done = desks.settled(store, settings, ines, post, Verdict("remove_image", "image"))
    assert (done.after, done.images, done.undo) == ("published", (b"i" * 16,), None)
    with store.reading() as db:
        assert (desks.last(db).kind, db.scalars(select(Statement.kind)).one()) == ("image", "image")
        assert desks.again(db, post).text == "Mr Zhang shouts."
