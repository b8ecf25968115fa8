"""The queue: what waits for the desk, severity before age, near-duplicates together.

A query over the states of items. Nobody sees an item of an employer that they are tied to; what
was handed over and appeals are for seniors, and never for one who decided before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.employers.models import Employer
from app.moderation import items
from app.moderation.desk import Desk
from app.moderation.models import AuditEntry, AuditOpening, Decider
from app.staff.models import Staff
from app.threads.models import Post, Thread
from app.triage import copies, weighing
from app.triage.copies import Signature
from app.triage.states import WAITING

AT_ONCE: Final = 50
MOST_COPIES: Final = 500  # texts that are compared at one look at the queue
# By post and version: whoever works at the desk asks for the queue every few seconds.
_SIGNATURES: Final[dict[tuple[bytes, int], Signature | None]] = {}


@dataclass(frozen=True)
class Waiting:
    """One item that waits.

    severity: 1 the gravest. why: codes. days: whole days, rounded up. holder: the name of whoever
    looks at it now; mine: it is the asking person. copies: ids of the others in its cluster.
    """

    kind: str
    id: bytes
    version: int
    state: str
    severity: int
    why: tuple[str, ...]
    days: int
    text: str | None
    title: str | None
    employer_id: bytes | None
    holder: str | None
    mine: bool
    copies: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Filter:
    """Which part of the queue is asked for; None is everything."""

    kind: str | None = None
    why: str | None = None
    severity: int | None = None
    appeals: bool = False


@dataclass(frozen=True)
class Queue:
    """One page of the queue, and what to ask for to get the next (None on the last)."""

    items: Sequence[Waiting]
    next: str | None


@dataclass(frozen=True)
class Standing:
    """How many items wait for somebody, and for how many whole days the oldest."""

    waiting: int
    oldest: int


@dataclass(frozen=True)
class Earlier:
    """An earlier decision on an item: a line of the log, without who."""

    number: int
    day: date
    action: str
    reason: str | None
    before: str
    after: str
    source: str


def waiting(
    db: Session, desk: Desk, now: datetime, chosen: Filter | None = None, after: str = ""
) -> Queue:
    """Return what waits for somebody, from a position on ("" is the beginning)."""
    asked = _asked(desk, chosen or Filter())
    place = (Post.severity, Post.waits_since, Post.id)
    if position := _position(after):
        asked = asked.where(_follows(*position))
    rows = db.execute(asked.order_by(*place).limit(AT_ONCE + 1)).all()
    holders = _holders(db, [post for post, thread in rows], now)
    alike = _clusters(db, desk) if any(_copied(post) for post, thread in rows) else {}
    found = [
        _waiting(desk, post, thread, now.date(), holders.get(post.id), alike.get(post.id, ()))
        for post, thread in rows[:AT_ONCE]
    ]
    last = rows[AT_ONCE - 1][0] if len(rows) > AT_ONCE else None
    return Queue(found, f"{last.severity}.{last.waits_since}.{last.id.hex()}" if last else None)


def standing(db: Session, desk: Desk, today: date) -> Standing:
    """Count what waits for somebody, and the whole days for which the oldest has."""
    asked = _asked(desk, None).with_only_columns(func.count(), func.min(Post.waits_since))
    number, oldest = db.execute(asked).one()
    return Standing(number, _days(oldest, today) if oldest else 0)


def pace(db: Session, desk: Desk, today: date) -> int:
    """Count somebody's own decisions of a day; only they are told, and nothing finer is kept."""
    own = select(func.count()).select_from(AuditOpening)
    own = own.join(AuditEntry, AuditEntry.number == AuditOpening.number)
    return db.scalar(own.where(AuditOpening.staff_id == desk.id, AuditEntry.day == today)) or 0


def earlier(db: Session, item_id: bytes) -> Sequence[Earlier]:
    """Return what the desk did to an item before, the last first."""
    lines = select(AuditEntry).join(AuditOpening, AuditOpening.number == AuditEntry.number)
    lines = lines.where(AuditOpening.item_id == item_id).order_by(AuditEntry.number.desc())
    return [
        Earlier(
            line.number,
            line.day,
            line.action,
            line.reason,
            line.before,
            line.after,
            line.source,
        )
        for line in db.scalars(lines)
    ]


