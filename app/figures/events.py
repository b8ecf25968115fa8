"""Policy events: entering, correcting, withdrawing and reading what was announced, and where.

They stand beside the figures and change none of them.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.employers.models import Employer
from app.figures.models import PolicyEvent
from app.web import editions

LONGEST: Final = 200
# The newest ones, one for each quarter that a trend tells.
MOST: Final = 12


@dataclass(frozen=True)
class Announced:
    """What was announced on a day: of one employer, or for a place (ISO code).

    text, text_zh: in either language or both; source: an https address.
    """

    day: date
    employer_id: bytes | None
    place: str | None
    text: str | None
    text_zh: str | None
    source: str


def about(db: Session, employer: Employer) -> Sequence[PolicyEvent]:
    """Return what was announced of an employer's family and for its place, the oldest first."""
    family = select(Employer.id).where(Employer.canonical_id == employer.canonical_id)
    concerns = or_(PolicyEvent.employer_id.in_(family), PolicyEvent.place == employer.place)
    newest = select(PolicyEvent).where(concerns).order_by(PolicyEvent.day.desc(), PolicyEvent.id)
    return db.scalars(newest.limit(MOST)).all()[::-1]


def enter(db: Session, id: bytes, said: Announced) -> bool:
    """Enter an event; False if one with this id stands. Every page may show it."""
    editions.bump(db, "directory")
    return insert_once(db, PolicyEvent, id=id, **asdict(said))


def correct(db: Session, event: PolicyEvent, said: Announced) -> None:
    """Say an event otherwise."""
    editions.bump(db, "directory")
    for name, value in asdict(said).items():
        setattr(event, name, value)
    db.flush()


def withdraw(db: Session, event: PolicyEvent) -> None:
    """Forget an event."""
    editions.bump(db, "directory")
    db.execute(delete(PolicyEvent).where(PolicyEvent.id == event.id))
