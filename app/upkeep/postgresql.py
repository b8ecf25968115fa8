"""Flattening on PostgreSQL: every table copied in random order into new storage.

A heap keeps the order of writing, each row's transaction and what was deleted. TRUNCATE and INSERT
in one transaction give new files for the table and its indexes, one transaction for all rows and
an order that is nobody's; names, constraints and grants stay. CLUSTER would keep the transactions.
Then the write-ahead log that still holds the old rows is let go.
"""

import time
from collections.abc import Callable, Collection, Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from app.db import Database
from app.upkeep.families import families

PATIENCE: Final = 120.0  # seconds to get a group of tables alone
# Less than deadlock_timeout's one second: it is never a worker whose transaction is given up.
_LOCK_WAIT: Final = "SET LOCAL statement_timeout = 800"
_PAUSE: Final = 1.0
_NEVER: Final = {"alembic_version"}

_TABLES: Final = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"""
_REFERENCES: Final = """
SELECT DISTINCT source.relname, target.relname FROM pg_constraint
JOIN pg_class source ON source.oid = conrelid JOIN pg_class target ON target.oid = confrelid
WHERE contype = 'f' AND source.relnamespace = current_schema()::regnamespace"""
_COLUMNS: Final = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = to_regclass(quote_ident(:name)) AND attnum > 0
AND NOT attisdropped AND attgenerated = ''"""
_REFERRED_TO: Final = """
SELECT EXISTS (SELECT 1 FROM pg_constraint
WHERE contype = 'f' AND confrelid = to_regclass(quote_ident(:name)))"""
_KEYS: Final = """
SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = to_regclass(quote_ident(:name)) AND contype IN ('p', 'u', 'x')"""
_INDEXES: Final = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = to_regclass(quote_ident(:name))
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)"""

# ANALYZE leaves what it sampled of a table that is empty by now. PostgreSQL 18.
_FORGET: Final = """
SELECT pg_clear_attribute_stats(schemaname::text, tablename::text, attname::text, inherited)
FROM pg_stats WHERE schemaname = current_schema()"""
_STATISTICS: Final = "VACUUM FULL pg_catalog.pg_statistic"
_STORAGE: Final = text("SELECT pg_relation_filenode('pg_catalog.pg_statistic')")
GRANTS: Final = {
    _STATISTICS: "GRANT MAINTAIN ON pg_catalog.pg_statistic TO {role}",
    "SELECT pg_switch_wal()": "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {role}",
    "CHECKPOINT": "GRANT pg_checkpoint TO {role}",
}
_DENIED: Final = "42501"  # insufficient_privilege


class NotAlone(RuntimeError):
    """Somebody's transaction stays open on a table; its group is as it was."""


class MissingGrant(RuntimeError):
    """The tables are flattened, but the server's own copies of old rows are not let go."""


def flatten(
    database: Database,
    public: Collection[str],
    say: Callable[[str], None],
    patience: float = PATIENCE,
) -> None:
    """Flatten all tables but the public ones, then drop old statistics and the log.

    patience: seconds to get a group of tables alone. Raises NotAlone, MissingGrant.
    """
    for group in _groups(database, public):
        say(f"rewriting {', '.join(group)}")
        _swap_when_alone(database, group, patience)
    with database.alone() as connection:
        connection.execute(text(_FORGET))
        connection.execute(text("ANALYZE"))
        say("dropping the log that holds the old rows")
        _let_go(connection)


def _groups(database: Database, public: Collection[str]) -> Sequence[Sequence[str]]:
    with database.engine.connect() as connection:
        tables = set(connection.execute(text(_TABLES)).scalars()) - set(public) - _NEVER
        references = [(row[0], row[1]) for row in connection.execute(text(_REFERENCES))]
    return families(tables, references)


def _swap_when_alone(database: Database, group: Sequence[str], patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        with database.engine.connect() as connection, connection.begin():
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL READ COMMITTED"))
            if _alone(connection, group):
                _swap(connection, group)
                return
        if time.monotonic() > deadline:
            raise NotAlone(
                f"a transaction keeps {', '.join(group)} open; see pg_stat_activity, end it and "
                "run again"
            )
        time.sleep(_PAUSE)


def _alone(connection: Connection, group: Sequence[str]) -> bool:
    """Lock a group of tables against everybody, unless that would keep others waiting long."""
    connection.execute(text(_LOCK_WAIT))
    try:
        with connection.begin_nested():
            names = ", ".join(f'"{table}"' for table in group)
            connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
    except OperationalError:  # QueryCanceled by the timeout
        return False
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    return True


def _swap(connection: Connection, group: Sequence[str]) -> None:
    """Copy tables in random order, give them new storage, and write the copies there."""
    columns = {
        table: connection.execute(text(_COLUMNS), {"name": table}).scalar_one() for table in group
    }
    for table in group:
        connection.execute(
            text(
                f'CREATE TEMPORARY TABLE "flat_{table}" ON COMMIT DROP AS '  # noqa: S608 (names of the catalogue)
                f'SELECT {columns[table]} FROM "{table}" ORDER BY random()'
            )
        )
    connection.execute(text("TRUNCATE " + ", ".join(f'"{table}"' for table in group)))
    for table in group:
        rebuild = _strip(connection, table)
        connection.execute(
            text(
                f'INSERT INTO "{table}" ({columns[table]}) '  # noqa: S608 (names of the catalogue)
                f'SELECT {columns[table]} FROM "flat_{table}"'
            )
        )
        for statement in rebuild:
            connection.exec_driver_sql(statement)


def _strip(connection: Connection, table: str) -> list[str]:
    """Take a table's indexes away; the statements that build them again, under their names.

    Built from sorted rows they take a fifth of the time that random insertion would, for which
    writers wait. A table that others refer to is left as it is, and so are foreign keys: without
    them the table referred to, which everybody reads, would have to be locked.
    """
    asked = {"name": table}
    if connection.execute(text(_REFERRED_TO), asked).scalar():
        return []
    keys = connection.execute(text(_KEYS), asked).all()
    indexes = connection.execute(text(_INDEXES), asked).all()
    for name, _ in keys:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT {name}')
    for name, _ in indexes:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    added = [f'ALTER TABLE "{table}" ADD CONSTRAINT {name} {how}' for name, how in keys]
    return added + [how for _, how in indexes]


def _let_go(connection: Connection) -> None:
    """Drop sampled values of columns, then the log; what is not allowed is named, the rest done.

    Two rounds: what the first checkpoint writes is in the log that the second lets go.
    """
    _, *rounds = GRANTS
    tried = [_STATISTICS, *rounds, *rounds]
    missing = dict.fromkeys(wanted for wanted in tried if not _allowed(connection, wanted))
    if missing:
        role = connection.execute(text("SELECT quote_ident(current_user)")).scalar_one()
        grants = "; ".join(GRANTS[statement].format(role=role) for statement in missing)
        raise MissingGrant(
            f"the tables are flattened, but the server's own copies of old rows stay; let a "
            f"superuser say: {grants}"
        )


def _allowed(connection: Connection, statement: str) -> bool:
    """Run a statement; False where this role may not."""
    before = connection.execute(_STORAGE).scalar()
    try:
        connection.execute(text(statement))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != _DENIED:
            raise
        return False
    # VACUUM only warns and leaves the table as it is.
    return statement != _STATISTICS or connection.execute(_STORAGE).scalar() != before
