"""Search finds what a scan finds, in far less time."""

from collections.abc import Iterator

import pytest

from app.db import Database
from benchmarks import searching


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give a fresh database of each kind."""
    opened = Database(database_url)
    yield opened
    opened.close()


def figures(database: Database, texts: int, queries: int) -> searching.Figures:
    posts = searching.corpus(texts)
    searching.fill(database, posts)
    return searching.measure(database, searching.asked(posts, queries), texts)


def test_search_finds_exactly_what_a_scan_finds(database: Database) -> None:
    found = figures(database, 1_000, 80)
    assert found.found > 200
    assert found.recall == 1.0
    assert found.precision == 1.0


@pytest.mark.deep
def test_search_on_100_000_posts_takes_a_twentieth_of_a_scan(database: Database) -> None:
    found = figures(database, searching.TEXTS, searching.QUERIES)
    print(database.engine.dialect.name, found.printed())  # noqa: T201 (the measured figure)
    assert found.recall == 1.0
    assert found.scan >= searching.LEAST * found.page
