"""One piece of upkeep at a time in each database, and the day of the last maintenance.

The day is all that is noted, in the lock file or in a comment on a table: it concerns nobody.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import text

from app.db import Database

PATIENCE: Final = 60.0  # seconds
_PAUSE: Final = 0.25
_TAKE: Final = text("SELECT pg_try_advisory_lock(762119009)")  # the number is Lamplight's own
_GIVE: Final = text("SELECT pg_advisory_unlock(762119009)")
_NOTED: Final = text("SELECT obj_description(to_regclass('alembic_version'), 'pg_class')")
_NOTE: Final = "maintained "


class Occupied(RuntimeError):
    """Another maintenance or backup is at work on this database; nothing was done."""


@contextmanager
def turn(database: Database, patience: float | None = None) -> Iterator[None]:
    """Hold the turn of a database, of all processes.

    patience: seconds to wait for it, PATIENCE unless given. Raises Occupied. Whoever dies gives
    the turn back: the lock is the process's own.
    """
    took = _postgresql if database.engine.dialect.name == "postgresql" else _sqlite
    with took(database, time.monotonic() + (PATIENCE if patience is None else patience)):
        yield


def file(database: Database) -> Path:
    """Return the path of a SQLite database's own file."""
    return Path(database.engine.url.database or "")


def note(database: Database, day: date) -> None:
    """Write down that a database was maintained on a day."""
    if database.engine.dialect.name == "sqlite":
        _path(database).write_text(_NOTE + day.isoformat())
        return
    with database.alone() as connection:
        connection.execute(text(f"COMMENT ON TABLE alembic_version IS '{_NOTE}{day}'"))


def noted(database: Database) -> date | None:
    """Return the day on which a database was maintained last, if that is known."""
    if database.engine.dialect.name == "sqlite":
        path = _path(database)
        written = path.read_text("utf-8", "replace") if path.exists() else ""
    else:
        with database.engine.connect() as connection:
            written = connection.execute(_NOTED).scalar() or ""
    try:
        return date.fromisoformat(written.removeprefix(_NOTE))
    except ValueError:
        return None


def _path(database: Database) -> Path:
    return file(database).with_name(f"{file(database).name}-turn")


@contextmanager
def _sqlite(database: Database, deadline: float) -> Iterator[None]:
    descriptor = os.open(_path(database), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _locked(descriptor):
            _wait(deadline)
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _postgresql(database: Database, deadline: float) -> Iterator[None]:
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        while not connection.execute(_TAKE).scalar():
            _wait(deadline)
        try:
            yield
        finally:
            connection.execute(_GIVE)


def _wait(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise Occupied("another maintenance or backup is at work on this database; try again later")
    time.sleep(_PAUSE)
