"""The shelf: finished public pages in the database, for restarts and full memories.

Derived public bytes and nothing else: no time, no reader, no query. A row is written when a page
is first made in an edition and replaces the edition before it, so there are at most as many rows
as public addresses times languages.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import JSON, LargeBinary, String, bindparam, delete, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, Database
from app.web.kept import Kept, Pairs, finished


class FinishedPage(Base):
    """One public page of one language: its own headers and its bytes, gzipped."""

    __tablename__ = "finished_page"

    path: Mapped[str] = mapped_column(String(100), primary_key=True)
    lang: Mapped[str] = mapped_column(String(2), primary_key=True)
    version: Mapped[str] = mapped_column(String(32))
    etag: Mapped[str] = mapped_column(String(26))
    headers: Mapped[list[list[str]]] = mapped_column(JSON)
    zipped: Mapped[bytes] = mapped_column(LargeBinary)


# Prepared once: this is all that a page costs after a restart.
_FIND: Final = select(FinishedPage.etag, FinishedPage.headers, FinishedPage.zipped).where(
    FinishedPage.path == bindparam("path"),
    FinishedPage.lang == bindparam("lang"),
    FinishedPage.version == bindparam("version"),
)
_NEW: Final = ("version", "etag", "headers", "zipped")


class Shelf:
    """Finds and puts pages; `fixed` are the headers that every answer bears."""

    def __init__(self, database: Database, fixed: Pairs) -> None:
        """Stand on a database; nothing is read or written yet."""
        self._database = database
        self._engine = database.engine.execution_options(lamplight_reading=True)
        self._fixed = fixed
        kind = postgresql if database.engine.dialect.name == "postgresql" else sqlite
        insert = kind.insert(FinishedPage)
        self._put: Any = insert.on_conflict_do_update(
            index_elements=["path", "lang"],
            set_={name: insert.excluded[name] for name in _NEW},
        )

    def find(self, path: str, lang: str, version: str) -> Kept | None:
        """Return a page of exactly this version, or None."""
        wanted = {"path": path, "lang": lang, "version": version}
        with self._engine.connect() as connection:
            row = connection.execute(_FIND, wanted).first()
        if row is None:
            return None
        own = [(name.encode(), value.encode()) for name, value in row.headers]
        return finished(version, row.etag.encode(), own, row.zipped, self._fixed)

    def put(self, pages: Sequence[tuple[str, str, Kept]]) -> None:
        """Store pages by path and language, in one transaction, each in place of its older self."""
        rows = [
            {
                "path": path,
                "lang": lang,
                "version": kept.version,
                "etag": kept.etag.decode(),
                "headers": [[name.decode(), value.decode()] for name, value in kept.own],
                "zipped": kept.zipped,
            }
            for path, lang, kept in pages
        ]
        with self._database.transaction() as db:
            # In the order of addresses: the order in which pages were asked for is nobody's.
            db.execute(self._put, sorted(rows, key=lambda row: (row["path"], row["lang"])))


def empty(db: Session) -> None:
    """Forget every page: each night, since what was withdrawn in the day may be in some."""
    if db.get_bind().dialect.name == "postgresql":
        # Alone: a batch takes its rows in another order, and each would wait for the other.
        db.execute(text("LOCK TABLE finished_page IN EXCLUSIVE MODE"))
    db.execute(delete(FinishedPage))
