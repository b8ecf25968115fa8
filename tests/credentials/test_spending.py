"""Spending: once for ever, told to its holder alone, forgotten with its quarter."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.credentials import published, spending
from app.credentials.models import SpentCredential
from app.db import Database
from tests.credentials.presenting import Published, forged

MINE, THEIRS = b"m" * 16, b"t" * 16
ACME, OLD_ACME, ELSE = b"a" * 16, b"o" * 16, b"e" * 16


@pytest.fixture
def site(database: Database) -> Published:
    made = Published(database)
    made.key(0, ACME)
    made.key(1, None)
    made.key(2, OLD_ACME, "2026Q3")
    made.key(3, ELSE)
    made.key(4, ACME, "2026Q2")
    return made


def spend(database: Database, number: int, times: int, tag: bytes = MINE) -> None:
    with database.transaction() as db:
        for _ in range(times):
            assert spending.spend(db, forged(number), tag) == "new"


def test_a_credential_is_spent_once(database: Database) -> None:
    shown = forged(0)
    with database.transaction() as db:
        assert spending.spend(db, shown, MINE) == "new"
        assert spending.spend(db, shown, MINE) == "again"
        assert spending.spend(db, shown, THEIRS) == "taken"
        assert spending.is_spent_by(db, shown, MINE)
        assert not spending.is_spent_by(db, shown, THEIRS)
        assert not spending.is_spent_by(db, forged(0), MINE)
        row = db.scalars(select(SpentCredential)).one()
    assert (row.digest, row.key, row.tag) == (shown.digest, shown.key, MINE)


def test_enough_is_counted_over_this_and_the_last_quarter_and_the_whole_family(
    database: Database, site: Published
) -> None:
    def enough(least: int, today: date = date(2026, 12, 31)) -> bool:
        with database.reading() as db:
            directory = published.current(db)
            assert directory is not None
            return spending.redeemed_enough(db, directory, {ACME, OLD_ACME}, today, least)

    spend(database, 0, 3)
    spend(database, 2, 2)
    for foreign in (1, 3, 4):
        spend(database, foreign, 5)
    assert (enough(5), enough(6)) == (True, False)
    assert (enough(3, date(2027, 1, 1)), enough(4, date(2027, 1, 1))) == (True, False)
    assert not enough(1, date(2027, 4, 1))


def test_a_retired_key_s_credentials_are_not_enough(database: Database, site: Published) -> None:
    spend(database, 0, 3)
    site.event("retired", 0)
    with database.reading() as db:
        directory = published.current(db)
        assert directory is not None
        assert not spending.redeemed_enough(db, directory, {ACME}, date(2026, 12, 1), 1)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 12, 31), {0: 2, 1: 2, 2: 2}),
        (date(2027, 1, 1), {0: 2, 1: 2, 2: 2}),
        (date(2027, 1, 2), {0: 2, 1: 2}),
        (date(2027, 4, 1), {0: 2, 1: 2}),
        (date(2027, 4, 2), {}),
    ],
)
def test_what_was_spent_is_forgotten_a_day_after_the_next_quarter(
    database: Database, site: Published, today: date, left: dict[int, int]
) -> None:
    for number in (0, 1, 2, 4, 9):
        spend(database, number, 2)
    with database.transaction() as db:
        directory = published.current(db)
        assert directory is not None
        spending.purge(db, directory, today)
        asked = select(SpentCredential.key, func.count()).group_by(SpentCredential.key)
        found = dict(db.execute(asked).all())
    assert found == {forged(number).key: times for number, times in left.items()}
