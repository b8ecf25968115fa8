"""A database for the verbs of the conversation, without an application around it."""

from collections.abc import Iterator

import pytest

from app.db import Database
from app.employers.models import Employer
from tests import factories
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
