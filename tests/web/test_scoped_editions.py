"""Editions of one thread or employer: what changed is made anew, and nothing else is."""

from collections import OrderedDict
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from app.db import Database
from app.main import Site, scopes
from app.settings import Settings
from app.web import editions
from app.web.editions import DAY, TALK, ScopedEdition, Watch, employer_scope, thread_scope
from tests.conftest import SQLITE_FIRST

ONE, OTHER = thread_scope(b"1" * 16), thread_scope(b"2" * 16)
A_THREAD = "/threads/" + b"1".hex() * 16


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (A_THREAD, (ONE, DAY)),
        (f"{A_THREAD}.json", (ONE, DAY)),
        (f"{A_THREAD}/feed.atom", (ONE, DAY)),
        (f"{A_THREAD}/at/12", (ONE, DAY)),
        (f"{A_THREAD}x", ()),
        ("/employers/lamp", (employer_scope("lamp"),)),
        ("/employers/lamp.json", (employer_scope("lamp"),)),
        ("/employers/lamp/feed.atom", (employer_scope("lamp"),)),
        ("/employers", ()),
        ("/", (TALK,)),
        ("/search", (TALK,)),
        ("/topics/policy", (TALK,)),
        ("/topics/policy/feed.atom", (TALK,)),
        ("/feed.atom", (TALK,)),
        ("/methodology", ()),
        ("/transparency", (DAY,)),
        ("/transparency/log.jsonl", (DAY,)),
    ],
)
def test_a_path_shows_its_scopes(path: str, shown: tuple[str, ...]) -> None:
    assert scopes(path) == shown


@SQLITE_FIRST
def test_a_change_is_seen_in_its_scope_alone(app: FastAPI, database: Database) -> None:
    watch: Watch = app.state.watch
    before = _marked(watch)
    with database.transaction() as db:
        editions.touch(db, ONE)
    after = _marked(watch)
    assert [name for name in before if before[name] != after[name]] == [ONE]
    with database.transaction() as db:
        editions.bump(db, "directory")
    final = _marked(watch)
    assert [name for name in before if final[name] != after[name]] == list(before)


@SQLITE_FIRST
def test_what_is_noted_while_a_change_is_being_noticed_does_not_last(
    app: Site, database: Database
) -> None:
    """The page cache may ask between any two steps of a look, which runs in another thread."""
    watch = app.pages.watch
    watch.look([ONE])
    before = app.pages._note(A_THREAD, (ONE,))
    during = []

    class Noticing(OrderedDict[str, Any]):
        def __setitem__(self, scope: str, read: Any) -> None:
            during.append(app.pages._note(A_THREAD, (ONE,)))
            super().__setitem__(scope, read)

    watch._scoped = Noticing(watch._scoped)
    during.clear()
    with database.transaction() as db:
        editions.touch(db, ONE)
    watch.look([ONE])
    assert [known[1] for known in during] == [before[1]]
    assert watch.old(during[0][0])
    after = app.pages._note(A_THREAD, (ONE,))
    assert (after[1] == before[1], watch.old(after[0])) == (False, False)


def _marked(watch: Watch) -> dict[str, str]:
    every = (ONE, OTHER, TALK, employer_scope("lamp"))
    watch.look(every)
    assert not watch.stale(every)
    return {scope: watch.marked((scope,)) for scope in every}


@SQLITE_FIRST
def test_numbers_of_scopes_say_nothing_of_each_other(database: Database) -> None:
    with database.transaction() as db:
        for scope in (ONE, OTHER, ONE, ONE, OTHER):
            editions.touch(db, scope)
        rows = {row.scope: row.number for row in db.query(ScopedEdition)}
    assert rows == {ONE: 3, OTHER: 2}


@SQLITE_FIRST
def test_another_process_sees_it_within_a_second(app: FastAPI, settings: Settings) -> None:
    theirs = Database(settings.database_url)
    watch = Watch(theirs, every=0.0)
    watch.look((ONE,))
    before = watch.marked((ONE,))
    with app.state.database.transaction() as db:
        editions.touch(db, ONE)
    assert watch.stale((ONE,))
    watch.look((ONE,))
    assert watch.marked((ONE,)) != before
    theirs.close()


@SQLITE_FIRST
def test_pages_of_the_day_are_made_anew_the_next_day(database: Database) -> None:
    days = iter([date(2026, 11, 18), date(2026, 11, 18), date(2026, 11, 19)])
    watch = Watch(database, lambda: next(days), every=0.0)
    marks = []
    for _ in range(3):
        watch.look((DAY,))
        marks.append(watch.marked((DAY,)))
    first, same, next_day = marks
    assert first == same
    assert first != next_day


@SQLITE_FIRST
def test_what_is_known_is_bounded(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "_MOST_KNOWN", 10)
    watch: Watch = app.state.watch
    for number in range(30):
        watch.look((thread_scope(number.to_bytes(16, "big")),))
    assert len(watch._scoped) == 10
