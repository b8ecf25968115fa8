"""People at browsers, and the account table as a thief would read it."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.people import Person


@pytest.fixture
def person(client: TestClient) -> Person:
    """Give somebody at a browser."""
    return Person(client)


@pytest.fixture
def people(browsers: Callable[..., TestClient]) -> Callable[..., Person]:
    """Give a maker of people, each at another browser."""
    return lambda lang="en": Person(browsers(lang))
