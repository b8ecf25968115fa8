"""What readers see of replies, and which pages show them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from app.employers.models import Employer
from app.replies.models import Reply
from app.web import editions

_OWN = aliased(Employer)
_ABOUT = aliased(Employer)
_SEEN: Final[Any] = select(
    Reply.id, Reply.subject, Reply.text, Reply.day, Reply.state, Reply.why
).where(Reply.day.is_not(None))
# Prepared once: a hot read of public pages.
_IN_THREAD: Final[Any] = _SEEN.where(Reply.subject == bindparam("subject"))
_SLUG: Final = select(_ABOUT.slug).join(_OWN, _OWN.canonical_id == _ABOUT.id)


class Seen(NamedTuple):
    """A reply that readers see, or that they saw: its text may be out of sight by now."""

    id: bytes
    subject: bytes
    text: str | None
    day: date
    state: str
    why: str | None


def in_thread(db: Session, thread_id: bytes) -> Seen | None:
    """Return what the employer answers in a thread, if readers ever saw it."""
    row = db.execute(_IN_THREAD, {"subject": thread_id}).first()
    return Seen(*row) if row else None


def on_page(db: Session, employer_id: bytes, family: Collection[bytes]) -> Seen | None:
    """Return what an employer answers on its own page; family: its id, and those merged into it."""
    asked = _SEEN.where(Reply.subject.in_(family)).order_by(Reply.subject)
    found = [Seen(*row) for row in db.execute(asked)]
    return min(found, key=lambda each: each.subject != employer_id, default=None)


def of(db: Session, family: Collection[bytes]) -> Sequence[Reply]:
    """Return everything that an employer answered and did not withdraw, by subject."""
    asked = select(Reply).where(Reply.employer_id.in_(family), Reply.state != "withdrawn")
    return db.scalars(asked.order_by(Reply.subject)).all()


def ids(db: Session, family: Collection[bytes]) -> Sequence[bytes]:
    """Return the ids of all that an employer ever answered, withdrawn or not."""
    return db.scalars(select(Reply.id).where(Reply.employer_id.in_(family))).all()


def touch(db: Session, reply: Reply) -> None:
    """Count a change of the page that a reply is on; no list shows it."""
    if reply.thread_id:
        editions.touch(db, editions.thread_scope(reply.thread_id))
    elif slug := db.scalar(_SLUG.where(_OWN.id == reply.employer_id)):
        editions.touch(db, editions.employer_scope(slug))