def _asked(desk: Desk, chosen: Filter | None) -> Select[Post, Thread]:
    """Everything that waits for somebody: without a filter, all of it with appeals."""
    asked = select(Post, Thread).join(Thread, Thread.id == Post.thread_id)
    asked = asked.where(Post.severity.is_not(None), Post.state.in_(WAITING), _untied(desk))
    if desk.role != "senior":
        asked = asked.where(
            Post.state != "appealed",
            or_(Post.why.is_(None), ~_has(items.HANDED_OVER)),
        )
    own = select(Decider.item_id).where(Decider.staff_id == desk.id)
    asked = asked.where(or_(Post.state != "appealed", Post.id.not_in(own)))
    return asked if chosen is None else asked.where(*_chosen(chosen))


def _chosen(chosen: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks for; an unknown kind or code finds nothing."""
    asked = [Post.state == "appealed" if chosen.appeals else Post.state != "appealed"]
    if chosen.kind:
        first = Post.id == Post.thread_id
        asked.append(first if chosen.kind == "post" else ~first)
    if chosen.why:
        asked.append(_has(chosen.why))
    if chosen.severity:
        asked.append(Post.severity == chosen.severity)
    return asked


def _has(code: str) -> ColumnElement[bool]:
    """Whether a code is among those that made an item wait."""
    return ("," + Post.why + ",").contains(f",{code},", autoescape=True)


def _untied(desk: Desk) -> ColumnElement[bool]:
    same, other = aliased(Employer), aliased(Employer)
    family = select(same.id).join(other, other.canonical_id == same.canonical_id)
    return or_(
        Thread.employer_id.is_(None),
        Thread.employer_id.not_in(family.where(other.id.in_(desk.ties))),
    )


def _position(after: str) -> tuple[int, date, bytes] | None:
    """Read a position; None for the beginning and for nonsense."""
    try:
        severity, day, item_id = after.split(".")
        position = int(severity), date.fromisoformat(day), bytes.fromhex(item_id)
    except ValueError:
        return None
    # A database knows no number of any length.
    return position if 0 <= position[0] <= weighing.MILDEST else None


def _follows(severity: int, day: date, item_id: bytes) -> ColumnElement[bool]:
    same = Post.severity == severity
    return or_(
        Post.severity > severity,
        and_(same, Post.waits_since > day),
        and_(same, Post.waits_since == day, Post.id > item_id),
    )


def _holders(db: Session, posts: Sequence[Post], now: datetime) -> dict[bytes, str]:
    """The names of those who look at items now, by the items' ids."""
    held = select(Post.id, Staff.name).join(Staff, Staff.id == Post.holder)
    held = held.where(Post.id.in_([post.id for post in posts]), Post.lease_until > now)
    return {row.id: row.name for row in db.execute(held)}


def _copied(post: Post) -> bool:
    return weighing.COPIES in items.codes(post.why)


def _clusters(db: Session, desk: Desk) -> dict[bytes, tuple[bytes, ...]]:
    """The other members of each near-duplicate's cluster, of those that somebody may see."""
    asked = _asked(desk, Filter(why=weighing.COPIES)).with_only_columns(Post.id, Post.version)
    rows = db.execute(asked.order_by(Post.waits_since, Post.id).limit(MOST_COPIES))
    return {
        one: tuple(other for other in cluster if other != one)
        for cluster in copies.grouped(_signatures(db, [(row.id, row.version) for row in rows]))
        for one in cluster
    }


def _signatures(db: Session, keys: Sequence[tuple[bytes, int]]) -> dict[bytes, Signature | None]:
    """Return what is compared of some posts, reckoned once for each version."""
    before = _SIGNATURES.copy()  # others look at the same time
    known = {key: before[key] for key in keys if key in before}
    new = [post_id for post_id, version in keys if (post_id, version) not in known]
    for row in db.execute(select(Post.id, Post.version, Post.text).where(Post.id.in_(new))):
        known[row.id, row.version] = copies.signature(row.text or "")
    if len(_SIGNATURES) > 2 * MOST_COPIES:
        _SIGNATURES.clear()
    _SIGNATURES.update(known)
    return {post_id: known.get((post_id, version)) for post_id, version in keys}


def _days(since: date, today: date) -> int:
    return max((today - since).days, 0)


def _waiting(
    desk: Desk,
    post: Post,
    thread: Thread,
    today: date,
    holder: str | None,
    alike: tuple[bytes, ...],
) -> Waiting:
    return Waiting(
        kind=items.kind_of(post),
        id=post.id,
        version=post.version,
        state=post.state,
        severity=post.severity or weighing.MILDEST,
        why=items.codes(post.why),
        days=_days(post.waits_since or today, today),
        text=post.text,
        title=thread.title,
        employer_id=thread.employer_id,
        holder=holder,
        mine=holder is not None and post.holder == desk.id,
        copies=alike,
    )
