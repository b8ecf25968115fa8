"""Maintenance: what is over is purged, then the order of writing is taken from the disk.

Safe at any time, beside a running site, twice, or killed: every step is a whole transaction or
leaves things as they were.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import MetaData
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.credentials import published, spending
from app.db import Database
from app.evidence import store
from app.issuing import ceremony
from app.moderation import legal, purging
from app.search import index
from app.settings import Settings
from app.staff import sessions
from app.threads import indexing
from app.upkeep import appearing, objects, postgresql, sqlite, tables, turn
from app.web import editions, shelf

Say = Callable[[str], None]
Part = Literal["site", "issuer"]


def exists(url: str) -> bool:
    """Tell whether a database is here: a server that is named, or a file with something in it."""
    made = make_url(url)
    if made.get_backend_name() != "sqlite":
        return True
    path = Path(made.database or "")
    return path.is_file() and path.stat().st_size > 0


def parts(settings: Settings) -> list[Part]:
    """Return which of the two databases are here; an issuer may live on a machine of its own."""
    urls: dict[Part, str] = {"site": settings.database_url, "issuer": settings.issuer_database_url}
    return [part for part, url in urls.items() if exists(url)]


def site(database: Database, settings: Settings, say: Say = lambda step: None) -> None:
    """Maintain the site's database; `say` is told each step.

    Raises turn.Occupied, sqlite.Unfinished, postgresql.NotAlone, postgresql.MissingGrant, and
    store.Unreachable when all else is done.
    """
    with turn.turn(database):
        appearing.end_hiding(database, settings.today())
        say("purging what is over")
        with database.transaction() as db:
            legal.due(db, settings.today())
        with database.transaction() as db:
            _purge_site(db, settings)
        _renew_index(database, say)
        _flatten(database, tables.SITE, settings, say)
        objects.maintain(database, store.of(settings), settings.now, say)


def issuer(database: Database, settings: Settings, say: Say = lambda step: None) -> None:
    """Maintain the issuer's database, as `site` does."""
    with turn.turn(database):
        say("destroying quarters that are over")
        with database.transaction() as db:
            ceremony.destroy(db, settings.today())
        _flatten(database, tables.ISSUER, settings, say)


@contextmanager
def issuer_here(settings: Settings) -> Iterator[Database | None]:
    """Open the issuer's database where there is one."""
    if "issuer" not in parts(settings):
        yield None
        return
    database = Database(settings.issuer_database_url)
    try:
        yield database
    finally:
        database.close()


def nightly(database: Database, settings: Settings) -> None:
    """Maintain the site's database, and the issuer's where it is on this machine."""
    site(database, settings)
    with issuer_here(settings) as other:
        if other is not None:
            issuer(other, settings)


def public(metadata: MetaData) -> frozenset[str]:
    """Return the tables that need no flattening, because their models say that they are public."""
    return frozenset(t.name for t in metadata.tables.values() if t.info.get("public"))


def _purge_site(db: Session, settings: Settings) -> None:
    shelf.empty(db)
    purging.purge(db, settings.today())
    sessions.purge(db, settings.now())
    if directory := published.current(db):
        spending.purge(db, directory, settings.today())


def _renew_index(database: Database, say: Say) -> None:
    """Fill SQLite's index anew: it keeps deleted words and the order of writing inside its rows.

    On PostgreSQL they are whole rows, which flattening writes anew like all others.
    """
    if database.engine.dialect.name == "sqlite":
        say("filling the search index anew")
        with database.transaction() as db:
            index.refill(db, indexing.everything(db))
            # Pages of results point to the next one by the numbers of texts, which are new.
            editions.touch(db, editions.TALK)


def _flatten(database: Database, metadata: MetaData, settings: Settings, say: Say) -> None:
    if database.engine.dialect.name == "sqlite":
        sqlite.flatten(database, say)
    else:
        postgresql.flatten(database, public(metadata), say)
    turn.note(database, settings.today())
