"""`lamplight import`: lists of employers become a directory and sourced claims, others events."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.db import Database
from app.employers import importing, list_955wlb, list_996icu, lists
from app.employers.lists import NotThisListError, Row
from app.moderation import directory_event_importing as events
from app.moderation.directory_event_importing import Checked, NotThisFileError
from app.ops.migrating import opened
from app.ops.telling import fail, shown
from app.settings import Settings

LARGEST = 50_000_000  # bytes; the real lists have 4 to 53 thousand
WORST = 50  # rows that are told to be wrong; the rest are counted
commands = typer.Typer(
    no_args_is_help=True, help="Import a public list of employers, or a table of policy events."
)

File = Annotated[Path, typer.Argument(help="The list as its community publishes it (Markdown).")]
Table = Annotated[
    Path, typer.Argument(help=f"A CSV file with the columns {','.join(events.COLUMNS)}.")
]
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


@commands.command("policies")
def policies(file: Table, dry_run: DryRun = False, jsonl: JsonLines = None) -> None:
    """Import what employers announced, and rulings and laws; all of a file or nothing of it."""
    try:
        rows = events.rows(_text(file))
    except NotThisFileError as error:
        fail(f"{file}: {error}.")
    settings = Settings()
    with opened(settings) as database:
        with database.reading() as db:
            reading = events.check(db, rows, settings.today())
            checked = list(shown(reading, len(rows), "Checking", "rows"))
        _refuse_wrong(file, checked)
        if jsonl is not None:
            _write(jsonl, [row.as_json() for row in rows])
        if not dry_run:
            _enter(database, settings, checked)
    print(json.dumps(events.summary(checked)))


def _refuse_wrong(file: Path, checked: Sequence[Checked]) -> None:
    """Say what is wrong with which line, and end the command."""
    wrong = [each for each in checked if each.wrong]
    for each in wrong[:WORST]:
        typer.echo(f"{file}, line {each.row.line}: {' '.join(each.wrong)}", err=True)
    if wrong:
        fail(f"{file}: {len(wrong)} of {len(checked)} rows are wrong; nothing was entered.")


def _enter(database: Database, settings: Settings, checked: Sequence[Checked]) -> None:
    """Enter all events in one transaction, each with its line in the log."""
    with database.transaction() as db:
        storing = events.store(db, settings, checked, settings.today())
        steps = shown(storing, len(checked), "Entering", "rows")
        done = deque(steps, maxlen=1)
    entered = done.pop() if done else events.Imported()
    typer.echo(f"{entered.new} new policy events, {entered.known} known already.", err=True)


def _import(
    read: Callable[[str], list[Row]], file: Path, dry_run: bool, jsonl: Path | None
) -> None:
    """Read, write JSON lines, store, and print the summary as the last line."""
    try:
        rows = read(_text(file))
    except NotThisListError as error:
        fail(f"{file}: {error}.")
    if jsonl is not None:
        _write(jsonl, [lists.as_json(row) for row in rows])
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


def _write(jsonl: Path, rows: Iterable[dict[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
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
