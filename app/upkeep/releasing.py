"""The weekly release, with what the desk has to do before it: held figures whose time is over."""

from datetime import date

from app.db import Database
from app.hours import release
from app.moderation import cohorts
from app.settings import Settings


def run(database: Database, settings: Settings, day: date) -> release.Outcome:
    """Let go what was held long enough by the clock, and release what has gathered by a day.

    At most once a week; safe to repeat, and to kill between the two.
    """
    with database.transaction() as db:
        cohorts.lapse(db, settings.today())
    return release.run(database, settings, day)
