"""`lamplight backup`: a copy of the site's rows, without the issuer's."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from app.db import Database
from app.ops.migrating import opened
from app.ops.telling import fail
from app.settings import Settings
from app.upkeep import backup as backups
from app.upkeep import maintain
from app.upkeep.backup import Outcome
from app.upkeep.turn import Occupied

File = Annotated[Path, typer.Argument(help="Where to write it; old ones beside it are removed.")]


def backup(file: File) -> None:
    """Write a backup of the site, in key order, and remove those beside it over 30 days old."""
    settings = Settings()
    if not maintain.exists(settings.database_url):
        fail("there is no database here yet.")
    try:
        with opened(settings) as database:
            outcome = _written(database, file, settings)
    except (backups.NotABackup, Occupied) as error:
        fail(f"{error}.")
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}.")
    for removed in outcome.removed:
        print(f"removed {removed}: older than {backups.KEPT.days} days")
    print(f"{file}: {outcome.rows} rows")


def _written(database: Database, file: Path, settings: Settings) -> Outcome:
    """Write it with a progress bar on a terminal and plain lines elsewhere."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Backing up", total=None)

        def tell(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)
            if not console.is_terminal:
                typer.echo(f"Backing up: {done} of {total} rows", err=True)

        return backups.write(database, file, settings.today(), tell)
