"""The desk's work on policy events: entering, correcting, withdrawing, each a line of the log.

Like the rest of the directory's work it goes one after the other, on what somebody saw.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.employers.models import Employer
from app.figures import events
from app.figures.events import Announced
from app.figures.models import PolicyEvent
from app.moderation import audit, items
from app.moderation.desk import Beaten, Desk, NotThere, Refused
from app.moderation.directory import PAGE
from app.moderation.models import AuditOpening
from app.web import editions

KIND: Final = "event"
LISTED: Final = "listed"


@dataclass(frozen=True)
class Entered:
    """An event as somebody of the desk sees it; seen: a mark of exactly this."""

    event: PolicyEvent
    employer: Employer | None
    seen: str


@dataclass(frozen=True)
class Listed:
    """A page of events; next: what stands for its last one, where another page follows."""

    rows: Sequence[Entered]
    next: str | None


def listed(db: Session, desk: Desk, after: str = "") -> Listed:
    """Return a page of events, the newest day first, without those of employers with a tie.

    after: what stands for the last event of the page before; nonsense is the first page.
    """
    asked = select(PolicyEvent).order_by(PolicyEvent.day.desc(), PolicyEvent.id)
    if desk.ties:
        theirs = select(Employer.canonical_id).where(Employer.id.in_(desk.ties))
        family = select(Employer.id).where(Employer.canonical_id.in_(theirs))
        nobodys = PolicyEvent.employer_id.is_(None)
        asked = asked.where(or_(nobodys, PolicyEvent.employer_id.not_in(family)))
    if last := _place(after):
        day, id = last
        same_day = and_(PolicyEvent.day == day, PolicyEvent.id > id)
        asked = asked.where(or_(PolicyEvent.day < day, same_day))
    found = db.scalars(asked.limit(PAGE + 1)).all()
    rows = [_as_seen(db, each) for each in found[:PAGE]]
    end = rows[-1].event if len(found) > PAGE else None
    return Listed(rows, f"{end.day}.{end.id.hex()}" if end else None)


def entered(db: Session, desk: Desk, event_id: bytes) -> Entered:
    """Return an event as it is now; raises NotThere, also for whoever is tied to its employer."""
    event = db.get(PolicyEvent, event_id, populate_existing=True)
    if event is None or items.tied(db, desk, event.employer_id):
        raise NotThere
    return _as_seen(db, event)


def enter(db: Session, desk: Desk, event_id: bytes, said: Announced, today: date) -> None:
    """Enter an event, once however often the form is sent. Raises Refused("tie")."""
    _refuse_tied(db, desk, said)
    add(db, desk.id, event_id, said, today)


def add(db: Session, staff_id: bytes, event_id: bytes, said: Announced, today: date) -> bool:
    """Enter an event with its line in the log; False if its id was ever entered.

    The log remembers ids of events that were withdrawn, so nothing else needs to.
    """
    editions.bump(db, "directory")  # others wait here, and see what was done
    if _told(db, event_id) or not events.enter(db, event_id, said):
        return False
    _tell(db, staff_id, event_id, said.employer_id, ("add_event", "none", LISTED), today)
    return True


def correct(
    db: Session, desk: Desk, event_id: bytes, seen: str, said: Announced, today: date
) -> None:
    """Say an event otherwise. Raises Beaten, NotThere and Refused("tie")."""
    event = _held(db, desk, event_id, seen)
    _refuse_tied(db, desk, said)
    events.correct(db, event, said)
    _tell(db, desk.id, event_id, said.employer_id, ("correct_event", LISTED, LISTED), today)


def withdraw(db: Session, desk: Desk, event_id: bytes, seen: str, today: date) -> None:
    """Let an event leave every page. Raises Beaten and NotThere."""
    event = _held(db, desk, event_id, seen)
    events.withdraw(db, event)
    _tell(db, desk.id, event_id, event.employer_id, ("withdraw_event", LISTED, "withdrawn"), today)


def _place(text: str) -> tuple[date, bytes] | None:
    """Read what stands for an event of the list: its day and its id."""
    day, _, id = text.partition(".")
    try:
        return date.fromisoformat(day), bytes.fromhex(id)
    except ValueError:
        return None


def _as_seen(db: Session, event: PolicyEvent) -> Entered:
    shown = [event.day, event.employer_id, event.place, event.text, event.text_zh, event.source]
    seen = hashlib.sha256(repr(shown).encode()).hexdigest()[:16]
    return Entered(event, db.get(Employer, event.employer_id) if event.employer_id else None, seen)


def _held(db: Session, desk: Desk, event_id: bytes, seen: str) -> PolicyEvent:
    """Return an event that is still what somebody saw; others wait until it is done."""
    editions.bump(db, "directory")
    first = items.last_decider(db, event_id)
    try:
        found = entered(db, desk, event_id)
    except NotThere:
        if first and db.get(PolicyEvent, event_id) is None:
            raise Beaten("decided", first) from None
        raise
    if found.seen != seen:
        raise Beaten("decided", first)
    return found.event


def _told(db: Session, event_id: bytes) -> bool:
    lines = select(AuditOpening.number).where(AuditOpening.item_id == event_id)
    return db.scalar(lines.limit(1)) is not None


def _refuse_tied(db: Session, desk: Desk, said: Announced) -> None:
    if items.tied(db, desk, said.employer_id):
        raise Refused("tie")


def _tell(
    db: Session,
    staff_id: bytes,
    event_id: bytes,
    employer_id: bytes | None,
    step: tuple[str, str, str],
    today: date,
) -> None:
    action, before, after = step
    act = audit.Act(KIND, action, "own", before, after, event_id, staff_id, employer_id=employer_id)
    audit.write(db, act, today)
