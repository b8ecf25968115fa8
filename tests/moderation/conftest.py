"""A database for the verbs of the desk, and who works at it."""

import pytest

from app.db import Database
from app.moderation.desk import Desk
from tests.moderation import desks


@pytest.fixture
def ines(store: Database) -> Desk:
    """Add a moderator."""
    with store.transaction() as db:
        return desks.staff(db, "ines")


@pytest.fixture
def tomas(store: Database) -> Desk:
    """Add another moderator."""
    with store.transaction() as db:
        return desks.staff(db, "tomas")


@pytest.fixture
def sol(store: Database) -> Desk:
    """Add a senior, who has just proved who they are."""
    with store.transaction() as db:
        return desks.staff(db, "sol", "senior", proven=True)


@pytest.fixture
def vera(store: Database) -> Desk:
    """Add another senior, who has just proved who they are."""
    with store.transaction() as db:
        return desks.staff(db, "vera", "senior", proven=True)
