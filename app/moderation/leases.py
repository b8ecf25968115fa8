"""Leases: who looks at an item, for ten minutes at a time, on one version of it.

Whatever changes the item empties the lease, and so makes the decision that stands on it void.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from app.moderation import items
from app.moderation.desk import Beaten, Desk, Refused
from app.moderation.powers import actions
from app.triage import weighing

LEASE: Final = timedelta(minutes=10)
STEP: Final = timedelta(minutes=5)
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


def ends(now: datetime) -> datetime:
    """Return until when a lease taken now runs: ten minutes, rounded up to five."""
    return _EPOCH + STEP * -((_EPOCH - now - LEASE) // STEP)


def claim(
    db: Session, desk: Desk, kind: str, item_id: bytes, version: int, now: datetime
) -> datetime:
    """Take a version of an item to look at, or go on looking, and return until when.

    Free is what nobody holds or whose lease is over. Raises NotThere, Refused ("power", "tie",
    "earlier_decider"), Beaten ("changed", "decided", "taken").
    """
    # Whoever decides at once holds the thread before the item, as all writers do.
    items.hold(db, kind, item_id)
    item = items.get(db, kind, item_id)
    items.refuse_tied(db, desk, kind, item_id)
    if item.version != version:
        raise items.beaten(db, desk, kind, item_id, version, now)
    if not actions(desk.role, items.state_of(item)):
        raise Refused("power")
    items.refuse_earlier(db, desk, item)
    items.refuse_handed_over(desk, item)
    until = ends(now)
    model = type(item)
    free = or_(model.holder.is_(None), model.holder == desk.id, model.lease_until <= now)
    taken = update(model).where(model.id == item_id, model.version == version, free)
    if not items.changed(db, taken.values(holder=desk.id, lease_until=until)):
        raise items.beaten(db, desk, kind, item_id, version, now)
    return until


def renew(
    db: Session, desk: Desk, kind: str, item_id: bytes, version: int, now: datetime
) -> datetime:
    """Go on looking at an item that one holds; raises Beaten when the lease is over or void."""
    item = items.get(db, kind, item_id)
    until = ends(now)
    renewed = update(type(item)).where(*items.held(type(item), item_id, desk, version, now))
    if not items.changed(db, renewed.values(lease_until=until)):
        raise items.beaten(db, desk, kind, item_id, version, now)
    return until


def release(db: Session, desk: Desk, kind: str, item_id: bytes) -> None:
    """Give an item back, no reason asked; nothing happens if somebody else holds it."""
    model = type(items.get(db, kind, item_id))
    mine = update(model).where(model.id == item_id, model.holder == desk.id)
    items.changed(db, mine.values(holder=None, lease_until=None))


def hand_over(db: Session, desk: Desk, kind: str, item_id: bytes, now: datetime) -> None:
    """Give an item that one holds to the seniors: from now on only they see it in the queue.

    Raises Beaten.
    """
    # Its writer's edit reads and writes the same codes.
    items.hold(db, kind, item_id)
    item = items.get(db, kind, item_id)
    why = weighing.with_code(item.why, items.HANDED_OVER)
    given = update(type(item)).where(*items.held(type(item), item_id, desk, item.version, now))
    if not items.changed(db, given.values(why=why, holder=None, lease_until=None)):
        raise Beaten("lapsed")
