"""Maintenance beside writers, beside readers, beside itself, and killed."""

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from starlette.testclient import TestClient

from app.db import Database
from app.hours.models import HourReport
from app.main import Site
from app.settings import Settings
from app.upkeep import maintain, postgresql, sqlite, turn
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.upkeep.test_flattening import ON_POSTGRESQL, ON_SQLITE, write

KILLS = 6


@pytest.fixture
def employer_id(database: Database) -> bytes:
    with database.transaction() as db:
        return factories.employer(db, "Lamp Huo").id


def count(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(HourReport)) or 0


def assert_sound(database: Database, rows: int) -> None:
    assert count(database) == rows
    with database.reading() as db:
        if database.engine.dialect.name == "sqlite":
            assert db.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert db.execute(text("PRAGMA foreign_key_check")).all() == []
        else:
            left = text("SELECT count(*) FROM pg_class WHERE relname LIKE 'flat\\_%'")
            assert db.execute(left).scalar() == 0


def test_what_is_filed_meanwhile_is_kept(
    app: Site, database: Database, settings: Settings, employer_id: bytes
) -> None:
    write(database, employer_id, range(2_000), each=1_000)
    form = "/employers/lamp-huo/report"
    stop, statuses, reads = threading.Event(), [], []
    headers = {"accept-language": "en", "sec-fetch-site": "same-origin"}

    def read() -> None:
        with TestClient(app, base_url=settings.base_url, headers=headers) as client:
            while not stop.is_set():
                reads.append(client.get(form).status_code)

    def file() -> None:
        number = random.randrange(10**6, 10**9)
        while not stop.is_set():
            write(database, employer_id, [number])
            statuses.append(number)
            number += 1

    with ThreadPoolExecutor(3) as pool:
        working = [pool.submit(work) for work in (read, file, file)]
        try:
            for _ in range(2):
                maintain.site(database, settings)
        finally:
            stop.set()
        for work in working:
            work.result()
    assert len(statuses) > 3
    assert set(reads) == {200}
    assert_sound(database, 2_000 + len(statuses))


@SQLITE_FIRST
def test_killed_at_any_moment_it_leaves_a_sound_database(
    database: Database, settings: Settings, employer_id: bytes
) -> None:
    write(database, employer_id, range(1_500), each=500)
    begun = time.monotonic()
    maintain.site(database, settings)
    usual = time.monotonic() - begun
    database.close()
    rng, killed = random.Random(3), 0
    for _ in range(KILLS):
        child = os.fork()
        if not child:
            maintain.site(Database(settings.database_url), settings)
            os._exit(0)
        time.sleep(rng.random() * usual)
        os.kill(child, signal.SIGKILL)
        if os.WIFSIGNALED(os.waitpid(child, 0)[1]):
            killed += 1
        else:
            usual *= 0.7  # it was measured while the machine was busy
        assert_sound(database, 1_500)
        database.close()
    assert killed >= KILLS / 3, "hardly a run was stopped on its way"
    maintain.site(database, settings)
    assert_sound(database, 1_500)


def test_two_at_once_take_turns(database: Database, settings: Settings) -> None:
    with (
        closing(Database(settings.database_url)) as other,
        turn.turn(other),
        pytest.raises(turn.Occupied),
        turn.turn(database, patience=0),
    ):
        pass
    with turn.turn(database, patience=0):
        pass
    if settings.sqlite:
        mode = Path(f"{database.engine.url.database}-turn").stat().st_mode
        assert mode & 0o777 == 0o600


def test_it_says_so_when_a_reader_is_in_the_way(
    database: Database, settings: Settings, employer_id: bytes
) -> None:
    write(database, employer_id, range(40))
    with closing(Database(settings.database_url)) as other, other.reading() as reader:
        reader.execute(text("SELECT count(*) FROM hour_report")).all()
        write(database, employer_id, range(40, 80))
        if settings.sqlite:
            with pytest.raises(sqlite.Unfinished, match="reader"):
                sqlite.flatten(database, lambda step: None, patience=0)
        else:
            with pytest.raises(postgresql.NotAlone, match="hour_report"):
                postgresql.flatten(database, {"employer", "edition"}, lambda step: None, patience=0)
        # Others are not kept waiting by one who waits.
        assert count(database) == 80
        write(database, employer_id, range(80, 120))
    maintain.site(database, settings)
    assert_sound(database, 120)


@ON_SQLITE
def test_a_large_file_is_copied_beside_itself(
    database: Database, settings: Settings, employer_id: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, employer_id, range(500), each=500)
    monkeypatch.setattr(sqlite, "IN_MEMORY", 0)
    maintain.site(database, settings)
    with database.alone() as connection:
        folder = connection.exec_driver_sql("PRAGMA temp_store_directory").scalar()
        assert folder == str(Path(database.engine.url.database).parent)
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar() == 2
    assert_sound(database, 500)


@ON_POSTGRESQL
def test_a_table_of_a_later_version_is_flattened_as_well(
    database: Database, settings: Settings
) -> None:
    with database.transaction() as db:
        db.execute(
            text("CREATE TABLE tomorrow (id int, twice int GENERATED ALWAYS AS (id*2) STORED)")
        )
    for number in range(5):
        with database.transaction() as db:
            db.execute(text("INSERT INTO tomorrow VALUES (:n)"), {"n": number})
    maintain.site(database, settings)
    with database.reading() as db:
        rows = db.execute(text("SELECT xmin::text, id, twice FROM tomorrow")).all()
    assert len({row[0] for row in rows}) == 1
    assert sorted((row[1], row[2]) for row in rows) == [(n, 2 * n) for n in range(5)]
