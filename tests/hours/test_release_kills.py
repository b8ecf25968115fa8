"""A release that is killed at any moment, or run beside another, counts every report once."""

import os
import random
import signal
import time
from threading import Barrier, Thread

import pytest

from app.db import Database
from app.hours import release
from app.settings import Settings
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.hours.releases import MONDAY, WEEK, assert_each_counted_once, exactly

KILLS = 10
EMPLOYERS = 2
EACH = 20


@pytest.fixture
def employers(database: Database) -> list[bytes]:
    """Add some employers; their ids."""
    with database.transaction() as db:
        return [factories.employer(db, f"Employer {n}").id for n in range(EMPLOYERS)]


def file(database: Database, employers: list[bytes], seed: int) -> int:
    """File for every employer; how many reports."""
    with database.transaction() as db:
        for employer_id in employers:
            factories.reports(db, employer_id, EACH, MONDAY, seed=seed)
    return len(employers) * EACH


def spawn(settings: Settings, turn: int) -> int:
    """Release in a process of its own, as the command does; its process id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        release.run(Database(settings.database_url), settings, MONDAY + turn * WEEK)
        code = 0
    finally:
        os._exit(code)


@pytest.fixture
def usual(settings: Settings, database: Database, employers: list[bytes]) -> float:
    """Tell how long a release of this size takes, in seconds, once all is loaded."""
    for turn in range(2):
        file(database, employers, turn)
        database.close()
        begun = time.monotonic()
        if turn == 0:
            # In this process: what is loaded and computed once, all processes to come have.
            release.run(database, exactly(settings), MONDAY)
        else:
            assert os.waitpid(spawn(exactly(settings), turn), 0)[1] == 0
    return time.monotonic() - begun


@SQLITE_FIRST
def test_kills_count_every_report_once(
    settings: Settings, database: Database, employers: list[bytes], usual: float
) -> None:
    rng = random.Random(5)
    filed, killed = 2 * EMPLOYERS * EACH, 0
    for turn in range(2, KILLS + 2):
        filed += file(database, employers, turn)
        database.close()
        child = spawn(exactly(settings), turn)
        time.sleep(rng.random() * usual)
        os.kill(child, signal.SIGKILL)
        if os.WIFSIGNALED(os.waitpid(child, 0)[1]):
            killed += 1
        else:
            usual *= 0.7  # it was measured while the machine was busy
        assert_each_counted_once(database, filed)
    last = release.run(database, exactly(settings), MONDAY + (KILLS + 2) * WEEK)
    assert last.new
    assert_each_counted_once(database, filed)
    assert killed >= KILLS / 4, "hardly a run was stopped on its way"


def test_two_runs_at_once_make_one_release(
    settings: Settings, database: Database, employers: list[bytes]
) -> None:
    filed = file(database, employers, 1)
    gate, outcomes = Barrier(3), []

    def run() -> None:
        mine = Database(settings.database_url)
        gate.wait()
        outcomes.append(release.run(mine, exactly(settings), MONDAY))
        mine.close()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.new for outcome in outcomes) == [False, False, True]
    assert {outcome.number for outcome in outcomes} == {1}
    assert_each_counted_once(database, filed)
