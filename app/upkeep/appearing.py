"""What waits appears: posts whose time has come, or that the desk hid for three midnights.

A few at a time, by whichever process looks.
"""

from datetime import date, datetime

from app.db import Database
from app.moderation import hiding
from app.threads import delaying


def appear(database: Database, now: datetime) -> int:
    """Publish every post that is due and return how many appeared; safe beside others."""
    appeared = end_hiding(database, now.date())
    while True:
        with database.transaction() as db:
            batch = delaying.publish_due(db, now)
        if not batch:
            return appeared
        appeared += batch


def end_hiding(database: Database, today: date) -> int:
    """Show again what the desk hid until this day; returns how many items. Safe beside others."""
    shown = 0
    while True:
        with database.transaction() as db:
            if not hiding.end(db, today):
                return shown
        shown += 1
