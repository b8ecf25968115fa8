"""The desk's work on the directory: confirming, turning down, correcting, merging, each logged.

Whoever decides names what they saw; if it is something else by now, somebody was first. All of it
goes one after the other, behind the edition of the directory.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.employers import adding, correcting, directory, domains, merging
from app.employers.adding import Wanted
from app.employers.directory import OWN_NAMES
from app.employers.models import TURNED_DOWN, Employer, EmployerAlias
from app.employers.suggesting import Likely, likely
from app.figures import publishing
from app.figures.models import STRATA
from app.moderation import audit, items
from app.moderation.audit import Act
from app.moderation.desk import Beaten, Desk, NotThere, Refused
from app.moderation.models import AuditEntry, AuditOpening
from app.web import editions

PAGE: Final = 50  # employers of a list, or pairs
KIND: Final = "employer"
MERGED: Final = "merged"
UNCONFIRMED: Final = "unconfirmed"
KEEP_APART: Final = "keep_apart"


@dataclass(frozen=True)
class Facts:
    """An employer as somebody of the desk sees it; seen: a mark of exactly this."""

    employer: Employer
    cities: Sequence[str]
    domains: Sequence[str]
    others: Sequence[str]
    into: Employer | None
    seen: str


@dataclass(frozen=True)
class Listed:
    """A page of a list; number: of all; next: the address after which the next page begins."""

    rows: Sequence[Employer]
    number: int
    next: str | None


@dataclass(frozen=True)
class Corrected:
    """What a form wants to be known of an employer."""

    wanted: Wanted
    domains: tuple[str, ...] = ()
    former: bool = False


def unconfirmed(db: Session, desk: Desk, after: str = "") -> Listed:
    """Return who waits for somebody to say that they exist, in the order of their addresses."""
    alone = Employer.merged_into_id.is_(None)
    return _for(db, desk, (Employer.status == UNCONFIRMED) & alone, after)


def merged(db: Session, desk: Desk, after: str = "") -> Listed:
    """Return who was merged into another."""
    return _for(db, desk, Employer.merged_into_id.is_not(None), after)


def turned_down(db: Session, desk: Desk, after: str = "") -> Listed:
    """Return who was turned down."""
    alone = Employer.merged_into_id.is_(None)
    return _for(db, desk, (Employer.status == TURNED_DOWN) & alone, after)


def suggested(
    db: Session, desk: Desk, most: int, first: int = 0
) -> list[tuple[Employer, Employer, Likely]]:
    """Return pairs that may be one employer, the surest first; none that are known to be two.

    first: how many are left out, which an earlier page has.
    """
    asked = (
        select(Employer.canonical_id, EmployerAlias.alias)
        .join(EmployerAlias, EmployerAlias.employer_id == Employer.id)
        .where(EmployerAlias.kind.in_(OWN_NAMES), Employer.status != TURNED_DOWN)
    )
    apart, tied = _known_apart(db), _tied(db, desk)
    found: list[tuple[Employer, Employer, Likely]] = []
    for pair in likely((row.canonical_id, row.alias) for row in db.execute(asked)):
        if pair_id(pair.one, pair.other) in apart or {pair.one, pair.other} & tied:
            continue
        one, other = db.get_one(Employer, pair.one), db.get_one(Employer, pair.other)
        if TURNED_DOWN in (one.status, other.status) or _parent_and_child(one, other):
            continue
        found.append((one, other, pair))
        if len(found) == first + most:
            break
    return found[first:]


def facts(db: Session, desk: Desk, employer_id: bytes) -> Facts:
    """Return an employer as it is now; raises NotThere, also for whoever is tied to it."""
    employer = db.get(Employer, employer_id, populate_existing=True)
    if employer is None or items.tied(db, desk, employer_id):
        raise NotThere
    into = directory.canonical(db, employer) if employer.merged_into_id else None
    found = directory.city_keys(db, employer), domains.listed(db, employer)
    shown = [employer.name, employer.name_zh, employer.status, employer.merged_into_id]
    more = [employer.place, employer.industry, employer.website, *found]
    seen = hashlib.sha256(repr((employer.id, shown, more)).encode()).hexdigest()[:16]
    return Facts(employer, *found, directory.other_names(db, employer), into, seen)


def confirm(
    db: Session, desk: Desk, employer_id: bytes, seen: str, said: Corrected, today: date
) -> int:
    """Correct an employer and vouch that it exists; returns the number of the log's line.

    Raises Beaten, NotThere, adding.AlreadyListed and domains.DomainRefused, like `correct`.
    """
    employer = _held(db, desk, employer_id, seen)
    if employer.status != UNCONFIRMED:
        raise Beaten("decided", _first(db, employer_id))
    correcting.correct(db, employer, said.wanted, said.domains, former=said.former)
    adding.confirm(db, employer)
    return _tell(db, desk, employer, "confirm", (UNCONFIRMED, employer.status), today)


def correct(
    db: Session, desk: Desk, employer_id: bytes, seen: str, said: Corrected, today: date
) -> int:
    """Give an employer other facts and leave its status."""
    employer = _held(db, desk, employer_id, seen)
    correcting.correct(db, employer, said.wanted, said.domains, former=said.former)
    return _tell(db, desk, employer, "correct", (employer.status, employer.status), today)


def turn_down(db: Session, desk: Desk, employer_id: bytes, seen: str, today: date) -> int:
    """Let an unconfirmed employer leave every list and take no more reports and threads.

    What was filed and written stays its writers' to change and withdraw.
    """
    return _move(db, desk, employer_id, seen, ("turn_down", UNCONFIRMED, TURNED_DOWN), today)


def take_back(db: Session, desk: Desk, employer_id: bytes, seen: str, today: date) -> int:
    """Let an employer that was turned down wait again."""
    return _move(db, desk, employer_id, seen, ("take_back", TURNED_DOWN, UNCONFIRMED), today)


def merge(
    db: Session, desk: Desk, employer_id: bytes, into_id: bytes, seen: str, today: date
) -> int:
    """Let one employer stand for another; seen: the marks of both, of the one that goes first.

    Raises Refused("unconfirmed") where nobody vouches for the one that would stand, and somebody
    does for the other.
    """
    first, _, second = seen.partition(".")
    employer = _held(db, desk, employer_id, first)
    into = _held(db, desk, into_id, second)
    if employer.id == into.id or MERGED in (_state(employer), _state(into)):
        raise Beaten("decided", _first(db, employer_id, into_id))
    if not may_stand(into, employer):
        raise Refused("unconfirmed")
    before = _state(employer)
    merging.merge(db, employer, into)
    _figures(db, into)
    return _tell(db, desk, employer, "merge", (before, MERGED), today, into)


def may_stand(into: Employer, employer: Employer) -> bool:
    """Tell whether one employer may stand for another: figures need one that is confirmed."""
    return into.open and (into.confirmed or not employer.confirmed)


def unmerge(db: Session, desk: Desk, employer_id: bytes, seen: str, today: date) -> int:
    """Let a merged employer stand for itself again."""
    employer = _held(db, desk, employer_id, seen)
    if employer.merged_into_id is None:
        raise Beaten("decided", _first(db, employer_id))
    stood = directory.canonical(db, employer)
    merging.undo(db, employer)
    _figures(db, stood)
    _figures(db, employer)
    return _tell(db, desk, employer, "unmerge", (MERGED, employer.status), today, stood)


def keep_apart(
    db: Session, desk: Desk, employer_id: bytes, other_id: bytes, seen: str, today: date
) -> int:
    """Say that two employers are two, so that nobody is asked again; the log's line remembers."""
    first, _, second = seen.partition(".")
    one, other = _held(db, desk, employer_id, first), _held(db, desk, other_id, second)
    pair = pair_id(one.id, other.id)
    if pair in _known_apart(db):
        raise Beaten("decided", items.last_decider(db, pair))
    act = Act(KIND, KEEP_APART, "own", _state(one), _state(one), pair, desk.id, one.id)
    return audit.write(db, act, today)


