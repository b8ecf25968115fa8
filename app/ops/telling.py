"""How a command tells what it does: progress while it works, one clear line when it cannot."""

from collections.abc import Iterator
from typing import Final, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import track

EVERY: Final = 100
Step = TypeVar("Step")


def fail(message: str) -> NoReturn:
    """End a command with one line on standard error and exit code 1."""
    typer.echo(f"lamplight: {message}", err=True)
    raise typer.Exit(1)


def shown(steps: Iterator[Step], total: int, doing: str, things: str) -> Iterator[Step]:
    """Pass steps on with a progress bar on a terminal and plain lines elsewhere."""
    console = Console(stderr=True)
    if console.is_terminal:
        yield from track(steps, doing, total, console=console)
        return
    for number, step in enumerate(steps, start=1):
        if number % EVERY == 0 or number == total:
            typer.echo(f"{doing}: {number} of {total} {things}", err=True)
        yield step
