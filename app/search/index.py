"""Writing to the index: a text goes in and out in the transaction of the row that owns it."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from types import ModuleType
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.search import on_postgresql, on_sqlite
from app.search.models import SearchEntry
from app.search.words import cut

Text = tuple[bytes, date, str, Sequence[str]]  # item, day it appeared, text, marks

FIRST_DAY: Final = date(2000, 1, 1)
RANDOM_BITS: Final = 46
_BATCH: Final = 1_000
_ENGINES: Final = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def write(db: Session, item: bytes, day: date, text: str, marks: Sequence[str]) -> None:
    """Put a text in; one that is in already stays as it is, as when a form is sent again.

    marks: words of letters and digits that narrow a search and are no part of the text.
    """
    docid = draw(day)
    while not insert_once(db, SearchEntry, item=item, docid=docid):
        if _docid(db, item) is not None:
            return
        docid = draw(day)
    engine(db).put(db, [(docid, cut(text), marks)])


def erase(db: Session, item: bytes, text: str, marks: Sequence[str]) -> None:
    """Take a text out; text and marks are those it was written with. Out already is no error."""
    docid = _docid(db, item)
    if docid is None:
        return
    db.execute(delete(SearchEntry).where(SearchEntry.item == item))
    engine(db).drop(db, docid, cut(text), marks)


def refill(db: Session, everything: Iterable[Text]) -> None:
    """Empty the index and fill it with all texts under new numbers, random inside each day."""
    filling = engine(db)
    filling.empty(db)
    db.execute(delete(SearchEntry))
    for batch in _batches(everything):
        numbered = [(draw(day), item, text, marks) for item, day, text, marks in batch]
        entries = [{"item": item, "docid": docid} for docid, item, _, _ in numbered]
        db.execute(insert(SearchEntry), entries)
        filling.put(db, ((docid, cut(text), marks) for docid, _, text, marks in numbered))
    filling.settle(db)


def engine(db: Session) -> ModuleType:
    """Return the module that speaks the database's own language."""
    return _ENGINES[db.get_bind().dialect.name]


def day_of(docid: int) -> date:
    """Return the day that a docid counts."""
    return date.fromordinal((docid >> RANDOM_BITS) + FIRST_DAY.toordinal())


def draw(day: date) -> int:
    """Make a docid: days in the high bits, so that the newest is first, and chance in the low."""
    days = day.toordinal() - FIRST_DAY.toordinal()
    return days << RANDOM_BITS | secrets.randbits(RANDOM_BITS)


def _docid(db: Session, item: bytes) -> int | None:
    return db.scalar(select(SearchEntry.docid).where(SearchEntry.item == item))


def _batches(everything: Iterable[Text]) -> Iterator[list[Text]]:
    left = iter(everything)
    while batch := list(islice(left, _BATCH)):
        yield batch
