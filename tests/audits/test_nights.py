"""Nightly copies of the account table identify nobody by the days on which they came."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from tests.audits.grounds import Ground, sqlite_ground
from tests.audits.lives import born
from tests.audits.nights import boxes_written_on_visits, identified, lived
from tests.audits.town import town

SMALL = 12
STATED = 30


def found(ground: Ground, number: int, broken: AbstractContextManager[None]) -> float:
    """Measure how often a thief of every night's copy finds the one who came on three days."""
    with town(ground()) as made, broken:
        people = born(made, number, seed=1)
        return identified(made, people, *lived(made, people, seed=1))


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Ground]:
    """Give a maker of settings on fresh SQLite files; test-deep has both databases."""
    with sqlite_ground(tmp_path) as made:
        yield made


def test_boxes_change_on_no_visit(small: Ground) -> None:
    assert found(small, SMALL, nullcontext()) == pytest.approx(1 / SMALL)


@pytest.mark.deep
def test_a_box_written_on_each_visit_is_caught(small: Ground) -> None:
    assert found(small, SMALL, boxes_written_on_visits()) > 0.4


@pytest.mark.deep
def test_more_people_are_as_hidden(ground: Ground) -> None:
    assert found(ground, STATED, nullcontext()) == pytest.approx(1 / STATED)
    assert found(ground, STATED, boxes_written_on_visits()) > 0.25
