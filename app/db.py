"""The database: its engine, its one committer, and what every table has in common."""

import secrets
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from sqlalchemy import Engine, LargeBinary, MetaData, create_engine, event, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
Identifier = LargeBinary(16)
# What a table of public things adds to its arguments; every other one is flattened each night.
PUBLIC: Final[dict[str, Any]] = {"sqlite_with_rowid": False, "info": {"public": True}}
# Writers at once. SQLite has one; on PostgreSQL the rest of the 16 connections is for readers.
WRITERS: Final = {"sqlite": 1, "postgresql": 12}
MOST_WAITING: Final = 16
LONGEST_WAIT: Final = 20.0  # seconds
# Whoever comes when so many wait already: enough for a crowd of quick writes, too short for
# their threads to be missed.
BRIEF_WAIT: Final = 0.5


class Base(DeclarativeBase):
    """Every table; WITHOUT ROWID, because a row number is an order of writing."""

    metadata = MetaData(naming_convention=NAMES)
    __table_args__: Any = {"sqlite_with_rowid": False}  # noqa: RUF012 (SQLAlchemy's own spelling)


def random_id() -> bytes:
    """Make the id of a new row: 16 random bytes that say nothing about when or who."""
    return secrets.token_bytes(16)


class Database:
    """One engine; the only place that begins and commits transactions."""

    def __init__(self, url: str) -> None:
        """Open the database at an SQLAlchemy URL; nothing is read or written yet."""
        self.engine = _engine(make_url(url))
        self.commits = 0
        self._lane = _Lane(WRITERS[self.engine.dialect.name])

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session and commit it, or roll back what raised."""
        with self._lane, Session(self.engine, expire_on_commit=False) as db:
            with db.begin():
                yield db
            self.commits += 1

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that never commits."""
        engine = self.engine.execution_options(lamplight_reading=True)
        with Session(engine, expire_on_commit=False) as db:
            yield db

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Yield a connection outside any transaction, for upkeep; on SQLite nobody writes beside.

        Every statement commits by itself.
        """
        engine = self.engine.execution_options(lamplight_alone=True)
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        with self._lane, engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


class Busy(PoolTimeout):
    """Too many wait to write, or somebody writes for too long; nothing was begun."""


class _Lane:
    """Lets so many write at once and so many more wait, in turn; readers have threads left.

    A place is handed to who has waited longest. SQLite's own busy loop, and a plain lock, would
    let a busy writer pass a waiting one again and again.
    """

    def __init__(self, wide: int) -> None:
        self._free = wide
        self._waiting: deque[threading.Event] = deque()
        self._looking = threading.Lock()

    def __enter__(self) -> None:
        with self._looking:
            if self._free:
                self._free -= 1
                return
            patience = LONGEST_WAIT if len(self._waiting) < MOST_WAITING else BRIEF_WAIT
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(patience):
            return
        with self._looking:
            if not mine.is_set():
                self._waiting.remove(mine)
                raise Busy("too many wait to write, or somebody writes for too long")

    def __exit__(self, *raised: object) -> None:
        with self._looking:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        if url.database:
            Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=40)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, hide_parameters=True, pool_size=8, max_overflow=8)


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged write has reached the disk
        "secure_delete=ON",  # what is withdrawn is overwritten
        "foreign_keys=ON",
        "temp_store=MEMORY",  # what is sorted on the way is nobody's file
        "busy_timeout=20000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("lamplight_alone"):
        return
    reading = options.get("lamplight_reading")
    # IMMEDIATE takes the write lock at once: a lock taken halfway cannot be waited for.
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def insert_once(db: Session, model: type[DeclarativeBase], **values: Any) -> bool:
    """Insert a row unless one of its keys is taken; True when the row is new.

    ON CONFLICT DO NOTHING rather than an error: a refused key would be written to the
    database server's log together with its value.
    """
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    new: Any = insert(model).values(**values).on_conflict_do_nothing()
    # psycopg gives -1 for the row count here, so the row itself says whether it is new.
    return db.execute(new.returning(literal_column("1"))).first() is not None


def transaction(request: Request) -> Iterator[Session]:
    """Give a page its transaction; returning commits, raising rolls back."""
    with request.app.state.database.transaction() as db:
        yield db


def reading(request: Request) -> Iterator[Session]:
    """Give a page a session to read with."""
    with request.app.state.database.reading() as db:
        yield db


# scope="function": with FastAPI's default scope a failed commit would still answer 200.
Writing = Annotated[Session, Depends(transaction, scope="function")]
Reading = Annotated[Session, Depends(reading, scope="function")]
