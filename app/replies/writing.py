"""Writing, changing and withdrawing what an employer answers; any representative of it may.

Every verb holds the reply's row first and counts editions last, as the verbs on posts do with
theirs. Nothing else in the database depends on what is written here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import insert_once, random_id
from app.employers import directory
from app.employers.models import Employer
from app.replies import showing
from app.replies.models import Reply
from app.triage import weighing
from app.triage.changing import begin_version, note, overtaken, weighed_again
from app.triage.states import EMPTY, VISIBLE
from app.triage.weighing import Weighed

LONGEST: Final = 2_000  # characters
_BLAMED: Final = frozenset({"hidden", "returned", "removed", "appealed"})
# For what somebody asked the desk to read it, or that it stands where a blamed one stood.
_ASKED: Final = frozenset(
    {weighing.FLAGS, "notice", "legal", "contested", "handed_over", weighing.CHANGED}
)


class TakenAlready(ValueError):
    """There is a reply already; it can be changed."""


@dataclass(frozen=True)
class Hand:
    """Who writes: a representative, for an employer as it stands now. everything: all is held."""

    employer: Employer
    staff_id: bytes
    everything: bool = False


def write(
    db: Session,
    hand: Hand,
    thread_id: bytes | None,
    text: str,
    today: date,
    *,
    about: bytes | None = None,
) -> Reply:
    """Answer in a thread, or on the employer's own page (None); the same text again is one reply.

    about: the id of the employer that the thread was opened about, if another stands for it by now:
    the reply is stored as its own, as everything is, and stays so when the merging is undone.
    Raises TakenAlready, also where an employer that is another by now withdrew what it answered.
    """
    subject = thread_id or hand.employer.id
    if thread_id is None and (other := _on_page(db, hand.employer)):
        subject = other
    new = insert_once(
        db,
        Reply,
        id=random_id(),
        subject=subject,
        employer_id=about or hand.employer.id,
        thread_id=thread_id,
        staff_id=hand.staff_id,
        state="withdrawn",
        version=0,
        judged=False,
    )
    asked = select(Reply).where(Reply.subject == subject).with_for_update()
    reply = db.scalars(asked.execution_options(populate_existing=True)).one()
    said = stored(text)
    if reply.employer_id not in directory.family(db, hand.employer):
        raise TakenAlready
    if not new and reply.state != "withdrawn":
        if reply.text != said:
            raise TakenAlready
        return reply
    blamed = bool(reply.why) or (thread_id is None and _blamed_elsewhere(db, hand.employer, reply))
    _say(db, reply, hand, said, _weighed(hand, said, blamed=blamed), today)
    return reply


def edit(db: Session, reply_id: bytes, hand: Hand, text: str, now: datetime) -> Reply | None:
    """Give a reply another text; None if it is not this employer's, or has no words any more.

    What somebody at the desk was deciding on goes out of sight until that is done.
    """
    reply = _own(db, reply_id, directory.family(db, hand.employer))
    if reply is None or reply.state in EMPTY:
        return None
    said = stored(text)
    if said != reply.text:
        found = weighed_again(reply, _weighed(hand, said), now)
        _say(db, reply, hand, said, found, now.date())
    return reply


def withdraw(db: Session, reply_id: bytes, employer: Employer, now: datetime) -> Reply | None:
    """Withdraw a reply, whose text is erased; None if it is not this employer's.

    A second time nothing changes; what was suppressed stays so, with its reason. What is written in
    the place of one on which somebody at the desk was deciding waits as an edit of it would.
    """
    reply = _own(db, reply_id, directory.family(db, employer))
    if reply is None or reply.state in {"withdrawn", "suppressed"}:
        return reply
    if overtaken(reply, now):
        reply.why = weighing.with_code(reply.why, weighing.CHANGED)
    begin_version(reply)
    waits = _ASKED.intersection((reply.why or "").split(","))
    reply.why = reply.why if waits or reply.state in _BLAMED else None
    reply.severity = reply.waits_since = reply.hidden_until = None
    reply.state, reply.text, reply.day = "withdrawn", None, None
    db.flush()
    showing.touch(db, reply)
    return reply


def stored(text: str) -> str:
    """Return a text as it is stored: trimmed, its lines ended in one way."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _say(db: Session, reply: Reply, hand: Hand, text: str, found: Weighed, today: date) -> None:
    """Give a reply whose row is held its words, and bring it to where it stands from now on."""
    reply.text, reply.staff_id = text, hand.staff_id
    begin_version(reply)
    # What the desk hides comes back on its day, or when the desk says so.
    if reply.state != "hidden" or found.state == "held":
        note(reply, found, today)
        reply.hidden_until = None
        reply.state = found.state
    if reply.state in VISIBLE:
        reply.day = today
    db.flush()
    showing.touch(db, reply)


def _weighed(hand: Hand, text: str, *, blamed: bool = False) -> Weighed:
    """Weigh a reply: readers see it and the desk looks afterwards, unless triage holds it.

    blamed: it takes the place of one that was out of sight.
    """
    found = weighing.weigh([text], first=True, image=False, everything=hand.everything)
    if not blamed:
        return found
    why = weighing.with_code(found.why, weighing.CHANGED)
    return Weighed("held", found.severity or weighing.MILDEST, why)


def _on_page(db: Session, employer: Employer) -> bytes | None:
    """Return under which id of its family an employer's own page is answered already."""
    subjects = Reply.subject.in_(directory.family(db, employer))
    standing = select(Reply.subject).where(subjects, Reply.state != "withdrawn")
    found = list(db.scalars(standing.order_by(Reply.subject)))
    return employer.id if employer.id in found else next(iter(found), None)


def _blamed_elsewhere(db: Session, employer: Employer, reply: Reply) -> bool:
    """Tell, once, whether what is to be read first stood on the page of a merged employer."""
    left = update(Reply).where(
        Reply.subject.in_(directory.family(db, employer)),
        Reply.id != reply.id,
        Reply.state == "withdrawn",
        Reply.why.is_not(None),
    )
    found = db.execute(left.values(why=None).returning(Reply.id))
    return bool(found.all())


def _own(db: Session, reply_id: bytes, employers: Collection[bytes]) -> Reply | None:
    held = db.get(Reply, reply_id, with_for_update=True, populate_existing=True)
    return held if held is not None and held.employer_id in employers else None
