"""The audit log: every act of the desk is one line, chained by hashes, and never without its act.

h(n) = SHA-256(h(n-1) || canonical line). Whoever writes holds the head's row, so that lines never
fork; the line is written in the transaction of what it tells of. The public reads it when its day
is over (log.py).
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.moderation.chain import canonical, commit, link
from app.moderation.models import AuditEntry, AuditHead, AuditOpening

HEAD = "head"
# As long as a decision can be appealed, contested or looked at again; no six months have more days.
OPENED: Final = timedelta(days=184)


@dataclass(frozen=True)
class Act:
    """What is to be logged; the ids are written as commitments only (see models.AuditEntry)."""

    kind: str
    action: str
    source: str
    before: str
    after: str
    item_id: bytes
    staff_id: bytes
    employer_id: bytes | None = None
    reason: str | None = None
    automated: bool = False
    days: str = "0"
    outcome: str | None = None
    two: bool = False


def write(db: Session, act: Act, today: date) -> int:
    """Append a line and return its number.

    Days never go back: what began before midnight and waited for a line of the new day bears that
    day too, so that the lines whose day is over are always the first ones.
    """
    head = db.get_one(AuditHead, HEAD, with_for_update=True, populate_existing=True)
    last = db.get(AuditEntry, head.number)
    salt, employer_salt = secrets.token_bytes(32), secrets.token_bytes(32)
    entry = AuditEntry(
        number=head.number + 1,
        day=max(today, last.day) if last else today,
        kind=act.kind,
        action=act.action,
        reason=act.reason,
        source=act.source,
        automated=act.automated,
        before=act.before,
        after=act.after,
        days=act.days,
        outcome=act.outcome,
        two=act.two,
        item=commit(salt, "item", act.item_id),
        decider=commit(salt, "decider", act.staff_id),
        employer=commit(employer_salt, "employer", act.employer_id) if act.employer_id else None,
    )
    entry.hash = head.hash = link(head.hash, canonical(entry))
    head.number = entry.number
    db.add(entry)
    db.add(
        AuditOpening(
            salt=salt,
            number=entry.number,
            employer_salt=employer_salt,
            item_id=act.item_id,
            staff_id=act.staff_id,
            employer_id=act.employer_id,
        )
    )
    db.flush()
    return entry.number


def forget(db: Session, today: date) -> None:
    """Erase who wrote the lines of more than six months ago, with the salt that would tell it.

    Which item a line is about stays: the desk reads earlier decisions on it, and the log counts
    how many an employer has in a month. The chain holds commitments and needs neither.
    """
    old = select(AuditEntry.number).where(AuditEntry.day < today - OPENED)
    known = select(AuditOpening.number).where(AuditOpening.staff_id.is_not(None))
    for number in db.scalars(known.where(AuditOpening.number.in_(old))).all():
        closed = update(AuditOpening).where(AuditOpening.number == number)
        closed = closed.values(salt=secrets.token_bytes(32), staff_id=None)
        db.execute(closed.execution_options(synchronize_session=False))


def bucket(days: int) -> str:
    """Return how long something waited, in whole days, as the log says it."""
    return str(days) if days < 2 else "2-3" if days < 4 else "4-7" if days < 8 else "8+"
