"""Bring a database to the schema of this version, in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from app.db import Database

ROOT = Path(__file__).parents[2]
# Two processes that start together take turns; the number is Lamplight's own.
_TURN = "SELECT pg_advisory_xact_lock(762119008)"


def migrate(database: Database, revision: str = "head") -> None:
    """Upgrade (or, for an older revision, downgrade) a database; killed halfway it is unchanged."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(_TURN))
        config.attributes["connection"] = connection
        if revision == "head":
            command.upgrade(config, revision)
        else:
            command.downgrade(config, revision)
