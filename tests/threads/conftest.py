"""A database for the verbs of the conversation, and people at browsers for its pages."""

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from app.db import Database
from app.employers.models import Employer
from tests import factories
from tests.people import Person
from tests.threads.accounts import Writer


@pytest.fixture
def store(database_url: str) -> Iterator[Database]:
    """Open a fresh, migrated database."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def acme(store: Database) -> Employer:
    """Add an employer."""
    with store.transaction() as db:
        return factories.employer(db, "Acme")


@pytest.fixture
def ana() -> Writer:
    """Let somebody join."""
    return Writer()


@pytest.fixture
def bo() -> Writer:
    """Let somebody else join."""
    return Writer()


@pytest.fixture
def people(browsers: Callable[..., TestClient], database: Database) -> Callable[..., Person]:
    """Give a maker of people who have joined, and an employer to talk about."""
    with database.transaction() as db:
        factories.employer(db, "Meridian Cloud")

    def join(lang: str = "en") -> Person:
        return Person(browsers(lang)).open("/join").submit()

    return join


@pytest.fixture
def person(people: Callable[..., Person]) -> Person:
    """Give somebody who has joined."""
    return people()
