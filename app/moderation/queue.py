"""The queue: what waits for the desk, severity before age, near-duplicates together.

A query over the states of items. Nobody sees an item of an employer that they are tied to; what
was handed over and appeals are for seniors, and never for one who decided before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.employers.models import Employer
from app.moderation import items
from app.moderation.desk import Desk
from app.moderation.items import Item
from app.moderation.models import AuditEntry, AuditOpening, Decider
from app.replies.models import Reply
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
    rows = _rows(db, desk, chosen or Filter(), _position(after))
    holders = _holders(db, [row.item for row in rows], now)
    alike = _clusters(db, desk) if any(_copied(row.item) for row in rows) else {}
    found = [
        _waiting(desk, row, now.date(), holders.get(row.item.id), alike.get(row.item.id, ()))
        for row in rows[:AT_ONCE]
    ]
    last = rows[AT_ONCE - 1].item if len(rows) > AT_ONCE else None
    return Queue(found, f"{last.severity}.{last.waits_since}.{last.id.hex()}" if last else None)


def standing(db: Session, desk: Desk, today: date) -> Standing:
    """Count what waits for somebody, and the whole days for which the oldest has."""
    counted = [
        db.execute(
            _asked(model, desk, None).with_only_columns(func.count(), func.min(model.waits_since))
        ).one()
        for model in items.MODELS
    ]
    oldest = min((since for number, since in counted if since), default=today)
    return Standing(sum(number for number, since in counted), _days(oldest, today))


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


class _Row(NamedTuple):
    """An item that waits, the title of its thread, and the employer that it is about."""

    item: Item
    title: str | None
    employer_id: bytes | None


def _rows(
    db: Session, desk: Desk, chosen: Filter, position: tuple[int, date, bytes] | None
) -> list[_Row]:
    """Read one page and one row more, of all tables together in one order."""
    found: list[_Row] = []
    for model in items.MODELS:
        asked = _asked(model, desk, chosen)
        if position:
            asked = asked.where(_follows(model, *position))
        place = (model.severity, model.waits_since, model.id)
        found += [_Row(*row) for row in db.execute(asked.order_by(*place).limit(AT_ONCE + 1))]
    found.sort(key=lambda row: (row.item.severity, row.item.waits_since, row.item.id))
    return found[: AT_ONCE + 1]


def _asked(model: type[Item], desk: Desk, chosen: Filter | None) -> Select[Any, Any, Any]:
    """Everything of a table that waits for somebody: without a filter, all of it with appeals."""
    own = model.employer_id if model is Reply else Thread.employer_id
    asked = select(model, Thread.title, own).outerjoin(Thread, Thread.id == model.thread_id)
    asked = asked.where(model.severity.is_not(None), model.state.in_(WAITING), _untied(desk, own))
    if desk.role != "senior":
        asked = asked.where(
            model.state != "appealed",
            or_(model.why.is_(None), ~_has(model, items.HANDED_OVER)),
        )
    decided = select(Decider.item_id).where(Decider.staff_id == desk.id)
    asked = asked.where(or_(model.state != "appealed", model.id.not_in(decided)))
    return asked if chosen is None else asked.where(*_chosen(model, chosen))


def _chosen(model: type[Item], chosen: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks for; an unknown kind or code finds nothing."""
    asked = [model.state == "appealed" if chosen.appeals else model.state != "appealed"]
    if chosen.kind:
        asked.append(_of_kind(model, chosen.kind))
    if chosen.why:
        asked.append(_has(model, chosen.why))
    if chosen.severity:
        asked.append(model.severity == chosen.severity)
    return asked


def _of_kind(model: type[Item], kind: str) -> ColumnElement[bool]:
    if model is Reply or kind == "reply":
        return literal(model is Reply and kind == "reply")
    first = Post.id == Post.thread_id
    return first if kind == "post" else ~first


def _has(model: type[Item], code: str) -> ColumnElement[bool]:
    """Whether a code is among those that made an item wait."""
    return ("," + model.why + ",").contains(f",{code},", autoescape=True)


def _untied(desk: Desk, employer_id: Any) -> ColumnElement[bool]:
    same, other = aliased(Employer), aliased(Employer)
    family = select(same.id).join(other, other.canonical_id == same.canonical_id)
    return or_(
        employer_id.is_(None),
        employer_id.not_in(family.where(other.id.in_(desk.ties))),
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


def _follows(model: type[Item], severity: int, day: date, item_id: bytes) -> ColumnElement[bool]:
    same = model.severity == severity
    return or_(
        model.severity > severity,
        and_(same, model.waits_since > day),
        and_(same, model.waits_since == day, model.id > item_id),
    )


def _holders(db: Session, waiting: Sequence[Item], now: datetime) -> dict[bytes, str]:
    """The names of those who look at items now, by the items' ids."""
    names: dict[bytes, str] = {}
    ids = [item.id for item in waiting]
    for model in items.MODELS:
        held = select(model.id, Staff.name).join(Staff, Staff.id == model.holder)
        held = held.where(model.id.in_(ids), model.lease_until > now)
        names |= {row.id: row.name for row in db.execute(held)}
    return names


def _copied(item: Item) -> bool:
    return weighing.COPIES in items.codes(item.why)


def _clusters(db: Session, desk: Desk) -> dict[bytes, tuple[bytes, ...]]:
    """The other members of each near-duplicate's cluster, of those that somebody may see."""
    alike = _asked(Post, desk, Filter(why=weighing.COPIES))
    asked = alike.with_only_columns(Post.id, Post.version)
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
    desk: Desk, row: _Row, today: date, holder: str | None, alike: tuple[bytes, ...]
) -> Waiting:
    item = row.item
    return Waiting(
        kind=items.kind_of(item),
        id=item.id,
        version=item.version,
        state=item.state,
        severity=item.severity or weighing.MILDEST,
        why=items.codes(item.why),
        days=_days(item.waits_since or today, today),
        text=item.text,
        title=row.title,
        employer_id=row.employer_id,
        holder=holder,
        mine=holder is not None and item.holder == desk.id,
        copies=alike,
    )
