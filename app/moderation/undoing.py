"""Undoing, within ten seconds: a second guarded decision with a line of its own in the log."""

from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_, update
from sqlalchemy.orm import Session

from app.moderation import audit, effects, items, leases, settling, statements
from app.moderation.before import read_columns
from app.moderation.desk import PROPOSE, UNDO, Beaten, Decided, Desk, Refused, Undo
from app.moderation.models import Proposal
from app.settings import Settings
from app.triage import weighing
from app.triage.states import State


def undo(db: Session, settings: Settings, desk: Desk, way_back: Undo, now: datetime) -> Decided:
    """Take one's own decision back: state, words, statement; one holds the item again.

    Raises NotThere, Refused("power") for another's, Beaten when somebody did something since.
    """
    kind, item_id = way_back.kind, way_back.item_id
    if way_back.staff_id != desk.id:
        raise Refused("power")
    items.hold(db, kind, item_id)
    if way_back.action == PROPOSE:
        return _withdraw(db, desk, way_back, now)
    item = items.get(db, kind, item_id)
    model, before = type(item), items.state_of(item)
    free = or_(model.holder.is_(None), model.holder == desk.id, model.lease_until <= now)
    guarded = update(model).where(model.id == item_id, model.version == way_back.version, free)
    values = read_columns(way_back.was) | {
        "version": way_back.version + 1,
        "holder": desk.id,
        "lease_until": leases.ends(now),
    }
    if not items.changed(db, guarded.where(model.state == before).values(values)):
        raise items.beaten(db, desk, kind, item_id, way_back.version, now)
    after: State = values["state"]
    effects.carry_out(db, settings, kind, item_id, UNDO, before, after, now.date())
    statements.forget(db, way_back.number)
    settling.reopen(db, item_id, now.date())
    number = _log(db, desk, way_back, before, after, now.date())
    return Decided(number, kind, item_id, before, after, way_back.version + 1)


def _withdraw(db: Session, desk: Desk, way_back: Undo, now: datetime) -> Decided:
    """Take back what one proposed, unless somebody has acted on it or changed the item."""
    item = items.get(db, way_back.kind, way_back.item_id)
    if item.version != way_back.version:
        raise items.beaten(db, desk, way_back.kind, item.id, way_back.version, now)
    mine = delete(Proposal).where(
        Proposal.item_id == item.id,
        Proposal.staff_id == desk.id,
        Proposal.number == way_back.number,
    )
    if cast("CursorResult[Any]", db.execute(mine)).rowcount != 1:
        raise Beaten("decided", items.last_decider(db, item.id))
    model, why = type(item), weighing.without_code(item.why, weighing.PROPOSED)
    items.changed(db, update(model).where(model.id == item.id).values(why=why))
    state = items.state_of(item)
    number = _log(db, desk, way_back, state, state, now.date())
    return Decided(number, way_back.kind, item.id, state, state, item.version)


def _log(db: Session, desk: Desk, way_back: Undo, before: State, after: State, today: date) -> int:
    employer_id = items.KINDS[way_back.kind].employer_of(db, way_back.item_id)
    act = audit.Act(
        kind=way_back.kind,
        action=UNDO,
        source="own",
        before=before,
        after=after,
        item_id=way_back.item_id,
        staff_id=desk.id,
        employer_id=employer_id,
    )
    return audit.write(db, act, today)
