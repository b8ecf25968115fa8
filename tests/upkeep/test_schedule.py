"""A small server releases once a week by itself, and goes on after a failure."""

import asyncio
from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.db import Database
from app.figures import publishing
from app.main import create_app
from app.settings import Settings
from app.upkeep import schedule


def releases(database: Database) -> list[date]:
    """Return the days of all releases."""
    with database.reading() as db:
        last = publishing.latest(db)
    return [last.day] if last else []


def test_it_releases_once_in_a_week(database: Database, settings: Settings) -> None:
    check = schedule.weekly(database, settings)
    assert check()
    assert not check()
    assert releases(database) == [date(2026, 11, 18)]


def test_it_releases_again_in_the_next_week(database: Database, settings: Settings) -> None:
    check = schedule.weekly(database, settings)
    check()
    settings.clock = "2026-11-22T23:59:00"
    assert not check()
    settings.clock = "2026-11-23T00:01:00"
    assert check()
    assert releases(database) == [date(2026, 11, 23)]


def test_a_restart_in_the_same_week_releases_nothing_new(
    database: Database, settings: Settings
) -> None:
    schedule.weekly(database, settings)()
    settings.clock = "2026-11-19T08:00:00"
    schedule.weekly(database, settings)()
    assert releases(database) == [date(2026, 11, 18)]


def test_a_failure_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    calls: list[int] = []

    def failing() -> bool:
        calls.append(1)
        raise RuntimeError("the disk is full")

    async def run() -> None:
        task = asyncio.create_task(schedule.keep(failing, seconds=0.01))
        while len(calls) < 3:
            await asyncio.sleep(0.01)
        await schedule.stop(task)

    asyncio.run(asyncio.wait_for(run(), 5))
    assert "the weekly release failed" in caplog.text


def test_a_running_sqlite_server_releases_by_itself(settings: Settings) -> None:
    settings.schedule = "on"
    app: FastAPI = create_app(settings)
    with TestClient(app, base_url=settings.base_url):
        database = app.state.database
        if settings.sqlite:
            for _ in range(500):
                if releases(database):
                    break
                asyncio.run(asyncio.sleep(0.01))
        assert bool(releases(database)) == settings.sqlite
