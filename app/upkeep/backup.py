"""Backups: every row of the site in the order of its random key, and nothing of the issuer.

Gzipped lines of JSON. The first is the header: {"lamplight": "backup", "schema": revision, "day":
day, "tables": {table: {column: type}}}. Then one line a row, [table, [values]], bytes in base64,
days as YYYY-MM-DD; tables that others refer to come first. The last line is {"rows": number}.
"""

import base64
import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Table, func, select, text
from sqlalchemy.engine import Connection

from app.db import Database
from app.upkeep import tables
from app.upkeep.turn import turn

KEPT: Final = timedelta(days=30)  # after that, what was withdrawn is gone from backups too
LEFT_OUT: Final = {"finished_page", "search_entry"}  # made anew from the rest
_EVERY: Final = 1_000
_LONGEST_HEADER: Final = 200_000
# What reading any other file may come to: no gzip, no JSON, no header of ours.
_NO_HEADER: Final = (
    *(OSError, EOFError, zlib.error),
    *(ValueError, RecursionError),
    *(KeyError, TypeError, AttributeError),
)

Tell = Callable[[int, int], None]


class NotABackup(ValueError):
    """A file of that name exists and is something else; it was left alone."""


@dataclass(frozen=True)
class Outcome:
    """How many rows were written, and which old backups beside the new one were removed."""

    rows: int
    removed: tuple[Path, ...]


def write(
    database: Database, path: Path, day: date, tell: Tell = lambda done, total: None
) -> Outcome:
    """Write a backup, all of one moment, and remove those beside it that are over 30 days old.

    tell is called with rows written and rows in all. Raises NotABackup, turn.Occupied, OSError;
    the file appears under its name only when it is complete and on the disk.
    """
    if path.exists() and header(path) is None:
        raise NotABackup(f"{path} exists and is no backup")
    with turn(database), _snapshot(database) as connection, _appearing(path) as file:
        rows = _dump(connection, file, day, tell)
    removed = tuple(old(path.resolve().parent, day))
    for one in removed:
        one.unlink(missing_ok=True)
    return Outcome(rows, removed)


def header(path: Path) -> dict[str, Any] | None:
    """Return the header of a backup; None for every other file."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with gzip.open(path) as file:
            found: dict[str, Any] = json.loads(file.readline(_LONGEST_HEADER))
        date.fromisoformat(found["day"])
    except _NO_HEADER:
        return None
    return found if found.get("lamplight") == "backup" else None


def old(folder: Path, day: date) -> Iterator[Path]:
    """Find the backups in a folder that are older than 30 days, by the day in their headers."""
    for path in sorted(folder.iterdir()):
        found = header(path)
        if found is not None and day - date.fromisoformat(found["day"]) > KEPT:
            yield path


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """Open one read transaction, in which nothing changes and nobody is kept waiting."""
    engine = database.engine.execution_options(lamplight_reading=True)
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    with engine.connect() as connection:
        yield connection


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that only its owner reads, and that appears under its name when it is done."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)  # of a run that was killed
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            # No name and no time in gzip's own header.
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as zipped:
                yield zipped  # type: ignore[misc]  # it is one, in all but its type
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.resolve().parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _dump(connection: Connection, file: IO[bytes], day: date, tell: Tell) -> int:
    listed = [table for table in tables.SITE.sorted_tables if table.name not in LEFT_OUT]
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    counts = [connection.execute(select(func.count()).select_from(t)).scalar_one() for t in listed]
    total, done = sum(counts), 0
    head = {
        "lamplight": "backup",
        "schema": revision,
        "day": day.isoformat(),
        "tables": {table.name: _types(table) for table in listed},
    }
    file.write(_line(head))
    for table in listed:
        for values in _rows(connection, table):
            file.write(_line([table.name, values]))
            done += 1
            if done % _EVERY == 0 or done == total:
                tell(done, total)
    file.write(_line({"rows": done}))
    return done


def _rows(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """Read a table in the order of its key, which no writer chose."""
    ordered = select(table).order_by(*table.primary_key.columns)
    streamed = connection.execution_options(yield_per=_EVERY)
    for row in streamed.execute(ordered):
        yield list(row)


def _types(table: Table) -> dict[str, str]:
    return {column.name: type(column.type).__name__.lower() for column in table.columns}


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
