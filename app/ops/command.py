"""`lamplight`: every command an operator types."""

import logging
import sys

import typer

from app.ops import (
    backing_up,
    demonstrating,
    employing,
    examining,
    importing,
    keys,
    maintaining,
    release,
    serving,
    wallet,
    week,
)
from app.web import logs

commands = typer.Typer(
    name="lamplight",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Run and look after a Lamplight.",
)
commands.command("serve")(serving.serve)
commands.command("issuer")(serving.issuer)
commands.command("release")(release.release)
commands.command("maintain")(maintaining.maintain)
commands.command("backup")(backing_up.backup)
commands.command("doctor")(examining.doctor)
commands.command("demo")(demonstrating.demo)
commands.command("week")(week.week)
commands.command("wallet", context_settings=wallet.AS_TYPED)(wallet.wallet)
commands.add_typer(importing.commands, name="import")
commands.add_typer(employing.employers, name="employers")
commands.add_typer(employing.mail_domains, name="domains")
commands.add_typer(keys.commands, name="keys")


@commands.callback()
def prepare() -> None:
    """Send logs through the form that names nobody, whatever command follows."""
    logs.install()


def main() -> None:
    """Run a command; a failure is one clear line and a non-zero exit."""
    try:
        commands()
    except Exception as error:
        logging.getLogger("lamplight").exception("command failed")
        sys.stderr.write(f"lamplight: {type(error).__name__}\n")
        sys.exit(1)
