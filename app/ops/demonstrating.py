"""`lamplight demo`: fill an empty database with an invented world, marked on every page."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from sqlalchemy import select

from app.db import Database
from app.employers.models import Employer
from app.ops.demo import loading
from app.ops.migrating import opened
from app.ops.telling import fail
from app.settings import Settings

EMPLOYERS = 22
REPORTS = 10_000
THREADS = 44


def demo(
    employers: Annotated[
        int, typer.Option(min=1, max=5000, help="Invented employers.")
    ] = EMPLOYERS,
    reports: Annotated[int, typer.Option(min=0, max=2_000_000, help="Invented reports.")] = REPORTS,
    threads: Annotated[int, typer.Option(min=0, max=20_000, help="Invented threads.")] = THREADS,
    seed: Annotated[int, typer.Option(help="The same seed invents the same world.")] = 1,
) -> None:
    """Load invented employers, hour reports and conversation into an empty database."""
    settings = Settings()
    with opened(settings) as database:
        if not is_empty(database):
            fail("the demonstration goes into an empty database only.")
        fill(database, settings, employers, reports, threads, seed)


def fill(
    database: Database,
    settings: Settings,
    employers: int = EMPLOYERS,
    reports: int = REPORTS,
    threads: int = THREADS,
    seed: int = 1,
) -> None:
    """Load the demonstration with a progress bar on a terminal and plain lines elsewhere."""
    console = Console()
    steps = loading.load(database, settings, employers, reports, threads, seed)
    for _ in track(steps, "Inventing a world", console=console, disable=not console.is_terminal):
        pass
    typer.echo(f"Loaded a demonstration: {employers} invented employers, {threads} threads.")


def is_empty(database: Database) -> bool:
    """Tell whether a database knows no employer yet."""
    with database.reading() as db:
        return db.scalar(select(Employer.id).limit(1)) is None
