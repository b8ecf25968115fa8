"""Publishing later: at a time within the window, once, whoever does it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from app.db import Database
from app.employers.models import Employer
from app.ops.command import commands
from app.search.models import SearchEntry
from app.settings import Settings
from app.threads import delaying
from app.threads.models import DelayedPost, Post, Thread
from app.upkeep import appearing, schedule
from tests.threads.accounts import NOW, TODAY, Writer
from tests.threads.test_posting import editions

LATER = NOW + timedelta(hours=13)


@pytest.mark.parametrize("window", delaying.WINDOWS)
def test_the_time_lies_within_the_window_in_steps_of_five_minutes(window: str) -> None:
    now = datetime(2026, 11, 18, 23, 58, 59, 999, tzinfo=UTC)
    rng = Random(3)
    times = [delaying.pick(window, now, rng) for _ in range(2_000)]
    assert all(now < time <= now + delaying.WINDOWS[window] + delaying.STEP for time in times)
    assert all(time.minute % 5 == time.second == time.microsecond == 0 for time in times)
    middle = now + delaying.WINDOWS[window] / 2
    assert 850 < sum(time < middle for time in times) < 1_150


def test_what_waits_appears_when_it_is_due(
    store: Database, ana: Writer, bo: Writer, acme: Employer
) -> None:
    with store.transaction() as db:
        first = bo.open(db).post
        early = ana.open(db, employer=acme, due=NOW + timedelta(minutes=5)).post
        late = ana.answer(db, first, due=LATER).post
        assert delaying.dues(db, [first.id, late.id]) == {late.id: LATER}
        assert not db.get_one(Thread, early.id).listed
        assert [post.id for post in ana.posts(db)] == [late.id, early.id]
    before = editions(store)
    assert appearing.appear(store, NOW) == 0
    assert editions(store) == before
    assert appearing.appear(store, NOW + timedelta(minutes=5)) == 1
    with store.transaction() as db:
        thread = db.get_one(Thread, early.id)
        assert (thread.posts, thread.day, thread.listed) == (1, TODAY, True)
        bo.answer(db, first)
    assert appearing.appear(store, LATER) == 1
    assert appearing.appear(store, LATER) == 0
    with store.reading() as db:
        appeared = db.get_one(Post, late.id)
        assert (appeared.position, appeared.parent) == (2, 0)
        assert (appeared.day, appeared.state) == (LATER.date(), "published")
        assert appeared.name is not None
        assert db.get_one(Thread, first.id).comments == 2
        assert db.scalars(select(DelayedPost)).all() == []
        assert len(db.scalars(select(SearchEntry)).all()) == 4
    assert editions(store)["employer:acme"] == 1


def test_several_at_once_publish_each_post_once(store: Database, ana: Writer) -> None:
    with store.transaction() as db:
        first = ana.open(db).post
        for _ in range(7):
            Writer().answer(db, first, due=NOW)
            Writer().open(db, due=NOW)
    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(lambda _: appearing.appear(store, NOW), range(3)))
    assert sum(counts) == 14
    with store.reading() as db:
        asked = select(Post.position).where(Post.thread_id == first.id).order_by(Post.position)
        assert list(db.scalars(asked)) == list(range(8))


def test_the_command_and_every_running_server_publish(
    settings: Settings, store: Database, ana: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.transaction() as db:
        ana.open(db, due=NOW)
    for name in ("var", "database_url", "secret_key", "clock"):
        monkeypatch.setenv(f"LAMPLIGHT_{name.upper()}", str(getattr(settings, name)))
    done = CliRunner().invoke(commands, ["publish"])
    assert (done.exit_code, done.output) == (0, "posts published: 1\n")
    check = schedule.rota(schedule.shared(store, settings), settings.today)
    for _ in range(2):
        with store.transaction() as db:
            waiting = ana.open(db, due=NOW).post
        assert "what was to appear by now" in check()
        with store.reading() as db:
            assert db.get_one(Post, waiting.id).state == "published"
