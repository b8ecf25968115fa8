"""The rows of the public chain: appended under a lock, dropped from the beginning when over."""

import json
from collections.abc import Callable

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from app.credentials import chain
from app.issuing.models import ChainEntry


def alone(db: Session) -> None:
    """Keep every other ceremony out until this transaction ends; readers go on."""
    # On SQLite a transaction is alone from its beginning.
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("LOCK TABLE chain_entry IN SHARE ROW EXCLUSIVE MODE"))


def kept(db: Session) -> tuple[bytes, list[str]]:
    """Return the hash before the first entry that is kept, and the entries."""
    rows = list(db.scalars(select(ChainEntry.entry).order_by(ChainEntry.number)))
    if rows and not rows[0].startswith("{"):
        return bytes.fromhex(rows[0]), rows[1:]
    return chain.BEGINNING, rows


def state(db: Session) -> tuple[int | None, str | None]:
    """Return what differs between any two states of the chain: its last number and first row."""
    last = db.scalar(select(func.max(ChainEntry.number)))
    first = db.scalar(select(ChainEntry.entry).order_by(ChainEntry.number).limit(1))
    return last, first


def append(db: Session, entry: str) -> None:
    """Put an entry at the end; the caller is `alone`."""
    last = db.scalar(select(func.max(ChainEntry.number)))
    db.add(ChainEntry(number=0 if last is None else last + 1, entry=entry))
    db.flush()


def trim(db: Session, is_over: Callable[[str], bool]) -> None:
    """Drop the leading entries of quarters that are over; their last hash stays in their place."""
    before, entries = kept(db)
    parsed = [json.loads(entry) for entry in entries]
    alive = {e["key"] for e in parsed if e["kind"] == "key" and not is_over(e["quarter"])}
    first = next((at for at, e in enumerate(parsed) if e["key"] in alive), len(parsed))
    if first == 0:
        return
    end = db.scalar(select(func.max(ChainEntry.number)))
    last = (end or 0) - (len(entries) - first)
    db.execute(delete(ChainEntry).where(ChainEntry.number <= last))
    db.add(ChainEntry(number=last, entry=chain.head_of(before, entries[:first]).hex()))
    db.flush()
