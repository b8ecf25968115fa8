"""Editions: numbers that go up when public pages change, so that caches know.

A few concern every page (the directory, the releases). Scoped ones concern some: "thread:<id>",
"employer:<slug>" (what is said of it), "talk" (lists of threads). Each counts its own changes; one
counter for all would put those of different threads in the order of writing.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Integer, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import PUBLIC, Base, Database, insert_once


class Edition(Base):
    """How often one public thing (the directory, the releases) has changed."""

    __tablename__ = "edition"
    __table_args__: Any = PUBLIC

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)


class ScopedEdition(Base):
    """How often the public pages of one scope have changed."""

    __tablename__ = "scoped_edition"

    scope: Mapped[str] = mapped_column(String(100), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)


TALK: Final = "talk"
DAY: Final = "day"  # the scope of pages that say something else each day
_MOST_KNOWN: Final = 50_000


def thread_scope(thread: bytes) -> str:
    """Return the scope of one thread's pages, by its id."""
    return f"thread:{thread.hex()}"


def employer_scope(slug: str) -> str:
    """Return the scope of what is said of one employer, by its own slug."""
    return f"employer:{slug}"


def touch(db: Session, scope: str) -> None:
    """Count one change of a scope, in the change's own transaction."""
    insert_once(db, ScopedEdition, scope=scope, number=0)
    counted = update(ScopedEdition).where(ScopedEdition.scope == scope)
    db.execute(counted.values(number=ScopedEdition.number + 1))


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

    def __init__(
        self,
        database: Database,
        today: Callable[[], date] = date.today,
        every: float = 1.0,
        daily: Callable[[Session, date], object] | None = None,
    ) -> None:
        """Watch a database; `every` is in seconds.

        daily: reads what every page says for a whole day, on the first look of that day.
        """
        self._database = database
        self._today = today
        self._every = every
        self._daily = daily
        self._day: date | None = None
        self.of_today: Any = None
        self._read = Read()
        self._looking = threading.Lock()
        self._known: Mapping[str, int] = {}
        self._scoped: OrderedDict[str, Read] = OrderedDict()
        self.mark = ""

    def stale(self, scopes: Iterable[str] = ()) -> bool:
        """Tell whether any of the editions and some scopes must be read again."""
        return self.old(self._read) or any(self.old(self._scoped.get(scope)) for scope in scopes)

    def old(self, read: "Read | None") -> bool:
        """Tell whether a second has passed or this process has committed since a look."""
        return (
            read is None
            or read.commits != self._database.commits
            or time.monotonic() - read.at > self._every
        )

    def oldest(self, scopes: Iterable[str]) -> "Read":
        """Return how fresh the editions and some scopes are together."""
        reads = [self._read, *(self._scoped.get(scope, Read()) for scope in scopes)]
        return Read(min(read.at for read in reads), min(read.commits for read in reads))

    def look(self, scopes: Iterable[str] = ()) -> None:
        """Read what is stale, of the editions and of some scopes."""
        self.numbers()
        if old := self._old_ones(scopes):
            self._look_at(old)

    def numbers(self) -> Mapping[str, int]:
        """Return the editions, at most a second old and never older than our own commits."""
        if self.old(self._read):
            with self._looking:
                # Whoever waited for another's look need not look again.
                if self.old(self._read):
                    self._look()
        return self._known

    @property
    def seen(self) -> Mapping[str, int]:
        """The editions as last looked at, which is when the page cache took the request.

        For pages: one that holds a connection and waits for whoever looks, who waits for a
        connection, would wait until the pool gives up.
        """
        return self._known if self.mark else self.numbers()

    def marked(self, scopes: Iterable[str]) -> str:
        """Write editions and some scopes, as last looked at, as one text."""
        return self.mark + "".join(f" {scope}={self._number(scope)}" for scope in scopes)

    def _number(self, scope: str) -> int:
        known = self._scoped.get(scope)
        return known.number if known else 0

    def _old_ones(self, scopes: Iterable[str]) -> list[str]:
        return [scope for scope in scopes if self.old(self._scoped.get(scope))]

    def _look(self) -> None:
        commits = self._database.commits
        try:
            with self._database.reading() as db:
                self._known = current(db)
                self._look_daily(db)
            self.mark = mark(self._known) + (f" {self.of_today}" if self._daily else "")
        finally:
            # Only now: until then nobody may take the old numbers for new. And after an error
            # too, so that a lost database is asked once a second and not by every request.
            self._read = Read(time.monotonic(), commits)

    def _look_daily(self, db: Session) -> None:
        if self._daily and (day := self._today()) != self._day:
            self.of_today, self._day = self._daily(db, day), day

    def _look_at(self, scopes: list[str]) -> None:
        commits = self._database.commits
        asked = select(ScopedEdition.scope, ScopedEdition.number)
        numbers = {scope: self._number(scope) for scope in scopes}
        try:
            with self._database.reading() as db:
                rows = db.execute(asked.where(ScopedEdition.scope.in_(scopes)))
                numbers |= {row.scope: row.number for row in rows}
            if DAY in numbers:
                numbers[DAY] = self._today().toordinal()
        finally:
            now = time.monotonic()
            with self._looking:
                for scope, number in numbers.items():
                    self._scoped[scope] = Read(now, commits, number)
                    self._scoped.move_to_end(scope)
                while len(self._scoped) > _MOST_KNOWN:
                    self._scoped.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Read:
    """When something was read, how much this process had committed by then, and what it was."""

    at: float = float("-inf")
    commits: int = -1
    number: int = 0
