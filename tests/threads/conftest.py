"""A database for the verbs of the conversation, and people at browsers for its pages."""

from collections.abc import Callable

import pytest

from tests.people import Person
from tests.threads.accounts import Writer


@pytest.fixture
def ana() -> Writer:
    """Let somebody join."""
    return Writer()


@pytest.fixture
def bo() -> Writer:
    """Let somebody else join."""
    return Writer()


@pytest.fixture
def person(people: Callable[..., Person]) -> Person:
    """Give somebody who has joined."""
    return people()
