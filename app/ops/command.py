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
    publishing,
    release,
    serving,
    staffing,
    verifying,
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
commands.command("publish")(publishing.publish)
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
commands.add_typer(staffing.commands, name="staff")
commands.add_typer(verifying.commands, name="transparency")


@commands.callback()
def prepare() -> None:
    """Send logs through the form that names nobody, whatever command follows."""
    logs.install()


def main() -> None:
    """Run a command; a failure is one clear line and a non-zero exit."""
    try:
        code = commands(standalone_mode=False)
    except typer.Abort:
        sys.exit(1)
    except typer.TyperException as error:
        sys.stderr.write(_wrongly_typed(error))
        sys.exit(error.exit_code)
    except Exception as error:
        logging.getLogger("lamplight").exception("command failed")
        sys.stderr.write(f"lamplight: {type(error).__name__}\n")
        sys.exit(1)
    sys.exit(code)


def _wrongly_typed(error: typer.TyperException) -> str:
    """Say in one line what was wrong with the words of a command; its help was printed if none."""
    said = " ".join(error.format_message().split()).rstrip(".")
    context = getattr(error, "ctx", None)
    where = f" (see {context.command_path} --help)" if context else ""
    return f"lamplight: {said}{where}.\n" if said else ""
