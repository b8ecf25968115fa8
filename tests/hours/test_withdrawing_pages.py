"""Withdrawing a report through pages: what waits is deleted, what is published is wiped."""

from collections.abc import Callable

import pytest

from app.db import Database
from app.hours.models import HourReport
from tests.conftest import SQLITE_FIRST
from tests.hours.conftest import FORM, WEEK, freeze, joined
from tests.people import Person

Reports = Callable[[], list[HourReport]]
# Where only the page is looked at, one database is enough.
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@SQLITE_FIRST
def test_withdrawing_a_waiting_report_deletes_it_and_frees_the_quarter(
    person: Person, reports: Reports
) -> None:
    joined(person)
    person.open(f"{FORM}/withdraw?quarter=2026Q4").submit()
    assert "deleted" in person.text
    assert reports() == []

    person.open(FORM).submit(**WEEK)
    assert [r.state for r in reports()] == ["pending"]


@SQLITE_FIRST
def test_withdrawing_a_published_report_wipes_it_and_closes_the_quarter(
    person: Person, reports: Reports, database: Database
) -> None:
    joined(person)
    freeze(database)
    stale = reports()[0]
    person.open(f"{FORM}/withdraw?quarter=2026Q4").submit()
    assert "wiped" in person.text
    (left,) = reports()
    kept = {column.name for column in HourReport.__table__.c if getattr(left, column.name)}
    assert kept == {"id", "tag", "mine", "quarter"}
    assert (left.tag, left.mine) == (stale.tag, stale.mine)

    address, values = person.open(f"{FORM}?quarter=2026Q3").form()
    person.post(address, **{**values, **WEEK, "quarter": "2026Q4"})
    assert person.status == 409
    assert "no second report" in person.text
    assert [r.state for r in reports()] == ["withdrawn"]


@SQLITE_FIRST
def test_withdrawing_twice_is_harmless(person: Person) -> None:
    joined(person)
    person.open(f"{FORM}/withdraw?quarter=2026Q4").submit()
    person.post(f"{FORM}/withdraw", quarter="2026Q4")

    assert person.status == 200
    assert "nothing left" in person.text
    assert "no report of yours" in person.open(f"{FORM}/withdraw?quarter=2026Q4").text


@on_one_database
def test_withdrawing_needs_an_account(person: Person) -> None:
    person.open(f"{FORM}/withdraw?quarter=2026Q4")
    assert person.path == "/sign-in"
