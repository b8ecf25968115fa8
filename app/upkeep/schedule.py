"""The weekly release and key ceremony of a server on SQLite, where no cron is set up."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import date

from app.db import Database
from app.hours import release
from app.settings import Settings
from app.upkeep import ceremonies
from app.weeks.quarters import monday

CHECK_SECONDS = 600
log = logging.getLogger("lamplight")


def is_on(settings: Settings) -> bool:
    """Tell whether this process releases by itself: one process on SQLite, unless turned off."""
    return settings.sqlite and settings.schedule == "on"


def weekly(database: Database, settings: Settings) -> Callable[[], bool]:
    """Return a check that releases once in each week that it is called in; True when it did.

    A restart calls the release again, which then finds the week's work done and changes nothing.
    """
    done: date | None = None

    def check() -> bool:
        nonlocal done
        today = settings.today()
        if monday(today) == done:
            return False
        release.run(database, settings, today)
        ceremonies.hold(database, settings, today)
        done = monday(today)
        return True

    return check


async def keep(check: Callable[[], bool], seconds: float = CHECK_SECONDS) -> None:
    """Call a check again and again; a failure is logged and tried at the next turn."""
    while True:
        try:
            await asyncio.to_thread(check)
        except Exception:
            log.exception("the weekly release failed")
        await asyncio.sleep(seconds)


async def stop(task: asyncio.Task[None]) -> None:
    """End the loop; a release under way in its thread commits or rolls back by itself."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def start(database: Database, settings: Settings) -> asyncio.Task[None]:
    """Begin to keep the weekly release."""
    loop: Coroutine[None, None, None] = keep(weekly(database, settings))
    return asyncio.create_task(loop)
