"""What no table may say: who wrote, when exactly, in which order. And: models equal migrations."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    String,
    Table,
    Time,
    Uuid,
    func,
    text,
)

import app.credentials.models
import app.main  # noqa: F401 (imports every room's tables)
from app.db import Base, Database, random_id
from app.issuing.models import IssuerBase
from app.ops.migrating import migrate
from tests.rules import schema

SITE, ISSUER = Base.metadata, IssuerBase.metadata
BOTH = pytest.mark.parametrize("metadata", [SITE, ISSUER], ids=["site", "issuer"])


@pytest.fixture(params=["site", "issuer"])
def of(request: pytest.FixtureRequest) -> str:
    """Name one of the two applications that have a database."""
    return request.param


@pytest.fixture
def databases(database_url: str, issuer_url: str) -> dict[str, Database]:
    """Give the databases of both."""
    return {"site": Database(database_url), "issuer": Database(issuer_url)}


def test_models_equal_migrations(databases: dict[str, Database]) -> None:
    for name, database in databases.items():
        with database.engine.connect() as connection:
            opts = {"compare_type": True, "include_name": _in_the_models}
            context = MigrationContext.configure(connection, opts=opts)
            assert compare_metadata(context, {"site": SITE, "issuer": ISSUER}[name]) == []


def _in_the_models(name: str, kind: str, parents: object) -> bool:
    """Leave out the words of the search index, which each database keeps in its own way."""
    return not (kind == "table" and name.startswith("search_words"))


def test_migrations_go_down_and_up_again(databases: dict[str, Database]) -> None:
    for name, database in databases.items():
        migrate(database, "base", of=name)
        with database.engine.connect() as connection:
            left = connection.execute(text(_TABLES[database.engine.dialect.name])).scalars().all()
        assert set(left) <= {"alembic_version"}
        migrate(database, of=name)
    test_models_equal_migrations(databases)


@BOTH
def test_no_table_says_who_or_when_or_in_which_order(metadata: MetaData) -> None:
    assert len(metadata.tables) > 3
    assert schema.broken(metadata) == []


def test_nothing_repeats_an_account_row() -> None:
    assert schema.shares_an_account(SITE) == []


def test_no_row_of_the_issuer_can_be_joined_with_one_of_the_site() -> None:
    assert schema.joins(SITE, ISSUER) == []


def test_the_lists_of_exceptions_name_columns_that_exist() -> None:
    every = {str(c) for m in (SITE, ISSUER) for t in m.tables.values() for c in t.columns}
    assert every >= schema.ISSUER_BYTES | schema.SITE_MARKS | schema.COUNTED | schema.FINER


def key() -> Column[bytes]:
    """Make a key as tables here have it."""
    return Column("id", LargeBinary(16), primary_key=True)


PLANTED: list[tuple[schema.Rule, Callable[[], list[Column[object]]]]] = [
    (schema.names_an_author, lambda: [key(), Column("author", LargeBinary(16))]),
    (schema.names_an_author, lambda: [key(), Column("reported_by_user", String(16))]),
    (schema.names_an_author, lambda: [key(), Column("email_hash", LargeBinary(32))]),
    (schema.names_an_author, lambda: [key(), Column("by", ForeignKey("account.lookup"))]),
    (schema.tells_the_time, lambda: [key(), Column("day", DateTime)]),
    (schema.tells_the_time, lambda: [key(), Column("day", DateTime(timezone=True))]),
    (schema.tells_the_time, lambda: [key(), Column("begun", Time)]),
    (schema.tells_the_time, lambda: [key(), Column("waited", Interval)]),
    (schema.tells_the_time, lambda: [key(), Column("sent_at", Integer)]),
    (schema.tells_the_time, lambda: [key(), Column("last_visit", String(20))]),
    (schema.counts_upwards, lambda: [Column("number", Integer, primary_key=True)]),
    (schema.counts_upwards, lambda: [key(), Column("turn", Integer, Identity())]),
    (
        schema.counts_upwards,
        lambda: [Column("n", Integer, primary_key=True, autoincrement=True), Column("m", Integer)],
    ),
    (schema.counts_upwards, lambda: [Column("id", Uuid, primary_key=True)]),
    (schema.fills_itself, lambda: [key(), Column("d", Date, default=func.current_date())]),
    (schema.fills_itself, lambda: [key(), Column("d", Date, server_default=text("CURRENT_DATE"))]),
    (schema.fills_itself, lambda: [key(), Column("d", Date, default=_now)]),
    (schema.fills_itself, lambda: [key(), Column("d", Date, onupdate=_now)]),
    (
        schema.fills_itself,
        lambda: [Column("id", LargeBinary(16), primary_key=True, default=_time_ordered)],
    ),
]


@pytest.mark.parametrize(("rule", "columns"), PLANTED)
def test_each_rule_finds_what_is_planted(
    rule: schema.Rule, columns: Callable[[], list[Column[object]]]
) -> None:
    metadata = MetaData()
    table = Table("planted", metadata, *columns(), sqlite_with_rowid=False)
    assert list(rule(table)) != []
    assert next(rule(table)) in schema.broken(metadata)


def test_the_rules_let_a_table_of_the_house_pass() -> None:
    good = Table(
        "good",
        MetaData(),
        Column("id", LargeBinary(16), primary_key=True, default=random_id),
        Column("latest", Integer, default=0),
        Column("category", String(20)),
        Column("day", Date),
        sqlite_with_rowid=False,
    )
    assert schema.broken(good.metadata) == []


def test_row_numbers_are_found() -> None:
    assert list(schema.counts_upwards(Table("planted", MetaData(), key()))) != []


@pytest.mark.parametrize("name", ["lookup", "wrapped_key", "box"])
def test_a_repeated_account_row_is_found(name: str) -> None:
    site = copied(SITE)
    Table("planted", site, key(), Column(name, LargeBinary(32)))
    Table("planted_too", site, key(), Column("other", SITE.tables["account"].c[name].type))
    found = schema.shares_an_account(site)
    assert any("planted." in said for said in found)
    assert name == "lookup" or any("planted_too." in said for said in found)


@pytest.mark.parametrize(
    ("side", "column"),
    [
        ("issuer", Column("tag", LargeBinary(16))),
        ("issuer", Column("bearer", LargeBinary(16))),
        ("issuer", Column("lookup", LargeBinary(32))),
        ("issuer", Column("digest", String(64))),
        ("site", Column("mark", String(64))),
        ("site", Column("request", LargeBinary(20))),
        ("site", Column("proof", LargeBinary(32))),
    ],
    ids=lambda given: getattr(given, "name", given),
)
def test_what_could_join_the_two_is_found(side: str, column: Column[object]) -> None:
    databases = {"site": copied(SITE), "issuer": copied(ISSUER)}
    Table("planted", databases[side], key(), column)
    assert schema.joins(**databases) != []


def test_a_table_of_both_is_found() -> None:
    issuer = copied(ISSUER)
    Table("account", issuer, key())
    assert "both databases have a table account" in schema.joins(SITE, issuer)


def test_no_sqlite_table_has_row_numbers(of: str, request: pytest.FixtureRequest) -> None:
    name = "sqlite_template" if of == "site" else "issuer_sqlite_template"
    database = Database(f"sqlite:///{request.getfixturevalue(name)}")
    with database.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        ).all()
    # FTS5 numbers its rows: by docid, of which app/search/models.py says what it tells.
    index = {name for name, _ in rows if name.startswith("search_words")}
    named = {name: sql for name, sql in rows if name not in {"alembic_version", *index}}
    assert set(named) == {"site": SITE, "issuer": ISSUER}[of].tables.keys()
    assert [name for name, sql in named.items() if "WITHOUT ROWID" not in sql] == []


def test_no_sequence_exists_in_postgresql(of: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgres_template")("template_lamplight")
    if of == "issuer":
        url = request.getfixturevalue("issuer_postgres_template")("template_issuer")
    database = Database(url)
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


def copied(metadata: MetaData) -> MetaData:
    """Copy tables, so that a planted one is not there for other tests."""
    copy = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(copy)
    return copy


def _now() -> datetime:
    return datetime.now(UTC)


def _time_ordered() -> bytes:
    return uuid.uuid1().bytes


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
