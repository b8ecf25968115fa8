"""What a database must be set to, so that its files and logs repeat nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import text

from app.db import Database
from app.upkeep import sqlite, turn
from app.upkeep.doctor.finding import Finding, judge

LARGEST_LOG: Final = 64_000_000  # bytes; beyond that something keeps it from being written back
STALE_DAYS: Final = 2
_PRAGMAS: Final = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
_WITH_ROWID: Final = text(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0 "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'alembic_version'"
)

_OFF: Final = ("off", "")
# Each as PostgreSQL should have it, and what would be written otherwise.
SETTINGS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "log_error_verbosity": (("terse",), "a refused row would be logged with its values"),
    "log_min_error_statement": (("panic",), "a failed statement would be logged"),
    "log_min_messages": (("fatal", "panic"), "messages about statements would be logged"),
    "log_connections": (_OFF, "the times at which the site is used would be logged"),
    "log_disconnections": (_OFF, "the times at which the site is used would be logged"),
    "log_statement": (("none",), "statements would be logged"),
    "log_duration": (_OFF, "the times of statements would be logged"),
    "log_min_duration_statement": (("-1",), "slow statements would be logged"),
    "track_commit_timestamp": (_OFF, "the second of every write would be kept"),
    "archive_mode": (_OFF, "the log of all writes would be kept for good"),
    "wal_recycle": (_OFF, "old log files would be used again with the old rows in them"),
    "wal_keep_size": (("0",), "old log files would be kept with the old rows in them"),
}


def look(database: Database, name: str, today: date) -> Iterator[Finding]:
    """Look at one database; name: "site" or "issuer"."""
    yield from _sqlite(database, name) if _is_sqlite(database) else _postgresql(database, name)
    yield _maintained(turn.noted(database), name, today)


def _is_sqlite(database: Database) -> bool:
    return database.engine.dialect.name == "sqlite"


def _maintained(day: date | None, name: str, today: date) -> Finding:
    age = "never" if day is None else f"last on {day}"
    return judge(
        day is not None and (today - day).days <= STALE_DAYS,
        f"{name}: maintained within the last {STALE_DAYS} days",
        f"maintained {age}; run `lamplight maintain` every night (SCHEDULE=on does so on SQLite)",
    )


def _sqlite(database: Database, name: str) -> Iterator[Finding]:
    path = turn.file(database)
    with database.reading() as db:
        found = {p: db.execute(text(f"PRAGMA {p}")).scalar() for p in _PRAGMAS}
        ordered = sorted(db.scalars(_WITH_ROWID))
    wrong = ", ".join(f"{p}={found[p]}" for p, wanted in _PRAGMAS.items() if found[p] != wanted)
    yield judge(
        not wrong,
        f"{name}: SQLite writes through, and overwrites what is deleted",
        f"SQLite has {wrong}; another program opened the file, stop it",
    )
    yield judge(
        not ordered,
        f"{name}: no table numbers its rows",
        f"{', '.join(ordered)}: made with row numbers by another program; drop what is not yours",
    )
    yield judge(
        sqlite.log_size(path) <= LARGEST_LOG,
        f"{name}: the write-ahead log is short",
        f"{path}-wal is long; something reads for hours, end it and run `lamplight maintain`",
    )
    yield _private(path.parent, name)


def _private(folder: Path, name: str) -> Finding:
    return judge(
        not folder.stat().st_mode & 0o077,
        f"{name}: nobody else on this machine opens the database's folder",
        f"chmod 700 {folder}",
    )


def _postgresql(database: Database, name: str) -> Iterator[Finding]:
    with database.reading() as db:
        for setting, (wanted, why) in SETTINGS.items():
            value = db.scalar(text("SELECT current_setting(:name, true)"), {"name": setting})
            well = value is None or value.lower() in wanted  # None: this version has no such thing
            yield judge(
                well,
                f"{name}: PostgreSQL's {setting} is {wanted[0]}",
                f"{setting} is {value!r}, so {why}; "
                f"ALTER SYSTEM SET {setting} = '{wanted[0]}', then reload or restart the server",
            )
        idle = db.scalars(text("SELECT slot_name FROM pg_replication_slots WHERE NOT active"))
        left = ", ".join(idle)
    yield judge(
        not left,
        f"{name}: no abandoned standby keeps old log files",
        f"{left}: drop with pg_drop_replication_slot, or old rows stay in the log",
    )