def pair_id(one: bytes, other: bytes) -> bytes:
    """Return what stands for two employers in the log, in whatever order they come."""
    return hashlib.sha256(min(one, other) + max(one, other)).digest()[:16]


def _held(db: Session, desk: Desk, employer_id: bytes, seen: str) -> Employer:
    """Return an employer that is still what somebody saw; others wait until it is done."""
    editions.bump(db, "directory")
    found = facts(db, desk, employer_id)
    if found.seen != seen:
        raise Beaten("decided", _first(db, employer_id))
    return found.employer


def _move(
    db: Session,
    desk: Desk,
    employer_id: bytes,
    seen: str,
    step: tuple[str, str, str],
    today: date,
) -> int:
    action, before, after = step
    employer = _held(db, desk, employer_id, seen)
    if _state(employer) != before:
        raise Beaten("decided", _first(db, employer_id))
    employer.status = after
    return _tell(db, desk, employer, action, (before, after), today)


def _tell(
    db: Session,
    desk: Desk,
    employer: Employer,
    action: str,
    states: tuple[str, str],
    today: date,
    about: Employer | None = None,
) -> int:
    db.flush()
    named = (about or employer).id
    act = Act(
        KIND, action, "own", *states, item_id=employer.id, staff_id=desk.id, employer_id=named
    )
    return audit.write(db, act, today)


def _figures(db: Session, employer: Employer) -> None:
    """Sum what is published of a family anew, from the same noisy counts."""
    if release := publishing.latest(db):
        for stratum in STRATA:
            publishing.rebuild(db, employer, stratum, release)


def _state(employer: Employer) -> str:
    return MERGED if employer.merged_into_id else employer.status


def _first(db: Session, *employers: bytes) -> str | None:
    """Return who wrote the last line about some employers."""
    lines = select(AuditOpening.staff_id).where(AuditOpening.item_id.in_(employers))
    return items.name_of(db, db.scalar(lines.order_by(AuditOpening.number.desc()).limit(1)))


def _known_apart(db: Session) -> set[bytes | None]:
    lines = select(AuditOpening.item_id).join(AuditEntry, AuditEntry.number == AuditOpening.number)
    return set(db.scalars(lines.where(AuditEntry.action == KEEP_APART)))


def _tied(db: Session, desk: Desk) -> set[bytes]:
    """Return the employers that stand for those to which somebody is tied."""
    if not desk.ties:
        return set()
    return set(db.scalars(select(Employer.canonical_id).where(Employer.id.in_(desk.ties))))


def _for(db: Session, desk: Desk, which: ColumnElement[bool], after: str) -> Listed:
    asked = select(Employer).where(which, Employer.canonical_id.not_in(_tied(db, desk)))
    number = db.scalar(select(func.count()).select_from(asked.subquery())) or 0
    page = asked.where(Employer.slug > after).order_by(Employer.slug).limit(PAGE + 1)
    rows = db.scalars(page).all()
    return Listed(rows[:PAGE], number, rows[PAGE - 1].slug if len(rows) > PAGE else None)


def _parent_and_child(one: Employer, other: Employer) -> bool:
    return one.parent_id == other.id or other.parent_id == one.id


# What the buttons of an employer's form do, by their values.
STEPS: Final = {"turn_down": turn_down, "take_back": take_back, "unmerge": unmerge}
CORRECTIONS: Final = {"confirm": confirm, "correct": correct}
