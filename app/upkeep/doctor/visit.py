"""The whole visit: every check there is, on whatever of a Lamplight is on this machine."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.db import Database
from app.settings import Settings
from app.upkeep import maintain
from app.upkeep.doctor import addresses, databases, files, storage
from app.upkeep.doctor.finding import Finding


def visit(settings: Settings, folders: Iterable[Path], caddyfile: Path) -> Iterator[Finding]:
    """Look at everything.

    folders: where backups are kept, besides the server's own; caddyfile: the configuration of
    the web server before it.
    """
    here = maintain.parts(settings)
    if not here:
        yield Finding("a database is here", "none yet: start `lamplight serve` once")
    urls = {"site": settings.database_url, "issuer": settings.issuer_database_url}
    for part in here:
        yield from _database(part, urls[part], settings)
    yield from files.secrets(settings)
    yield from storage.look(settings)
    yield from addresses.look(settings)
    yield from files.backups([settings.var, *folders], settings.today())
    yield from files.caddy(caddyfile)


def _database(part: str, url: str, settings: Settings) -> Iterator[Finding]:
    database = Database(url)
    try:
        yield from databases.look(database, part, settings.today())
    except SQLAlchemyError as error:
        yield Finding(f"{part}: its database answers", f"it does not: {type(error).__name__}")
    finally:
        database.close()
