"""The index on SQLite: a contentless FTS5 table (https://sqlite.org/fts5.html) by docid.

Its segments keep deleted words and the order of writing until it is filled anew.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.search.words import Phrase

FOUND: Final = (
    "SELECT rowid AS docid FROM search_words WHERE search_words MATCH :asked AND rowid < :after"
    " ORDER BY rowid DESC LIMIT :most"
)
_PUT: Final = text("INSERT INTO search_words(rowid, words, marks) VALUES (:docid, :words, :marks)")
# The words must be those of the insert: https://sqlite.org/fts5.html#the_delete_command
_DROP: Final = text(
    "INSERT INTO search_words(search_words, rowid, words, marks)"
    " VALUES ('delete', :docid, :words, :marks)"
)
_EMPTY: Final = text("INSERT INTO search_words(search_words) VALUES ('delete-all')")
_OPTIMIZE: Final = text("INSERT INTO search_words(search_words) VALUES ('optimize')")


def put(db: Session, texts: Iterable[tuple[int, Sequence[str], Iterable[str]]]) -> None:
    """Index texts by docid, in its order: FTS5 begins a segment wherever a docid is smaller."""
    rows = [_row(docid, words, marks) for docid, words, marks in sorted(texts)]
    db.connection().execute(_PUT, rows)


def drop(db: Session, docid: int, words: Sequence[str], marks: Iterable[str]) -> None:
    """Take a text out again; words and marks are those it was put in with."""
    db.connection().execute(_DROP, _row(docid, words, marks))


def empty(db: Session) -> None:
    """Take everything out."""
    db.connection().execute(_EMPTY)


def settle(db: Session) -> None:
    """Merge all segments into one: no trace of how many texts came at a time."""
    db.connection().execute(_OPTIMIZE)


def expression(asked: Sequence[Phrase], marks: Sequence[Sequence[str]]) -> str:
    """Write a query in FTS5's language; words are letters and digits only."""
    return " AND ".join([*map(_phrase, asked), *map(_either, marks)])


def _row(docid: int, words: Sequence[str], marks: Iterable[str]) -> dict[str, object]:
    return {"docid": docid, "words": " ".join(words), "marks": " ".join(marks)}


def _phrase(phrase: Phrase) -> str:
    together = " + ".join(f'"{word}"' for word in phrase.words)
    return f"(words : {together}{' *' if phrase.open else ''})"


def _either(marks: Sequence[str]) -> str:
    quoted = " OR ".join(f'"{mark}"' for mark in marks)
    return f"(marks : ({quoted}))"
