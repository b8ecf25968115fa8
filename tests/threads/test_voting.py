"""Votes: up only, once, not for oneself, and one taking back that is for good."""

import pytest

from app.db import Database, random_id
from app.employers.models import Employer
from app.threads import ranking, voting
from app.threads.hand import NotThere
from app.threads.models import Post, Thread
from tests.threads.accounts import NOW, TODAY, Writer
from tests.threads.test_posting import editions


def test_a_vote_counts_once_and_is_taken_back_once(
    store: Database, ana: Writer, bo: Writer
) -> None:
    with store.transaction() as db:
        first = ana.open(db).post
        comment = bo.answer(db, first).post
        waiting = ana.answer(db, first, due=NOW).post
    steps = [
        (bo.vote, "given", 1),
        (bo.vote, "already", 1),
        (ana.vote, "own", 1),
        (ana.take_back, "none", 1),
        (Writer().vote, "given", 2),
        (bo.take_back, "taken_back", 1),
        (bo.take_back, "over", 1),
        (bo.vote, "over", 1),
    ]
    for act, said, votes in steps:
        with store.transaction() as db:
            assert act(db, first.id) == said
            thread = db.get_one(Thread, first.id)
            assert db.get_one(Post, first.id).votes == thread.votes == votes
            assert thread.heat == ranking.heat(votes, 1, TODAY)
    with store.transaction() as db:
        assert ana.vote(db, comment.id) == "given"
        assert db.get_one(Thread, first.id).votes == 1
        tags = {post.id: bo.member.vote(post.id) for post in (first, comment)}
        assert voting.given(db, tags) == {first.id: False}
        tags = {comment.id: ana.member.vote(comment.id)}
        assert voting.given(db, tags) == {comment.id: True}
    for nowhere in (waiting.id, random_id()):
        with store.transaction() as db, pytest.raises(NotThere):
            bo.vote(db, nowhere)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_lists_change_with_few_votes_and_then_with_every_tenth(
    store: Database, ana: Writer, acme: Employer
) -> None:
    with store.transaction() as db:
        first = ana.open(db, employer=acme).post
        comment = ana.answer(db, first).post
    own, lists = f"thread:{first.id.hex()}", ("talk", "employer:acme")
    changed: list[int] = []
    for number in (1, 20, 21, 22, 29, 30, 31, 32, 600, 602):
        with store.transaction() as db:
            db.get_one(Post, first.id).votes = number - 1
        before = editions(store)
        with store.transaction() as db:
            Writer().vote(db, first.id)
        after = editions(store)
        assert after[own] == before[own] + 1
        changed += [number] * all(after[scope] == before[scope] + 1 for scope in lists)
        assert (number in changed) or all(after[scope] == before[scope] for scope in lists)
    assert changed == [1, 20, 21, 30, 31, 600]
    before = editions(store)
    with store.transaction() as db:
        Writer().vote(db, comment.id)
    assert editions(store) == {**before, own: before[own] + 1}
