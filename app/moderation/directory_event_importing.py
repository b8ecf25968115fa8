"""Policy events from a file (CSV), each line read by the same rules as the desk's form."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.employers.models import Employer
from app.figures.events import Announced
from app.figures.models import PolicyEvent
from app.moderation import announcing, directory_events
from app.moderation.appointing import CONSOLE
from app.settings import Settings
from app.web import tokens
from app.web.forms import Form
from app.web.languages import translate

COLUMNS: Final = ("day", "employer", "place", "text", "text_zh", "source")


class NotThisFileError(ValueError):
    """The file is no table of policy events."""


@dataclass(frozen=True)
class Row:
    """A row of the file: the line on which it begins, and its cells in the order of COLUMNS.

    A row of another number of cells has them as they came.
    """

    line: int
    cells: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return it as `lamplight import --jsonl` writes it."""
        return {"source_row": self.line, **dict(zip(COLUMNS, self.cells, strict=True))}


@dataclass(frozen=True)
class Checked:
    """A row with what it announces, or with what is wrong: "field: message", once a field."""

    row: Row
    said: Announced | None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """How many rows were entered, and how many were there before."""

    new: int = 0
    known: int = 0


def rows(text: str) -> list[Row]:
    """Cut a file into rows; empty ones are none. Line 1 is the header.

    Raises NotThisFileError for another header, and for quotes that are wrong.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found: list[Row] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        if sorted(header) != sorted(COLUMNS):
            raise NotThisFileError(f"its first line must name the columns {','.join(COLUMNS)}")
        order, line = [header.index(name) for name in COLUMNS], reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                even = len(cells) == len(COLUMNS)
                found.append(
                    Row(line, tuple(cells[at].strip() for at in order) if even else tuple(cells))
                )
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotThisFileError(f"line {reader.line_num} is no CSV: {error}") from error
    return found


def check(db: Session, found: Iterable[Row], today: date) -> Iterator[Checked]:
    """Read each row as the desk's form is read."""
    for row in found:
        if len(row.cells) != len(COLUMNS):
            yield Checked(row, None, (f"{len(row.cells)} cells instead of {len(COLUMNS)}.",))
            continue
        form = Form(list(zip(COLUMNS, row.cells, strict=True)))
        said = announcing.read(db, form, today)
        wrong = [
            f"{name}: {translate('en', message.id, **message.values)}"
            for name, message in form.errors.items()
        ]
        yield Checked(row, said, tuple(wrong))


def summary(found: Sequence[Checked]) -> dict[str, int]:
    """Count over a file without a wrong row, in the terms of every import."""
    said = [each.said for each in found if each.said]
    return {
        "rows": len(found),
        "usable": len(said),
        "clean": len(said),
        "heuristic": 0,
        "text": 0,
        "employers": len({each.employer_id for each in said if each.employer_id}),
        "duplicates": len(said) - len(set(said)),
        "personal_data_removed": 0,  # what holds any is wrong
    }


def store(
    db: Session, settings: Settings, found: Iterable[Checked], today: date
) -> Iterator[Imported]:
    """Enter what is not there, yielding what was done so far after each row.

    Each event has its line in the log, by nobody of the staff. What stands there already, whoever
    entered it, and what the desk corrected or withdrew since an import is left as it is.
    """
    there, so_far = _there(db), Imported()
    for each in found:
        said, id = each.said, _id(settings, each.row)
        if said and said not in there and directory_events.add(db, CONSOLE, id, said, today):
            so_far = replace(so_far, new=so_far.new + 1)
        else:
            so_far = replace(so_far, known=so_far.known + 1)
        there.add(said)  # said twice in one file it is one event, whatever became of it
        yield so_far


def _id(settings: Settings, row: Row) -> bytes:
    """Return the id of a row's event: the same as long as the same is written, in any order."""
    return tokens.row_id(settings, hashlib.sha256(repr(row.cells).encode()).digest())


def _there(db: Session) -> set[Announced | None]:
    """Return what is announced now, of the employers that stand for those it was entered of."""
    asked = select(PolicyEvent, Employer.canonical_id)
    asked = asked.outerjoin(Employer, Employer.id == PolicyEvent.employer_id)
    return {
        Announced(each.day, employer_id, each.place, each.text, each.text_zh, each.source)
        for each, employer_id in db.execute(asked)
    }
