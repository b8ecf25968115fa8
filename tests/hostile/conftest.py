"""Somebody who sends hostile texts through every form, and a picture for their descriptions."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.db import Database
from tests import factories
from tests.people import Person


@pytest.fixture
def people(browsers: Callable[..., TestClient], database: Database) -> Callable[..., Person]:
    """Give a maker of people who have joined, and an employer to talk about."""
    with database.transaction() as db:
        factories.employer(db, "Meridian Cloud")

    def join() -> Person:
        return Person(browsers()).open("/join").submit()

    return join
