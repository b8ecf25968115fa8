"""After maintenance the disk says what the rows say, and nothing of how they came to be there."""

import os
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import delete, insert, select, text
from starlette.testclient import TestClient

from app.db import Database
from app.hours.models import HourReport
from app.issuing.models import Issued, SigningQuarter
from app.settings import Settings
from app.upkeep import maintain, postgresql, sqlite
from tests import factories
from tests.people import Person

ROWS = 400
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


def reports(employer_id: bytes, numbers: Sequence[int]) -> list[dict[str, object]]:
    """Make reports whose bytes follow from their number."""
    made = []
    for number in numbers:
        rng = random.Random(number)
        id, tag, mine = (rng.randbytes(16) for _ in range(3))
        made.append(
            {
                "id": id,
                "tag": tag,
                "mine": mine,
                "employer_id": employer_id,
                "quarter": "2026Q4",
                "city": "beijing",
                "role": "data",
                "start": 540 + rng.randrange(9) * 10,
            }
        )
    return made


def write(database: Database, employer_id: bytes, numbers: Sequence[int], each: int = 40) -> None:
    """File reports in this order, in many transactions."""
    rows = reports(employer_id, numbers)
    for first in range(0, len(rows), each):
        with database.transaction() as db:
            db.execute(insert(HourReport), rows[first : first + each])


def withdraw(database: Database, numbers: Sequence[int]) -> None:
    """Delete reports."""
    ids = [row["id"] for row in reports(b"", numbers)]
    with database.transaction() as db:
        db.execute(delete(HourReport).where(HourReport.id.in_(ids)))


def disk(database: Database) -> dict[str, bytes]:
    """Read every file that a database is kept in: tables, free pages, indexes, log."""
    url = database.engine.url
    if database.engine.dialect.name == "sqlite":
        path = Path(url.database)
        return {str(p): p.read_bytes() for p in path.parent.glob(f"{path.name}*")}
    data = Path(url.query["host"])
    kept = [
        p for folder in ("base", "pg_wal", "global", "pg_xact") for p in data.glob(f"{folder}/**/*")
    ]
    return {str(p): p.read_bytes() for p in kept if p.is_file()}


def found(database: Database, secrets: Sequence[bytes]) -> set[bytes]:
    """Return the secrets that some file holds, as they are or as text."""
    files = disk(database).values()
    return {s for s in secrets if any(s in raw or s.hex().encode() in raw for raw in files)}


@pytest.fixture
def employer_id(database: Database) -> bytes:
    with database.transaction() as db:
        return factories.employer(db, "Lamp Huo").id


@ON_SQLITE
def test_the_file_follows_from_the_rows_alone(
    sqlite_template: Path, tmp_path: Path, settings: Settings
) -> None:
    shuffled = list(range(ROWS))
    random.Random(7).shuffle(shuffled)
    raw = []
    for name, order, gone in (("a", range(ROWS), range(0)), ("b", shuffled, range(9_000, 9_200))):
        path = tmp_path / f"{name}.db"
        shutil.copy(sqlite_template, path)
        database = Database(f"sqlite:///{path}")
        with database.transaction() as db:
            db.connection().exec_driver_sql(
                "INSERT INTO employer (id, slug, name, place, status, demo, canonical_id)"
                " VALUES (zeroblob(16), 'e', 'E', 'CN', 'confirmed', 0, zeroblob(16))"
            )
        write(database, bytes(16), [*order, *gone])
        if gone:
            withdraw(database, gone)
        before = path.read_bytes()
        maintain.site(database, settings)
        # An open reader of this process keeps the files as a running server has them.
        with database.reading() as db:
            assert db.execute(text("PRAGMA freelist_count")).scalar() == 0
            assert sqlite.log_size(path) == 0
        raw.append(path.read_bytes())
        assert raw[-1] != before
        database.close()
    # Bytes 24-27 and 92-95 count changes of the file; https://sqlite.org/fileformat2.html
    plain = [r[:24] + r[28:40] + r[44:92] + r[96:] for r in raw]
    assert plain[0] == plain[1]


@ON_POSTGRESQL
def test_rows_share_one_transaction_and_an_order_that_is_nobodys(
    database: Database, settings: Settings, employer_id: bytes
) -> None:
    write(database, employer_id, range(ROWS))
    numbers = {row["id"]: n for n, row in enumerate(reports(b"", range(ROWS)))}
    asked = text("SELECT id, xmin::text FROM hour_report ORDER BY ctid")

    def look() -> tuple[list[int], set[str]]:
        with database.reading() as db:
            rows = db.execute(asked).all()
        return [numbers[bytes(row[0])] for row in rows], {row[1] for row in rows}

    order, writers = look()
    assert order == list(range(ROWS))
    assert len(writers) > 5
    maintain.site(database, settings)
    order, writers = look()
    assert len(writers) == 1
    # Correlation of two independent orders: its standard error is 1 / sqrt(n - 1).
    mean = (ROWS - 1) / 2
    tie = sum((n - mean) * (at - mean) for at, n in enumerate(order))
    assert abs(tie / sum((n - mean) ** 2 for n in order)) < 5 / (ROWS - 1) ** 0.5
    maintain.site(database, settings)
    assert look()[0] != order


