"""What a server on SQLite does by itself, where no cron is set up."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from app.db import Database
from app.hours import release
from app.settings import Settings
from app.upkeep import ceremonies, maintain
from app.weeks.quarters import monday

CHECK_SECONDS = 600
log = logging.getLogger("lamplight")


@dataclass(frozen=True)
class Duty:
    """A thing to do once in each period; `begins` names a day's period by its first day."""

    what: str
    begins: Callable[[date], date]
    do: Callable[[date], object]


def duties(database: Database, settings: Settings) -> Sequence[Duty]:
    """List what is to be done, in this order: maintenance comes after what leaves traces."""
    return (
        Duty("the weekly release", monday, lambda day: release.run(database, settings, day)),
        # Every day, since a quarter begins on any; pools are weighed once a week all the same.
        Duty("the key ceremony", _day, lambda day: ceremonies.hold(database, settings, day)),
        Duty("the nightly maintenance", _day, lambda day: maintain.nightly(database, settings)),
    )


def rota(listed: Sequence[Duty], today: Callable[[], date]) -> Callable[[], list[str]]:
    """Return a check that does whatever is due and returns what it did.

    A failure is logged, keeps nothing else from its turn and is tried again at the next check.
    Nothing is remembered on disk: after a restart all is done once more, which every duty is
    ready for.
    """
    done: dict[str, date] = {}

    def check() -> list[str]:
        day = today()
        due = [duty for duty in listed if done.get(duty.what) != duty.begins(day)]
        did = []
        for duty in due:
            try:
                duty.do(day)
            except Exception:
                log.exception("a duty failed", extra={"duty": duty.what})
            else:
                done[duty.what] = duty.begins(day)
                did.append(duty.what)
        return did

    return check


def is_on(settings: Settings) -> bool:
    """Tell whether this process does it by itself: one process on SQLite, unless turned off."""
    return settings.sqlite and settings.schedule == "on"


async def keep(check: Callable[[], object], seconds: float = CHECK_SECONDS) -> None:
    """Call a check again and again."""
    while True:
        await asyncio.to_thread(check)
        await asyncio.sleep(seconds)


async def stop(task: asyncio.Task[None]) -> None:
    """End the loop; what is under way in its thread commits or rolls back by itself."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def start(database: Database, settings: Settings) -> asyncio.Task[None]:
    """Begin to keep the schedule."""
    return asyncio.create_task(keep(rota(duties(database, settings), settings.today)))


def _day(day: date) -> date:
    return day
