"""What no table may say: who wrote, when exactly, in which order. And: models equal migrations."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import DateTime, Table, text
from sqlalchemy.types import Time

import app.main  # noqa: F401 (imports every room's tables)
from app.db import Base, Database
from app.ops.migrating import migrate

TABLES = list(Base.metadata.tables.values())
AUTHORS = ("author", "user", "account", "member", "owner", "writer", "email", "mailbox", "address")
TIMES = ("created", "updated", "modified", "timestamp", "last_", "_at", "seen")


@pytest.fixture
def database(database_url: str) -> Database:
    return Database(database_url)


def test_models_equal_migrations(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_go_down_and_up_again(database: Database) -> None:
    migrate(database, "base")
    with database.engine.connect() as connection:
        left = connection.execute(text(_TABLES[database.engine.dialect.name])).scalars().all()
    assert set(left) <= {"alembic_version"}
    migrate(database)
    test_models_equal_migrations(database)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_column_names_an_author(table: Table) -> None:
    for column in table.columns:
        assert not any(word in column.name.lower() for word in AUTHORS), column


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_column_holds_a_time(table: Table) -> None:
    for column in table.columns:
        assert not isinstance(column.type, DateTime | Time), column
        assert not any(word in column.name.lower() for word in TIMES), column


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_key_counts_upwards(table: Table) -> None:
    for column in table.primary_key:
        assert column.autoincrement in {"auto", False}
        assert column.server_default is None
        counts = column.type.python_type is int and len(table.primary_key) == 1
        assert not counts or table.name == "release", (
            "a release's number is public and its order too"
        )


def test_no_sqlite_table_has_row_numbers(sqlite_template: object) -> None:
    database = Database(f"sqlite:///{sqlite_template}")
    with database.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        ).all()
    named = {name: sql for name, sql in rows if name != "alembic_version"}
    assert named
    assert [name for name, sql in named.items() if "WITHOUT ROWID" not in sql] == []


def test_no_sequence_exists_in_postgresql(postgres_template: object) -> None:
    database = Database(postgres_template("template_lamplight"))
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pg_sequences")).scalar() == 0
    database.close()


def test_sqlite_is_durable_and_overwrites(sqlite_template: object) -> None:
    database = Database(f"sqlite:///{sqlite_template}")
    with database.engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert pragma == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
