"""Many at once in one thread: nothing twice, nothing lost, and nobody waits for ever."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Busy, Database, random_id
from app.employers.models import Employer
from app.threads import delaying, editing
from app.threads.hand import NotThere
from app.threads.models import Poll, PollChoice, Post, Thread, Vote
from tests.conftest import SQLITE_FIRST
from tests.threads.accounts import NOW, TODAY, Writer, asked

Act = Callable[[Session], object]


def at_once(store: Database, acts: Sequence[Act], hands: int = 16) -> list[object]:
    """Let each act be one transaction, many at a time; who is sent away comes again."""

    def act(one: Act) -> object:
        while True:
            try:
                with store.transaction() as db:
                    return one(db)
            except NotThere:
                return None
            except Busy:
                continue

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(act, acts))


@pytest.mark.parametrize("writers", [8, pytest.param(40, marks=pytest.mark.deep)])
def test_all_writers_of_a_thread_get_places_and_names(
    store: Database, ana: Writer, writers: int
) -> None:
    with store.transaction() as db:
        first = ana.open(db).post
    people = [ana, *(Writer() for _ in range(writers - 1))]
    # Each answers twice at once, as in two tabs, and one of the forms arrives twice.
    forms = [(person, random_id()) for person in people for _ in range(2)]

    def answer(person: Writer, post: bytes) -> Act:
        return lambda db: person.answer(db, first, post=post).new

    news = at_once(store, [answer(*form) for form in chain(forms, forms[::2])])
    assert (news.count(True), news.count(False)) == (2 * writers, writers)
    with store.reading() as db:
        rows = db.scalars(select(Post).order_by(Post.position)).all()
        thread = db.get_one(Thread, first.id)
        found = [[post.id for post in person.posts(db)] for person in people]
    assert [row.position for row in rows] == list(range(2 * writers + 1))
    assert (thread.posts, thread.comments) == (2 * writers + 1, 2 * writers)
    assert len({row.name for row in rows}) == writers
    assert len({(row.nym, row.name) for row in rows}) == writers
    assert [len(ids) for ids in found] == [3, *[2] * (writers - 1)]


def test_one_account_in_many_threads_at_once_loses_nothing(store: Database, ana: Writer) -> None:
    with store.transaction() as db:
        threads = [Writer().open(db).post for _ in range(6)]

    def answer(to: Post) -> Act:
        return lambda db: ana.answer(db, to).post.id

    acts: list[Act] = [*map(answer, threads), *([lambda db: ana.open(db).post.id] * 6)]
    made = at_once(store, acts)
    with store.reading() as db:
        assert {post.id for post in ana.posts(db)} == set(made)
    assert len(made) == 12


@pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgres", marks=pytest.mark.deep)], indirect=True
)
def test_200_votes_of_one_account_at_once_count_once(
    store: Database, ana: Writer, bo: Writer
) -> None:
    with store.transaction() as db:
        first = ana.open(db).post
    said = at_once(store, [lambda db: bo.vote(db, first.id)] * 200)
    assert (said.count("given"), said.count("already")) == (1, 199)
    with store.reading() as db:
        assert len(db.scalars(select(Vote)).all()) == 1
        assert db.get_one(Post, first.id).votes == db.get_one(Thread, first.id).votes == 1


@SQLITE_FIRST
def test_everything_at_once_comes_to_an_end_and_adds_up(store: Database, acme: Employer) -> None:
    people = [Writer() for _ in range(6)]
    with store.transaction() as db:
        threads = [person.open(db, employer=acme, poll=asked()).post for person in people[:3]]
        for person in people:
            for to in threads:
                person.answer(db, to, due=NOW)

    def doing(n: int, person: Writer, to: Post) -> list[Act]:
        return [
            lambda db: person.answer(db, to),
            lambda db: person.vote(db, to.id),
            lambda db: person.choose(db, to.id, 1),
            lambda db: delaying.publish_due(db, NOW, most=3),
            lambda db: editing.edit(db, to.id, person.hand, f"edit {n}", NOW),
            lambda db: n == 3 and editing.withdraw_all(db, person.hand),
        ]

    acts = [doing(n, person, to) for n, person in enumerate(people) for to in threads]
    at_once(store, [act for step in zip(*acts, strict=True) for act in step])
    at_once(store, [lambda db: editing.withdraw_all(db, people[3].hand)])
    with store.transaction() as db:
        while delaying.publish_due(db, NOW):
            pass
    with store.reading() as db:
        for to in threads:
            thread = db.get_one(Thread, to.id)
            rows = db.scalars(select(Post).where(Post.thread_id == to.id, Post.position >= 0)).all()
            assert {row.position for row in rows} == set(range(thread.posts))
            assert thread.comments == sum(row.state == "published" for row in rows) - 1 == 10
            assert (thread.votes, thread.day) == (5, TODAY)
            assert db.get_one(Poll, to.id).answers == 6
            assert db.get_one(PollChoice, (to.id, 1)).given == 6
