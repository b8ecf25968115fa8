"""One transaction never writes an account row and anything else: the disk keeps their order."""

import re
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers.adding import Wanted, add
from app.members.models import Account
from tests.people import Person

FORM = "/employers/meridian-cloud/report"
WEEK = {"city": "beijing", "role": "engineering"}
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@pytest.fixture
def written(database: Database) -> Iterator[list[set[str]]]:
    """Give the tables that each committed transaction wrote, in order."""
    done: list[set[str]] = []
    open_: dict[int, set[str]] = {}

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if found := WRITES.match(statement):
            open_.setdefault(id(cursor.connection), set()).add(found[1])  # type: ignore[attr-defined]

    def commit(connection: object) -> None:
        raw = connection.connection.dbapi_connection  # type: ignore[attr-defined]
        tables = open_.pop(id(raw), set())
        if tables:
            done.append(tables)

    event.listen(database.engine, "before_cursor_execute", note)
    event.listen(database.engine, "commit", commit)
    yield done
    event.remove(database.engine, "before_cursor_execute", note)
    event.remove(database.engine, "commit", commit)


@pytest.fixture
def people(browsers: Callable[..., TestClient], database: Database) -> Callable[..., Person]:
    """Give a maker of people, and an employer to file for."""
    with database.transaction() as db:
        add(db, random_id(), Wanted("Meridian Cloud", cities=("beijing",)))
    return lambda lang="en": Person(browsers(lang))


def test_a_whole_life_of_an_account_writes_it_apart(
    people: Callable[..., Person], written: list[set[str]]
) -> None:
    person, again = people(), people()
    words = person.open(FORM).submit(FORM, **WEEK).words
    again.post("/sign-in", phrase=words)
    again.open("/me/words").submit("/me/words")
    again.open(f"{FORM}?quarter=2026Q4").submit(f"{FORM}/change", end="22:00")
    again.open("/me/close").submit("/me/close")
    assert again.status == 200
    account = Account.__tablename__
    assert [tables for tables in written if account in tables] == [{account}] * 3
    assert [tables for tables in written if account not in tables] == [{"hour_report"}] * 3


def test_the_instrument_sees_a_transaction_that_writes_both(
    people: Callable[..., Person], database: Database, written: list[set[str]]
) -> None:
    people()
    with database.transaction() as db:
        add(db, random_id(), Wanted("Alder Robotics"))
        db.query(Account).delete()
    assert any({"account", "employer"} <= tables for tables in written)
