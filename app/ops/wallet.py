"""`lamplight wallet blind|finalize|ready`: the wallet that needs nothing installed, as it is."""

import typer

from app.credentials import wallet as worker

AS_TYPED = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def wallet(ctx: typer.Context) -> None:
    """Get and use a credential without a browser: blind, finalize, ready."""
    raise typer.Exit(worker.main(ctx.args, "lamplight wallet"))
