"""What tests of the staff stand on: passwords that cost next to nothing, and a clock to turn."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from app.settings import Settings
from app.staff import passwords

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch passwords cheaply; tests/staff/test_passwords.py pays in full."""
    passwords._nobodys.cache_clear()
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


@pytest.fixture
def later(settings: Settings) -> Callable[..., None]:
    """Give what turns the clock of the application on."""

    def turn(**by: float) -> None:
        settings.clock = (settings.now() + timedelta(**by)).isoformat()

    return turn
