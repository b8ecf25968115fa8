"""One transaction never writes an account row and anything else: the disk keeps their order."""

import re
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers.adding import Wanted, add
from app.members.models import Account
from tests.credentials.presenting import Published
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
        employer = add(db, random_id(), Wanted("Meridian Cloud", cities=("beijing",)))
    Published(database).key(0, employer.id)
    return lambda lang="en": Person(browsers(lang))


def test_a_whole_life_of_an_account_writes_it_apart(
    people: Callable[..., Person], database: Database, written: list[set[str]]
) -> None:
    person, again = people(), people()
    words = person.open(FORM).submit(FORM, **WEEK).words
    again.post("/sign-in", phrase=words)
    again.open("/me/words").submit("/me/words")
    again.open(f"{FORM}?quarter=2026Q4").submit(f"{FORM}/change", end="22:00")
    line = Published(database).line(0)
    for _ in range(2):
        again.open("/credential").submit("/credential", credential=line)
    again.open("/me").submit(f"{FORM}/raise")
    again.open("/me/close").submit("/me/close")
    assert again.status == 200
    account, report, spent = {Account.__tablename__}, {"hour_report"}, {"spent_credential"}
    assert written == [
        account,  # joining
        report,  # filing
        account,  # other words
        report,  # changing
        spent,  # redeeming
        account,  # the badge, alone
        spent,  # the same again: tried, in vain
        report,  # raising
        report,  # closing: the report
        account,  # and its row
    ]


def test_the_instrument_sees_a_transaction_that_writes_both(
    people: Callable[..., Person], database: Database, written: list[set[str]]
) -> None:
    people()
    with database.transaction() as db:
        add(db, random_id(), Wanted("Alder Robotics"))
        db.query(Account).delete()
    assert any({"account", "employer"} <= tables for tables in written)
