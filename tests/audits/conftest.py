"""Grounds to build towns on, of both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audits.grounds import Ground, postgres_ground, sqlite_ground


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.deep)])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    """Give a maker of settings on fresh databases, those of PostgreSQL in test-deep."""
    if request.param == "sqlite":
        with sqlite_ground(tmp_path) as made:
            yield made
        return
    with postgres_ground(tmp_path, request.getfixturevalue("postgres")) as made:
        yield made
