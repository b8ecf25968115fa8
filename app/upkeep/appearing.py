"""What waits appears: posts whose time has come, a few at a time, by whichever process looks."""

from datetime import datetime

from app.db import Database
from app.threads import delaying


def appear(database: Database, now: datetime) -> int:
    """Publish every post that is due and return how many appeared; safe beside others."""
    appeared = 0
    while True:
        with database.transaction() as db:
            batch = delaying.publish_due(db, now)
        if not batch:
            return appeared
        appeared += batch
