"""`lamplight transparency`: check a copy of the public log, of this Lamplight or any other."""

from pathlib import Path
from typing import Annotated

import typer

from app.moderation import verifying
from app.ops.telling import fail

commands = typer.Typer(no_args_is_help=True, help="Check the public log of the desk.")


@commands.callback()
def named() -> None:
    """Keep the verb's name, although it is the only one."""


@commands.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="What /transparency/log.jsonl gave.")],
    head: Annotated[
        list[str] | None,
        typer.Option(help="NUMBER:HASH as a footer showed it once; may be given again."),
    ] = None,
) -> None:
    """Check the links of a log, and heads that were kept; say what is wrong and where."""
    try:
        typer.echo(verifying.report(file, head or []))
    except verifying.Wrong as error:
        fail(str(error))
