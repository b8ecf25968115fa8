"""People, an employer to file for, and the raw reports as only the release may see them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers.adding import Wanted, add
from app.employers.models import Employer
from app.hours.models import HourReport
from tests.people import Person

FORM = "/employers/meridian-cloud/report"


@pytest.fixture
def employer(database: Database) -> Employer:
    """Add an employer in two cities."""
    wanted = Wanted("Meridian Cloud", "子午云", cities=("beijing", "shanghai"), confirmed=True)
    with database.transaction() as db:
        return add(db, random_id(), wanted)


@pytest.fixture
def person(client: TestClient, employer: Employer) -> Person:
    """Give somebody at a browser, and an employer to file for."""
    return Person(client)


@pytest.fixture
def people(browsers: Callable[..., TestClient], employer: Employer) -> Callable[..., Person]:
    """Give a maker of people, each at another browser."""
    return lambda lang="en": Person(browsers(lang))


@pytest.fixture
def reports(database: Database) -> Callable[[], list[HourReport]]:
    """Give a reader of all raw reports."""

    def read() -> list[HourReport]:
        with database.reading() as db:
            return list(db.scalars(select(HourReport)))

    return read


WEEK = {"city": "beijing", "role": "engineering"}


def freeze(database: Database) -> None:
    with database.transaction() as db:
        db.execute(update(HourReport).values(cohort_id=random_id()))


def joined(person: Person) -> Person:
    """File a first report, which signs a person in."""
    return person.open(FORM).submit(**WEEK)
