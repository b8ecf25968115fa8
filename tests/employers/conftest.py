"""Somebody at a browser, and a small imported list."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.db import Database
from app.employers import importing, list_996icu
from app.employers.models import Employer
from tests.people import Person


@pytest.fixture
def person(client: TestClient) -> Person:
    """Give somebody at a browser."""
    return Person(client)


@pytest.fixture
def people(browsers: Callable[..., TestClient]) -> Callable[..., Person]:
    """Give a maker of people, each at another browser."""
    return lambda lang="en": Person(browsers(lang))


@pytest.fixture
def listed(database: Database) -> Callable[[], list[Employer]]:
    """Give a reader of the whole directory."""

    def read() -> list[Employer]:
        with database.reading() as db:
            return list(db.scalars(select(Employer).order_by(Employer.slug)))

    return read


@pytest.fixture
def bring(database: Database) -> Callable[[str], importing.Imported]:
    """Give an importer of the text of a list."""

    def store(text: str) -> importing.Imported:
        with database.transaction() as db:
            return list(importing.store(db, list_996icu.read(text)))[-1]

    return store
