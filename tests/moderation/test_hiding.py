"""Interim hiding ends by itself at the third midnight, and kept words after six months."""

import pytest
from sqlalchemy import select

from app.db import Database
from app.evidence import attaching
from app.evidence.attaching import Attached
from app.evidence.models import EvidenceImage
from app.moderation import hiding, items, leases, purging
from app.moderation.desk import Desk, Refused, Verdict
from app.moderation.models import KeptText, Proposal, Statement
from app.settings import Settings
from app.threads.models import Post, Thread
from app.upkeep import appearing
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import APPROVE, DAY, NOW, TODAY

HIDE = Verdict("hide", "threat")


def test_hiding_ends_at_the_third_midnight(
    store: Database, settings: Settings, ines: Desk, tomas: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db, "I know where you live.", state="flagged", why="flags", severity=3)
        other = desks.waiting(db)
    desks.settled(store, settings, ines, post, HIDE)
    desks.settled(store, settings, ines, other, HIDE)
    desks.settled(store, settings, tomas, other, APPROVE)
    assert appearing.end_hiding(store, TODAY + 2 * DAY) == 0
    with store.reading() as db:
        assert not db.get_one(Thread, post.id).listed
    assert appearing.end_hiding(store, TODAY + 3 * DAY) == 1
    assert appearing.end_hiding(store, TODAY + 3 * DAY) == 0
    with store.reading() as db:
        row, line = desks.again(db, post), desks.last(db)
        assert (row.state, row.text, row.position) == ("pending", "I know where you live.", 0)
        # It still waits, since nobody has decided.
        assert (row.severity, row.waits_since) == (1, TODAY)
        assert db.get_one(Thread, post.id).listed
        assert (line.action, line.source, line.before) == ("end_hiding", "rule", "hidden")
    # Once is all, for these words.
    with pytest.raises(Refused, match="hidden_before"):
        desks.settled(store, settings, tomas, post, HIDE)
    with store.transaction() as db:
        leases.release(db, tomas, "post", post.id)
    desks.settled(store, settings, ines, post, Verdict("remove", "threat"), NOW + 3 * DAY)
    with store.reading() as db:
        # Readers asked for the first look, and so for the last.
        assert (desks.last(db).source, desks.last(db).days) == ("flag", "2-3")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_hiding_that_somebody_ends_meanwhile(
    store: Database, settings: Settings, ines: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
    desks.settled(store, settings, ines, post, HIDE)
    with store.transaction() as db:
        assert hiding.end(db, TODAY + 9 * DAY) == 1
        assert desks.again(db, post).state == "pending"
        assert items.reason_of(desks.again(db, post)) == "threat"


@SQLITE_FIRST
def test_words_and_pictures_go_after_six_months(
    store: Database, settings: Settings, ines: Desk, sol: Desk
) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
        shown = desks.waiting(db)
        for each in (post, shown):
            attaching.attach(db, each.id, Attached(each.id, "A desk", 9, 9))
    desks.settled(store, settings, ines, post)
    desks.settled(store, settings, sol, shown, Verdict("suppress", "sexual"))
    desks.settled(store, settings, ines, shown, APPROVE)
    desks.settled(store, settings, sol, shown, Verdict("suppress", "sexual"))
    for days, left in ((184, True), (185, False)):
        with store.transaction() as db:
            purging.purge(db, TODAY + days * DAY)
        with store.reading() as db:
            assert (db.get(KeptText, post.id) is not None) == left
            assert bool(db.scalars(select(Statement)).all()) == left
            pictures = {post.id, shown.id} if left else {shown.id}
            assert set(db.scalars(select(EvidenceImage.post_id))) == pictures
            assert desks.lines(db) == 4
    with store.transaction() as db:
        assert db.scalars(select(Proposal.item_id)).all() == [shown.id]
        db.get_one(Post, shown.id).version += 1
        db.flush()
        purging.purge(db, TODAY)
        assert not db.scalars(select(Proposal)).all()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_lease_that_was_left_is_forgotten_the_next_day(store: Database, ines: Desk) -> None:
    with store.transaction() as db:
        post = desks.waiting(db)
        desks.claim(db, ines, post)
    for day, holder in ((TODAY, ines.id), (TODAY + DAY, None)):
        with store.transaction() as db:
            purging.purge(db, day)
        with store.reading() as db:
            row = desks.again(db, post)
            assert (row.holder, row.lease_until is None) == (holder, holder is None)
