"""Bring a database to the schema of this version, in one transaction.

The site and the issuer have a database each, with revisions of their own (migrations/site,
migrations/issuer), which no process but a command ever opens together.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from app.db import Base, Database
from app.issuing.models import IssuerBase
from app.settings import Settings

ROOT = Path(__file__).parents[2]
# Two processes that start together take turns; the number is Lamplight's own.
_TURN = "SELECT pg_advisory_xact_lock(762119008)"


def migrate(
    database: Database, revision: str = "head", of: Literal["site", "issuer"] = "site"
) -> None:
    """Upgrade (or, for an older revision, downgrade) a database; killed halfway it is unchanged."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(ROOT / "migrations" / of))
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(_TURN))
        config.attributes["connection"] = connection
        config.attributes["metadata"] = {"site": Base, "issuer": IssuerBase}[of].metadata
        if revision == "head":
            command.upgrade(config, revision)
        else:
            command.downgrade(config, revision)


@contextmanager
def opened(settings: Settings, of: Literal["site", "issuer"] = "site") -> Iterator[Database]:
    """Open a database, bring it up to date, and close it in the end."""
    database = Database({"site": settings.database_url, "issuer": settings.issuer_database_url}[of])
    try:
        migrate(database, of=of)
        yield database
    finally:
        database.close()
