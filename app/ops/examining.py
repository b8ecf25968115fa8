"""`lamplight doctor`: one line for each thing that must be so, and what to do where it is not."""

from pathlib import Path
from typing import Annotated, Final

import typer

from app.settings import Settings
from app.upkeep.doctor.visit import visit

SHIPPED: Final = Path(__file__).parents[2] / "Caddyfile"
INSTALLED: Final = Path("/etc/caddy/Caddyfile")

Folders = Annotated[
    list[Path] | None, typer.Option("--backups", help="A folder where backups are kept.")
]
Configuration = Annotated[
    Path | None,
    typer.Option(help="The web server's configuration; Caddy's own place, else the shipped one."),
]


def doctor(backups: Folders = None, caddyfile: Configuration = None) -> None:
    """Check settings, files and databases; exit 1 when anything is to be done."""
    found = caddyfile or (INSTALLED if INSTALLED.exists() else SHIPPED)
    ill = 0
    for finding in visit(Settings(), backups or [], found):
        ill += not finding.well
        print(f"ok   {finding.what}" if finding.well else f"DO   {finding.what}: {finding.todo}")
    if ill:
        print(f"{ill} to do.")
        raise typer.Exit(1)
    print("All is well.")