def test_what_was_withdrawn_is_in_no_file(
    client: TestClient, database: Database, settings: Settings, employer_id: bytes
) -> None:
    write(database, employer_id, range(ROWS))
    person = Person(client)
    person.open("/employers/lamp-huo/report").submit(city="beijing", role="data")
    with database.reading() as db:
        account = db.execute(text("SELECT lookup, wrapped_key FROM account")).one()
        tags = db.execute(
            select(HourReport.id, HourReport.tag, HourReport.mine).where(
                HourReport.id.not_in([row["id"] for row in reports(b"", range(ROWS))])
            )
        ).one()
    # The smallest is a bound of the histogram that PostgreSQL keeps of a column.
    sampled = min(range(ROWS), key=lambda number: reports(b"", [number])[0]["tag"])
    if not settings.sqlite:
        with database.alone() as connection:
            connection.execute(text("ANALYZE"))
    secrets = [bytes(value) for value in (*account, *tags, reports(b"", [sampled])[0]["tag"])]
    person.open("/me/close").submit("/me/close")
    withdraw(database, [sampled])
    with database.reading() as db:
        assert db.execute(text("SELECT count(*) FROM account")).scalar() == 0
    assert found(database, secrets) == set(secrets), "the sweep must be able to find"
    maintain.site(database, settings)
    assert found(database, secrets) == set()
    with database.reading() as db:
        assert db.execute(text("SELECT count(*) FROM hour_report")).scalar() == ROWS - 1


def test_the_issuers_rows_are_flattened_too(issuer_url: str, settings: Settings) -> None:
    database = Database(issuer_url)
    marks = [os.urandom(32) for _ in range(60)]
    with database.transaction() as db:
        for quarter in ("2026Q1", "2026Q4"):
            db.add(SigningQuarter(quarter=quarter, sealed_pepper=os.urandom(60)))
    for n, mark in enumerate(marks):
        with database.transaction() as db:
            db.add(Issued(mark=mark, request=os.urandom(32), quarter=f"2026Q{1 + 3 * (n % 2)}"))
    assert found(database, marks[:2]) == set(marks[:2])
    maintain.issuer(database, settings)
    assert found(database, marks[:2]) == {marks[1]}, "the other's quarter is over"
    with database.reading() as db:
        assert set(db.scalars(select(Issued.mark))) == set(marks[1::2])
        if database.engine.dialect.name == "postgresql":
            assert len(set(db.execute(text("SELECT xmin::text FROM issued")).scalars())) == 1
            ctids = text("SELECT mark FROM issued ORDER BY ctid")
            assert [bytes(mark) for mark in db.execute(ctids).scalars()] != marks[1::2]
    database.close()


@ON_POSTGRESQL
def test_indexes_and_constraints_stay_as_they_were(
    database: Database, settings: Settings, employer_id: bytes
) -> None:
    write(database, employer_id, range(10))
    asked = text(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2"
    )
    with database.reading() as db:
        before = db.execute(asked).all()
    maintain.site(database, settings)
    with database.reading() as db:
        assert db.execute(asked).all() == before


@ON_POSTGRESQL
def test_a_role_without_grants_is_told_which(database: Database, settings: Settings) -> None:
    name = database.engine.url.database
    role = f"plain_{os.urandom(4).hex()}"
    admin = f"postgresql://postgres@/{name}?host={database.engine.url.query['host']}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN")
        connection.execute(f"GRANT CREATE ON SCHEMA public TO {role}")  # as who migrates has
        for table in connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall():
            connection.execute(f"ALTER TABLE {table[0]} OWNER TO {role}")
        plain = Database(admin.replace("postgres@", f"{role}@"))
        try:
            with pytest.raises(postgresql.MissingGrant) as told:
                maintain.site(plain, settings)
            grants = str(told.value).split("superuser say: ")[1].split("; ")
            assert len(grants) == 3
            for grant in grants:
                connection.execute(grant)
            maintain.site(plain, settings)
        finally:
            plain.close()
            connection.execute(f"REASSIGN OWNED BY {role} TO postgres")
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")
