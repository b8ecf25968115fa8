"""The long run of racing claims and decisions: `python -m tests.moderation.races [ATTEMPTS]`.

100,000 unless told. The database is LAMPLIGHT_DATABASE_URL, empty; a file of SQLite without it.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from app.db import Database
from app.ops.migrating import migrate
from app.settings import Settings
from tests.moderation.test_decision_races import THREADS, race
from tests.servers import quick_folder


def run(attempts: int) -> str:
    """Race, check everything, and say in a line what came of it."""
    with TemporaryDirectory(dir=quick_folder()) as folder:
        url = os.environ.get("LAMPLIGHT_DATABASE_URL", f"sqlite:///{folder}/races.db")
        store = Database(url)
        migrate(store)
        settings = Settings(var=Path(folder), database_url=url, secret_key="of the races")
        began, worked = perf_counter(), process_time()
        decided = race(store, settings, attempts)
        store.close()
    took, cpu = perf_counter() - began, process_time() - worked
    return (
        f"{url.partition(':')[0]}: {attempts:,} attempts by {THREADS} threads, {decided:,}"
        " decisions and undoings, 0 made twice, 0 without their line, chain whole;"
        f" {took:.0f} s, {cpu:.0f} s of the processor\n"
    )


if __name__ == "__main__":
    sys.stdout.write(run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
