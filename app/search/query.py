"""Asking the index: which texts have the words, the newest day first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.search.index import day_of, engine
from app.search.models import SearchEntry
from app.search.words import Phrase

_BEYOND: Final = 2**63 - 1
_ITEMS: Final = (
    "SELECT item, docid FROM ({}) AS found JOIN search_entry USING (docid) ORDER BY docid DESC"
)


@dataclass(frozen=True)
class Found:
    """One page of items, and what to ask for to get the next (None on the last)."""

    items: Sequence[bytes]
    next: str | None


def find(
    db: Session,
    asked: Sequence[Phrase],
    marks: Sequence[Sequence[str]] = (),
    *,
    after: str = "",
    limit: int = 20,
) -> Found:
    """Find the texts that have every phrase, and of each group of marks at least one.

    asked: of app/search/words.py's `read`. `after` is the `next` of the page before; what is no
    such thing begins at the beginning. Asked for nothing at all, nothing is found.
    """
    if not asked and not marks:
        return Found([], None)
    speaking = engine(db)
    wanted = {
        "asked": speaking.expression(asked, marks),
        "after": _position(after),
        "most": limit + 1,
    }
    rows = db.execute(text(_ITEMS.format(speaking.FOUND)), wanted).all()
    more = str(rows[limit - 1].docid) if len(rows) > limit else None
    return Found([row.item for row in rows[:limit]], more)


def days(db: Session) -> tuple[date, date] | None:
    """The first and the last day that the index has texts of, None while it is empty."""
    asked = select(func.min(SearchEntry.docid), func.max(SearchEntry.docid))
    first, last = db.execute(asked).one()
    return None if first is None else (day_of(first), day_of(last))


def _position(after: str) -> int:
    right = after.isascii() and after.isdigit() and len(after) < 20
    return min(int(after), _BEYOND) if right else _BEYOND
