"""`lamplight maintain`: purge and flatten what is here, safe at any time."""

from collections.abc import Callable
from typing import Final

import typer
from rich.console import Console
from rich.status import Status

from app.db import Database
from app.evidence.store import Unreachable
from app.ops.migrating import opened
from app.ops.telling import fail
from app.settings import Settings
from app.upkeep import maintain as maintaining
from app.upkeep.maintain import Part
from app.upkeep.postgresql import MissingGrant, NotAlone
from app.upkeep.sqlite import Unfinished
from app.upkeep.turn import Occupied

_DO: Final[dict[Part, Callable[[Database, Settings, maintaining.Say], None]]] = {
    "site": maintaining.site,
    "issuer": maintaining.issuer,
}


def maintain() -> None:
    """Purge what is over and take the order of writing from the disk; run it every night."""
    settings = Settings()
    here = maintaining.parts(settings)
    if not here:
        fail("there is no database here yet.")
    failed = [part for part in here if not _maintained(part, settings)]
    if failed:
        raise typer.Exit(1)


def _maintained(part: Part, settings: Settings) -> bool:
    """Maintain one database and say how far it got; a failure does not keep the other waiting."""
    console = Console(stderr=True)
    try:
        with opened(settings, part) as database, console.status(part) as status:
            _DO[part](database, settings, lambda step: _say(console, status, f"{part}: {step}"))
    except (Occupied, Unfinished, NotAlone, MissingGrant, Unreachable) as error:
        typer.echo(f"lamplight: {part}: {error}.", err=True)
        return False
    print(f"{part}: flattened")
    return True


def _say(console: Console, status: Status, step: str) -> None:
    if console.is_terminal:
        status.update(step)
    else:
        typer.echo(step, err=True)
