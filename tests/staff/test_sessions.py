"""A session of the staff: its times, its tokens, and that nothing brings it back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from app.db import Database
from app.staff import sessions
from app.staff.models import Staff, StaffSession
from tests.staff.desk import hired

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
Act = Callable[[Any, str, datetime], str | None]


@pytest.fixture
def database(database_url: str) -> Database:
    return Database(database_url)


def live(database: Database, token: str, now: datetime) -> bool:
    with database.reading() as db:
        return sessions.find(db, token, now) is not None


def test_a_session_lives_and_dies(database: Database) -> None:
    """One account, one test: both databases pay for it."""
    id = hired(database)
    with database.transaction() as db:
        token = sessions.start(db, id, NOON + 4 * MINUTE)
        row = db.scalars(select(StaffSession)).one()
        # Rounded down, and the token itself is nowhere.
        assert row.used.replace(tzinfo=UTC) == row.began.replace(tzinfo=UTC) == NOON
        assert token.encode() not in row.digest
    # Idle: fifteen minutes of the rounded time. A clock set back by a day opens nothing.
    alive = {minutes: live(database, token, NOON + minutes * MINUTE) for minutes in (4, 15, 16)}
    assert alive == {4: True, 15: True, 16: False}
    assert not live(database, token, NOON - timedelta(days=1))
    # In use all day: eight hours.
    for step in range(1, 49):
        at = NOON + step * 10 * MINUTE
        with database.transaction() as db:
            assert sessions.find(db, token, at)
            sessions.touch(db, token, at)
    assert not live(database, token, NOON + timedelta(hours=8, minutes=1))
    # The second factor counts for five minutes to the second, under a token of its own.
    later = NOON + 7 * 60 * MINUTE + 4 * MINUTE
    with database.transaction() as db:
        sessions.touch(db, token, later)
        db.execute(update(StaffSession).values(used=sessions.rounded(later)))
        proven = sessions.prove(db, token, later)
        assert proven not in {None, token}
        assert sessions.prove(db, token, later) is None
        assert sessions.find(db, token, later) is None
        for seconds, expected in ((299, True), (300, False)):
            found = sessions.find(db, proven or "", later + timedelta(seconds=seconds))
            assert getattr(found, "proven", None) is expected
        # An account that is off opens nothing; a purge takes the dead only.
        sessions.purge(db, later)
        assert sessions.find(db, proven or "", later)
        db.execute(update(Staff).values(active=False))
        assert sessions.find(db, proven or "", later) is None
        sessions.purge(db, later + timedelta(hours=1))
        assert db.scalars(select(StaffSession)).all() == []
    database.close()


@pytest.mark.parametrize("times", [8, pytest.param(200, marks=pytest.mark.deep)])
def test_saving_beside_a_sign_out_brings_nothing_back(database: Database, times: int) -> None:
    id, later = hired(database), NOON + 6 * MINUTE
    for _ in range(times):
        with database.transaction() as db:
            token = sessions.start(db, id, NOON)
        acts = [sessions.touch, sessions.prove, lambda db, token, now: sessions.end(db, token)]
        with ThreadPoolExecutor(len(acts)) as pool:
            done = list(pool.map(partial(_act, database, token, later), acts))
        # Whoever proved after the sign-out got nothing; whoever did before lost it again.
        assert not [each for each in (token, done[1]) if each and live(database, each, later)]
    database.close()


def _act(database: Database, token: str, now: datetime, act: Act) -> str | None:
    with database.transaction() as db:
        return act(db, token, now)


def test_what_is_no_token_opens_and_ends_nothing(database: Database) -> None:
    with database.transaction() as db:
        for junk in ("", "x", "\xff\xfe", "é" * 5000, "AAAA", "=" * 88):
            assert sessions.find(db, junk, NOON) is None
            sessions.touch(db, junk, NOON)
            sessions.end(db, junk)
    database.close()
