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
def test_search_on_100_000_posts_finds_all_and_never_scans(database: Database) -> None:
    found = figures(database, searching.TEXTS, searching.QUERIES)
    print(database.engine.dialect.name, found.printed())  # noqa: T201 (the measured figure)
    assert found.recall == 1.0
    # The goal of twenty times is the benchmark's; a neighbour's load may take most of it here.
    assert found.scan >= 4 * found.page
