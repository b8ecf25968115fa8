"""Changing and withdrawing: no history, and of what is withdrawn nothing but its place."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Base, Database, random_id
from app.employers.models import Employer
from app.evidence import attaching
from app.evidence.attaching import Attached
from app.search import query
from app.search.models import SearchEntry
from app.search.words import read
from app.threads import editing, indexing
from app.threads.hand import NotThere, Written
from app.threads.models import DelayedPost, Poll, PollAnswer, PollChoice, Post, Thread, Vote
from app.threads.posting import reply
from tests.threads.accounts import NOW, TODAY, Writer, asked
from tests.threads.test_posting import editions


def found(db: Session, words: str, *marks: str) -> list[bytes]:
    """Search for words among what bears all of some marks."""
    return list(query.find(db, read(words), [[mark] for mark in marks]).items)


def rows(store: Database, *models: type[Base]) -> list[int]:
    """Count the rows of tables."""
    with store.reading() as db:
        return [len(db.scalars(select(model)).all()) for model in models]


def test_an_edit_changes_the_text_and_what_is_found(
    store: Database, ana: Writer, bo: Writer, acme: Employer
) -> None:
    with store.transaction() as db:
        first = ana.open(db, employer=acme).post
        comment = bo.answer(db, first).post
        waiting = bo.answer(db, first, due=NOW).post
    before = editions(store)
    with store.transaction() as db:
        assert editing.edit(db, first.id, bo.hand, "Not mine.", NOW) is None
        assert editing.edit(db, random_id(), bo.hand, "Nobody's.", NOW) is None
        edited = editing.edit(db, comment.id, bo.hand, " Were we? ", NOW, "Not a title")
        assert edited
        assert (edited.text, edited.edited) == ("Were we?", True)
        same = editing.edit(db, first.id, ana.hand, "We were home by seven again.\r\n", NOW)
        assert same
        assert not same.edited
        later = editing.edit(db, waiting.id, bo.hand, "Better so.", NOW)
        assert later
        assert (later.text, later.edited) == ("Better so.", False)
    with store.transaction() as db:
        named = editing.edit(db, first.id, ana.hand, "We were home.", NOW, "A title")
        assert named
        assert named.edited
        assert db.get_one(Thread, first.id).title == "A title"
        texts = {item: text for item, _, text, _ in indexing.everything(db)}
        assert texts == {first.id: "A title\nWe were home.", comment.id: "Were we?"}
        assert found(db, "Lights") == found(db, "So were") == found(db, "better") == []
        assert found(db, "home", indexing.employer_mark(acme.id), "q2026q4") == [first.id]
        assert found(db, "were we", indexing.COMMENT) == [comment.id]
        assert found(db, "were we", indexing.THREAD) == [first.id]
    assert editions(store) == {scope: number + 2 for scope, number in before.items()}


def test_a_withdrawn_post_leaves_its_place_and_nothing_else(
    store: Database, ana: Writer, bo: Writer, acme: Employer
) -> None:
    image = Attached(random_id(), "A dark office", 800, 600)
    with store.transaction() as db:
        first = ana.open(db, employer=acme, poll=asked()).post
        written = Written("See here.", "worker", image=image)
        comment = reply(db, random_id(), bo.hand, first.id, first.id, written, TODAY).post
        assert found(db, "dark", indexing.employer_mark(acme.id)) == [first.id]
        assert found(db, "here", "kcomment") == [comment.id]
        assert bo.vote(db, first.id) == ana.vote(db, comment.id) == "given"
        bo.choose(db, first.id, 1)
    with store.transaction() as db:
        assert ana.withdraw(db, comment.id) is None
        gone = bo.withdraw(db, comment.id)
        assert gone
        assert gone.images == (image.id,)
        assert attaching.of(db, [comment.id]) == {}
        assert db.get_one(Thread, first.id).comments == 0
    before = editions(store)
    with store.transaction() as db:
        assert ana.withdraw(db, first.id)
        again = ana.withdraw(db, first.id)
        assert again
        assert again.images == ()
        assert bo.withdraw(db, first.id) is None
        with pytest.raises(NotThere):
            bo.take_back(db, first.id)
    assert editions(store) == {scope: number + 1 for scope, number in before.items()}
    with store.reading() as db:
        assert found(db, "home") == found(db, "dark") == found(db, "here") == []
        thread = db.get_one(Thread, first.id)
        for place, parent, one in ((0, None, first), (1, 0, comment)):
            left = db.get_one(Post, one.id)
            assert (left.position, left.parent, left.slot) == (place, parent, one.slot)
            assert left.state == "withdrawn"
            assert not any((left.nym, left.name, left.badge, left.text, left.day, left.votes))
    assert (thread.title, thread.votes, thread.heat, thread.listed) == (None, 0, 0, False)
    assert thread.posts == 2
    # Votes stay; nobody can tell whose they were.
    assert rows(store, Poll, PollChoice, PollAnswer, SearchEntry, Vote) == [0, 0, 0, 0, 2]


def test_what_waits_is_withdrawn_before_anybody_saw_it(
    store: Database, ana: Writer, bo: Writer, acme: Employer
) -> None:
    with store.transaction() as db:
        first = bo.open(db).post
        later = ana.open(db, employer=acme, poll=asked(), due=NOW).post
        waiting = ana.answer(db, first, due=NOW).post
    before = editions(store)
    with store.transaction() as db:
        assert bo.withdraw(db, waiting.id) is None
        assert ana.withdraw(db, waiting.id)
        assert ana.withdraw(db, later.id)
        thread = db.get_one(Thread, later.id)
        assert (thread.title, thread.employer_id, thread.topic) == (None, None, None)
        assert ana.posts(db) == []
    assert rows(store, DelayedPost, Poll) == [0, 0]
    assert editions(store) == before


def test_an_account_withdraws_everything(store: Database, ana: Writer, bo: Writer) -> None:
    with store.transaction() as db:
        first, second = bo.open(db).post, ana.open(db).post
        answers = [ana.answer(db, first).post, ana.answer(db, first, due=NOW).post]
        assert ana.vote(db, first.id) == "given"
    with store.transaction() as db:
        gone = editing.withdraw_all(db, ana.hand)
        assert {post.id for post in gone.posts} == {second.id, *(post.id for post in answers)}
        assert editing.withdraw_all(db, ana.hand) == editing.Withdrawn()
    with store.reading() as db:
        assert ana.posts(db) == []
        assert [post.id for post in bo.posts(db)] == [first.id]
        assert (db.get_one(Thread, first.id).comments, db.get_one(Post, first.id).votes) == (0, 1)
