"""Editions: numbers that go up when public pages change, so that caches know."""

import threading
import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import PUBLIC, Base, Database, insert_once


class Edition(Base):
    """How often one public thing (the directory, the releases) has changed."""

    __tablename__ = "edition"
    __table_args__: Any = PUBLIC

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)


def bump(db: Session, name: str) -> int:
    """Count one change of a public thing, in the change's own transaction; the new number."""
    insert_once(db, Edition, name=name, number=0)
    row = db.get_one(Edition, name, with_for_update=True)
    row.number += 1
    db.flush()
    return row.number


def current(db: Session) -> dict[str, int]:
    """Return every edition's number."""
    return {row.name: row.number for row in db.execute(select(Edition.name, Edition.number))}


def mark(numbers: Mapping[str, int]) -> str:
    """Write editions as one text, the same for the same numbers."""
    return repr(sorted(numbers.items()))


class Watch:
    """The editions as a process knows them: read at most once a second, at once after a write."""

    def __init__(self, database: Database, every: float = 1.0) -> None:
        """Watch a database; `every` is in seconds."""
        self._database = database
        self._every = every
        self._read_at = float("-inf")
        self._commits = -1
        self._looking = threading.Lock()
        self._known: Mapping[str, int] = {}
        self.mark = ""

    def stale(self) -> bool:
        """Tell whether a second has passed or this process has committed since the last look."""
        return (
            time.monotonic() - self._read_at > self._every
            or self._database.commits != self._commits
        )

    def numbers(self) -> Mapping[str, int]:
        """Return the editions, at most a second old and never older than our own commits."""
        if self.stale():
            with self._looking:
                # Whoever waited for another's look need not look again.
                if self.stale():
                    self._look()
        return self._known

    @property
    def seen(self) -> Mapping[str, int]:
        """The editions as last looked at, which is when the page cache took the request.

        For pages: one that holds a connection and waits for whoever looks, who waits for a
        connection, would wait until the pool gives up.
        """
        return self._known if self.mark else self.numbers()

    def _look(self) -> None:
        commits = self._database.commits
        try:
            with self._database.reading() as db:
                self._known = current(db)
            self.mark = mark(self._known)
        finally:
            # Only now: until then nobody may take the old numbers for new. And after an error
            # too, so that a lost database is asked once a second and not by every request.
            self._read_at, self._commits = time.monotonic(), commits
