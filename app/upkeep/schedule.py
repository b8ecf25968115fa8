"""What a server does by itself: on SQLite all that a cron would, elsewhere what cannot wait."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from app.db import Database
from app.settings import Settings
from app.threads import copying
from app.upkeep import appearing, ceremonies, maintain, releasing
from app.weeks.quarters import monday

CHECK_SECONDS = 300  # posts that wait appear within five minutes
log = logging.getLogger("lamplight")


@dataclass(frozen=True)
class Duty:
    """A thing to do once in each period; `begins` names a day's period by its first day.

    Without periods it is to be done at every check.
    """

    what: str
    begins: Callable[[date], date] | None
    do: Callable[[date], object]


def duties(database: Database, settings: Settings) -> Sequence[Duty]:
    """List what is to be done, in this order: maintenance comes after what leaves traces."""
    return (
        *shared(database, settings),
        Duty("the weekly release", monday, lambda day: releasing.run(database, settings, day)),
        # Every day, since a quarter begins on any; pools are weighed once a week all the same.
        Duty("the key ceremony", _day, lambda day: ceremonies.hold(database, settings, day)),
        Duty("the nightly maintenance", _day, lambda day: maintain.nightly(database, settings)),
    )


def shared(database: Database, settings: Settings) -> Sequence[Duty]:
    """List what each of several processes may do, at the same time too; the rest is for cron."""
    now, sweep = settings.now, copying.Sweep(database)
    return (
        Duty("what was to appear by now", None, lambda day: appearing.appear(database, now())),
        Duty("near-duplicates for the desk", None, sweep.look),
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
        due = [d for d in listed if d.begins is None or done.get(d.what) != d.begins(day)]
        did = []
        for duty in due:
            try:
                duty.do(day)
            except Exception:
                log.exception("a duty failed", extra={"duty": duty.what})
            else:
                if duty.begins:
                    done[duty.what] = duty.begins(day)
                did.append(duty.what)
        return did

    return check


def is_on(settings: Settings) -> bool:
    """Tell whether this process does anything by itself: unless that is turned off."""
    return settings.schedule == "on"


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
    """Begin to keep the schedule: all of it in the one process on SQLite."""
    listed = duties if settings.sqlite else shared
    return asyncio.create_task(keep(rota(listed(database, settings), settings.today)))


def _day(day: date) -> date:
    return day
