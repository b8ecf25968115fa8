"""Opening threads and answering: places, names, counts, and the same form sent again."""

import pytest
from sqlalchemy import select

from app.db import Database, random_id
from app.employers.models import Employer
from app.search.models import SearchEntry
from app.threads import ranking
from app.threads.hand import NotThere
from app.threads.models import Post, Thread
from app.web.editions import ScopedEdition
from tests.threads.accounts import NOW, TODAY, Writer, asked


def editions(store: Database) -> dict[str, int]:
    """Return how often each scope has changed."""
    with store.reading() as db:
        return {row.scope: row.number for row in db.scalars(select(ScopedEdition))}


def test_a_conversation_has_places_names_and_counts(
    store: Database, ana: Writer, bo: Writer, acme: Employer
) -> None:
    with store.transaction() as db:
        first = ana.open(db, " Home\r\nby seven \n", title=" Lights \n out ", employer=acme).post
        second = bo.answer(db, first).post
        third = ana.answer(db, second).post
    with store.reading() as db:
        thread = db.get_one(Thread, first.id)
        rows = db.scalars(select(Post).order_by(Post.position)).all()
        found = set(db.scalars(select(SearchEntry.item)))
    assert (thread.title, rows[0].text) == ("Lights out", "Home\nby seven")
    assert [(row.position, row.parent) for row in rows] == [(0, None), (1, 0), (2, 1)]
    assert rows[0].name == rows[2].name != rows[1].name
    assert rows[0].nym == rows[2].nym != rows[1].nym
    assert {row.day for row in rows} == {TODAY}
    assert (thread.posts, thread.comments, thread.listed, thread.day) == (3, 2, True, TODAY)
    assert thread.heat == ranking.heat(0, 2, TODAY)
    assert found == {first.id, second.id, third.id}
    assert editions(store) == {f"thread:{first.id.hex()}": 3, "talk": 3, "employer:acme": 3}


def test_the_same_form_sent_again_is_the_same_post(store: Database, ana: Writer) -> None:
    one, two, late = random_id(), random_id(), random_id()
    for new in (True, False):
        with store.transaction() as db:
            opened = ana.open(db, thread=one, poll=asked())
            answered = ana.answer(db, opened.post, post=two)
            waiting = ana.answer(db, opened.post, post=late, due=NOW)
        assert [opened.new, answered.new, waiting.new] == [new] * 3
    with store.transaction() as db:
        assert [post.id for post in ana.posts(db)] == [late, two, one]
        ana.withdraw(db, one)
        ana.withdraw(db, two)
        # Sent again after all: what was withdrawn stays so.
        assert not ana.open(db, thread=one).new
        assert not ana.answer(db, opened.post, post=two).new
        assert [post.id for post in ana.posts(db)] == [late]


def test_nothing_is_answered_that_is_not_there(store: Database, ana: Writer, bo: Writer) -> None:
    with store.transaction() as db:
        first = ana.open(db).post
        other = ana.open(db).post
        comment = bo.answer(db, first).post
        waiting = bo.answer(db, first, due=NOW).post
        later = bo.open(db, due=NOW).post
    for thread, parent in (
        (first.id, other.id),
        (first.id, waiting.id),
        (later.id, later.id),
        (first.id, random_id()),
        (random_id(), first.id),
    ):
        with store.transaction() as db, pytest.raises(NotThere):
            ana.answer(db, Post(id=parent, thread_id=thread))
    with store.transaction() as db:
        ana.withdraw(db, first.id)
    # The thread goes on, but not below what was withdrawn.
    with store.transaction() as db, pytest.raises(NotThere):
        bo.answer(db, first)
    with store.transaction() as db:
        assert ana.answer(db, comment).post.position == 2


def test_an_account_finds_all_its_own_over_more_than_a_batch(
    store: Database, ana: Writer, bo: Writer
) -> None:
    with store.transaction() as db:
        first = ana.open(db).post
        # As after a clash of tabs, with a gap, and the last of a batch.
        for n in (1, 2, 40, 64, 127):
            slot = ana.hand.slot(n)
            made = {"id": random_id(), "thread_id": first.id, "slot": slot, "text": str(n)}
            made["nym"] = ana.hand.nym(first.id)
            db.add(Post(**made, edited=False, votes=0, state="delayed"))
        db.flush()
        last = ana.answer(db, first, "128").post
    with store.reading() as db:
        found = [post.text for post in ana.posts(db)[:-1]]
        assert found == ["128", "127", "64", "40", "2", "1"]
        assert last.slot == ana.hand.slot(128)
        assert bo.posts(db) == []
