"""A small server releases each week, maintains itself each day, and goes on after a failure."""

import asyncio
from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.db import Database
from app.figures import publishing
from app.main import create_app
from app.settings import Settings
from app.upkeep import schedule, turn
from app.upkeep.schedule import Duty
from app.weeks.quarters import monday
from tests.conftest import SQLITE_FIRST


def releases(database: Database) -> list[date]:
    """Return the days of all releases."""
    with database.reading() as db:
        last = publishing.latest(db)
    return [last.day] if last else []


def test_each_duty_is_done_once_in_its_period() -> None:
    today = date(2026, 11, 18)
    weekly = Duty("weekly", monday, lambda day: None)
    daily = Duty("daily", lambda day: day, lambda day: None)
    check = schedule.rota((weekly, daily), lambda: today)
    assert check() == ["weekly", "daily"]
    assert check() == []
    today = date(2026, 11, 22)
    assert check() == ["daily"]
    today = date(2026, 11, 23)
    assert check() == ["weekly", "daily"]


def test_a_failure_is_logged_and_tried_again_and_keeps_nothing_else_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    calls: list[int] = []

    def failing(day: date) -> None:
        calls.append(1)
        if len(calls) < 3:
            raise RuntimeError("the disk is full")

    duties = (Duty("the first", monday, failing), Duty("the second", monday, lambda day: None))
    check = schedule.rota(duties, lambda: date(2026, 11, 18))
    assert [check() for _ in range(4)] == [["the second"], [], ["the first"], []]
    assert [record.duty for record in caplog.records] == ["the first"] * 2


@SQLITE_FIRST
def test_a_week_brings_one_release_and_each_day_maintenance(
    database: Database, settings: Settings
) -> None:
    check = schedule.rota(schedule.duties(database, settings), settings.today)
    check()
    assert releases(database) == [turn.noted(database)] == [date(2026, 11, 18)]
    settings.clock = "2026-11-22T23:59:00"
    check()
    assert (releases(database), turn.noted(database)) == (
        [date(2026, 11, 18)],
        date(2026, 11, 22),
    )
    settings.clock = "2026-11-23T00:01:00"
    check()
    assert releases(database) == [turn.noted(database)] == [date(2026, 11, 23)]


@SQLITE_FIRST
def test_a_restart_in_the_same_week_releases_nothing_new(
    database: Database, settings: Settings
) -> None:
    schedule.rota(schedule.duties(database, settings), settings.today)()
    settings.clock = "2026-11-19T08:00:00"
    schedule.rota(schedule.duties(database, settings), settings.today)()
    assert releases(database) == [date(2026, 11, 18)]


def test_the_loop_calls_again_and_again_until_it_is_stopped() -> None:
    calls: list[int] = []

    async def run() -> None:
        task = asyncio.create_task(schedule.keep(lambda: calls.append(1), seconds=0.01))
        while len(calls) < 3:
            await asyncio.sleep(0.01)
        await schedule.stop(task)

    asyncio.run(asyncio.wait_for(run(), 5))


def test_a_running_sqlite_server_does_it_by_itself(settings: Settings) -> None:
    settings.schedule = "on"
    app: FastAPI = create_app(settings)
    with TestClient(app, base_url=settings.base_url):
        database = app.state.database
        if settings.sqlite:
            for _ in range(1000):
                if turn.noted(database):
                    break
                asyncio.run(asyncio.sleep(0.01))
        assert bool(releases(database)) == bool(turn.noted(database)) == settings.sqlite
