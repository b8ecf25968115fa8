"""`lamplight import`: public lists of employers become a directory and sourced claims."""

import json
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.employers import importing, list_955wlb, list_996icu, lists
from app.employers.lists import NotThisListError, Row
from app.ops.migrating import opened
from app.ops.telling import fail, shown
from app.settings import Settings

LARGEST = 50_000_000  # bytes; the real lists have 4 to 53 thousand
commands = typer.Typer(no_args_is_help=True, help="Import a public list of employers.")

File = Annotated[Path, typer.Argument(help="The list as its community publishes it (Markdown).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and count; store nothing.")]
JsonLines = Annotated[Path | None, typer.Option(help="Write one JSON object a row to this file.")]


@commands.command("996icu")
def icu(file: File, dry_run: DryRun = False, jsonl: JsonLines = None) -> None:
    """Import the 996.ICU list of employers (or its list of good places)."""
    _import(list_996icu.read, file, dry_run, jsonl)


@commands.command("955wlb")
def wlb(file: File, dry_run: DryRun = False, jsonl: JsonLines = None) -> None:
    """Import the 955.WLB list of employers."""
    _import(list_955wlb.read, file, dry_run, jsonl)


def _import(
    read: Callable[[str], list[Row]], file: Path, dry_run: bool, jsonl: Path | None
) -> None:
    """Read, write JSON lines, store, and print the summary as the last line."""
    try:
        rows = read(_text(file))
    except NotThisListError as error:
        fail(f"{file}: {error}.")
    if jsonl is not None:
        _write(jsonl, rows)
    if not dry_run:
        _store(rows)
    print(json.dumps(lists.summary(rows)))


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            fail(f"{file} is larger than {LARGEST // 1_000_000} MB.")
        return file.read_text("utf-8")
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        fail(f"{file} is not UTF-8 text.")


def _write(jsonl: Path, rows: Sequence[Row]) -> None:
    text = "".join(json.dumps(lists.as_json(row), ensure_ascii=False) + "\n" for row in rows)
    try:
        jsonl.write_text(text, "utf-8")
    except OSError as error:
        fail(f"{jsonl} cannot be written: {error.strerror}.")


def _store(rows: Sequence[Row]) -> None:
    """Store all rows in one transaction, so that a failure leaves the directory as it was."""
    with opened(Settings()) as database, database.transaction() as db:
        done = deque(
            shown(importing.store(db, rows), len(rows), "Importing", "rows"), maxlen=1
        ).pop()
        new = f"{done.employers} new employers, {done.claims} new or changed claims."
    typer.echo(new, err=True)
