"""`lamplight import`: public lists of employers become a directory and sourced claims."""

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import track

from app.db import Database
from app.employers import importing, list_955wlb, list_996icu, lists
from app.employers.lists import NotThisListError, Row
from app.ops.migrating import migrate
from app.settings import Settings

LARGEST = 50_000_000  # bytes; the real lists have 4 to 53 thousand
EVERY = 100
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
        _fail(f"{file}: {error}.")
    if jsonl is not None:
        _write(jsonl, rows)
    if not dry_run:
        _store(rows)
    print(json.dumps(lists.summary(rows)))


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            _fail(f"{file} is larger than {LARGEST // 1_000_000} MB.")
        return file.read_text("utf-8")
    except OSError as error:
        _fail(f"{file} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        _fail(f"{file} is not UTF-8 text.")


def _write(jsonl: Path, rows: Sequence[Row]) -> None:
    text = "".join(json.dumps(lists.as_json(row), ensure_ascii=False) + "\n" for row in rows)
    try:
        jsonl.write_text(text, "utf-8")
    except OSError as error:
        _fail(f"{jsonl} cannot be written: {error.strerror}.")


def _store(rows: Sequence[Row]) -> None:
    """Store all rows in one transaction, so that a failure leaves the directory as it was."""
    with _database() as database, database.transaction() as db:
        done = deque(_shown(importing.store(db, rows), len(rows)), maxlen=1).pop()
        new = f"{done.employers} new employers, {done.claims} new or changed claims."
    typer.echo(new, err=True)


def _shown(steps: Iterator[importing.Imported], total: int) -> Iterator[importing.Imported]:
    """Pass steps on with a progress bar on a terminal and plain lines elsewhere."""
    console = Console(stderr=True)
    if console.is_terminal:
        yield from track(steps, "Importing", total=total, console=console)
        return
    for number, step in enumerate(steps, start=1):
        if number % EVERY == 0 or number == total:
            typer.echo(f"Importing: {number} of {total} rows", err=True)
        yield step


@contextmanager
def _database() -> Iterator[Database]:
    database = Database(Settings().database_url)
    try:
        migrate(database)
        yield database
    finally:
        database.close()


def _fail(message: str) -> NoReturn:
    typer.echo(f"lamplight: {message}", err=True)
    raise typer.Exit(1)
