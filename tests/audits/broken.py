"""Builds that break a rule on purpose: the same instrument must catch every one."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from sqlalchemy import text
from sqlalchemy.engine import Connection

from app.db import Database
from app.hours import filing
from app.hours.tickets import Ticket
from app.ops import listening
from app.settings import Settings
from app.upkeep import postgresql
from tests.audits.grounds import Kind

BYTES = {"sqlite": "BLOB", "postgresql": "BYTEA"}


@dataclass(frozen=True)
class Build:
    """What is broken, where that means anything, and the relation that must show it."""

    name: str
    shows: str
    patched: Callable[[], AbstractContextManager[Any]] = nullcontext
    schema: str = ""
    flattens: bool = True
    people: int = 80  # what it shows, it shows of few
    kinds: tuple[Kind, ...] = ("sqlite", "postgres")

    def prepare(self, settings: Settings) -> None:
        """Change the tables of a fresh site."""
        if not self.schema:
            return
        database = Database(settings.database_url)
        with database.transaction() as db:
            db.execute(text(self.schema.format(bytes=BYTES[database.engine.dialect.name])))
        database.close()


@contextmanager
def writing_beside(statement: str) -> Iterator[None]:
    """Write something beside each report that is filed, in its transaction."""
    file = filing.file

    def filed(db: Any, report_id: bytes, tags: Any, *rest: Any, **more: Any) -> Any:
        answer = file(db, report_id, tags, *rest, **more)
        # Whose the report is: what the page hands in knows, although filing never asks.
        account = tags.mine.__self__.row
        db.execute(text(statement), {"report": answer.report.id, "account": account})
        return answer

    with patch.object(filing, "file", filed):
        yield


@contextmanager
def time_ordered_ids() -> Iterator[None]:
    """Give reports ids that begin with the millisecond (UUIDv7, RFC 9562)."""

    def made(self: Ticket, settings: Settings, tag: bytes) -> bytes:
        return (time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10)

    with patch.object(Ticket, "report_id", made):
        yield


class Through(logging.Handler):
    """Writes uvicorn's own words to wherever the log goes."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        log = logging.getLogger().handlers[0]
        assert isinstance(log, logging.StreamHandler)
        log.stream.write(record.getMessage() + "\n")


@contextmanager
def access_log() -> Iterator[None]:
    """Serve with uvicorn's access log on."""
    server, access = listening.server, logging.getLogger("uvicorn.access")

    def with_access(*given: Any) -> listening.Server:
        made = server(*given)
        access.handlers[:] = [Through()]
        access.setLevel(logging.INFO)
        return made

    with patch.object(listening, "server", with_access):
        yield
    access.handlers.clear()


@contextmanager
def clustering() -> Iterator[None]:
    """Rewrite tables by CLUSTER: in the order of their keys, but with their old transactions."""

    def cluster(connection: Connection, group: Any) -> None:
        for table in group:
            connection.execute(text(f'CLUSTER "{table}" USING "pk_{table}"'))

    with patch.object(postgresql, "_swap", cluster):
        yield


BUILDS = (
    Build(
        "author column",
        "account -> report",
        lambda: writing_beside("UPDATE hour_report SET author = :account WHERE id = :report"),
        schema="ALTER TABLE hour_report ADD COLUMN author {bytes}",
    ),
    Build(
        "ledger row in the same transaction",
        "account -> report",
        lambda: writing_beside("INSERT INTO ledger (form, account) VALUES (:report, :account)"),
        schema="CREATE TABLE ledger (form {bytes} PRIMARY KEY, account {bytes})",
    ),
    Build("UUIDv7 ids", "report -> other report", time_ordered_ids),
    Build("access log on", "visit of the issuer -> visit", access_log),
    # SQLite's log holds a thousand pages, which some forty people fill.
    Build("no flatten", "account -> report", flattens=False, people=32),
    Build("CLUSTER instead of copy", "account -> report", clustering, kinds=("postgres",)),
)
