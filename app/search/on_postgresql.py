"""The index on PostgreSQL: a tsvector of our own making by docid, under GIN.

No parser of the server's is asked. Marks begin with a sign that no word has.
https://www.postgresql.org/docs/18/datatype-textsearch.html, /textsearch-limitations.html
"""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.search.words import Phrase

FOUND: Final = (
    "SELECT docid FROM search_words WHERE words @@ CAST(:asked AS tsquery) AND docid < :after"
    " ORDER BY docid DESC LIMIT :most"
)
_PUT: Final = text("INSERT INTO search_words VALUES (:docid, CAST(:words AS tsvector))")
_DROP: Final = text("DELETE FROM search_words WHERE docid = :docid")
# Whoever writes to the index waits, so that nothing is written between emptying and filling.
_EMPTY: Final = (
    text("LOCK TABLE search_entry, search_words IN SHARE ROW EXCLUSIVE MODE"),
    text("DELETE FROM search_words"),
)
_MOST_PLACES: Final = 255  # of one word in a tsvector
_LAST_PLACE: Final = 16_383
_CROWDED: Final = "~"  # marks a text that goes beyond either


def put(db: Session, texts: Iterable[tuple[int, Sequence[str], Iterable[str]]]) -> None:
    """Index texts by docid."""
    rows = [
        {"docid": docid, "words": _vector(words, marks)} for docid, words, marks in sorted(texts)
    ]
    db.connection().execute(_PUT, rows)


def drop(db: Session, docid: int, words: Sequence[str], marks: Iterable[str]) -> None:
    """Take a text out again."""
    db.connection().execute(_DROP, {"docid": docid})


def empty(db: Session) -> None:
    """Take everything out."""
    for statement in _EMPTY:
        db.connection().execute(statement)


def settle(db: Session) -> None:
    """Leave the rest to flattening, which writes table and index anew."""


def expression(asked: Sequence[Phrase], marks: Sequence[Sequence[str]]) -> str:
    """Write a query as a tsquery; words are letters and digits only."""
    return " & ".join([*map(_phrase, asked), *map(_either, marks)])


def _vector(words: Sequence[str], marks: Iterable[str]) -> str:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, 1):
        places.setdefault(word, []).append(place)
    most = max(map(len, places.values()), default=0)
    crowded = [_CROWDED] if most > _MOST_PLACES or len(words) > _LAST_PLACE else []
    lexemes = [f"'{word}':{','.join(map(str, at[:_MOST_PLACES]))}" for word, at in places.items()]
    return " ".join([*lexemes, *(f"'={mark}'" for mark in marks), *crowded])


def _phrase(phrase: Phrase) -> str:
    lexemes = [f"'{word}'" for word in phrase.words]
    lexemes[-1] += ":*" if phrase.open else ""
    if len(lexemes) == 1:
        return lexemes[0]
    # Where not every place is known, having all the words is enough: nothing may be missed.
    return f"(({' <-> '.join(lexemes)}) | ({' & '.join([*lexemes, _CROWDED])}))"


def _either(marks: Sequence[str]) -> str:
    quoted = " | ".join(f"'={mark}'" for mark in marks)
    return f"({quoted})"
