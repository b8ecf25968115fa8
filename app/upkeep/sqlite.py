"""Flattening on SQLite: the whole file written anew in the order of its keys.

Every table is WITHOUT ROWID and keyed by random bytes, and VACUUM copies each in the order of its
key into pages that were empty. What comes out is a function of the rows alone
(https://sqlite.org/lang_vacuum.html, measured in tests/upkeep/test_sqlite.py).
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy.engine import Connection

from app.db import Database
from app.upkeep import turn

PATIENCE: Final = 60.0  # seconds that readers may keep the log open
IN_MEMORY: Final = 256_000_000  # bytes; a larger file is copied beside itself
_PAUSE: Final = 0.1


class Unfinished(RuntimeError):
    """The old order may still be on the disk; run again."""


def flatten(database: Database, say: Callable[[str], None], patience: float = PATIENCE) -> None:
    """Rewrite a database and empty its log; readers go on, writers wait.

    patience: seconds to wait for readers who keep the log open. Raises Unfinished.
    """
    path = turn.file(database)
    say("emptying the log")
    _empty_log(database, patience)
    say("rewriting every table")
    with database.alone() as connection:
        _copy_near(connection, path)
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA temp_store=MEMORY")
    say("emptying the log again")
    _empty_log(database, patience)


def log_size(path: Path) -> int:
    """Return the bytes of a database's write-ahead log."""
    log = path.with_name(f"{path.name}-wal")
    return log.stat().st_size if log.exists() else 0


def _copy_near(connection: Connection, path: Path) -> None:
    """Keep VACUUM's copy in memory or, when that is too much, on the disk that holds the original.

    SQLite's own choice would be /var/tmp, which may be another disk, and not an encrypted one.
    """
    if path.stat().st_size <= IN_MEMORY:
        return
    folder = str(path.resolve().parent).replace("'", "''")
    connection.exec_driver_sql(f"PRAGMA temp_store_directory='{folder}'")
    if connection.exec_driver_sql("PRAGMA temp_store_directory").scalar():
        connection.exec_driver_sql("PRAGMA temp_store=FILE")


def _empty_log(database: Database, patience: float) -> None:
    """Write the log back and cut it to nothing, which needs a moment without older readers."""
    deadline = time.monotonic() + patience
    while True:
        with database.alone() as connection:
            # A short wait at a time, so that writers get in between.
            connection.exec_driver_sql("PRAGMA busy_timeout=1000")
            try:
                row = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            finally:
                connection.exec_driver_sql("PRAGMA busy_timeout=20000")
        if not row[0]:
            return
        if time.monotonic() > deadline:
            raise Unfinished(
                "a reader kept the write-ahead log open, so old rows are still in it; "
                "nothing is lost, run it again"
            )
        time.sleep(_PAUSE)
