"""People of the desk as its verbs know them, and items that wait for them, without any page."""

from datetime import UTC, date, datetime, timedelta
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.employers.models import Employer
from app.moderation import deciding, items, leases
from app.moderation.desk import Decided, Desk, Verdict
from app.moderation.models import AuditEntry
from app.moderation.powers import Role
from app.settings import Settings
from app.staff.models import Staff, Tie
from app.threads.models import Post
from tests.threads.accounts import Writer

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)
REMOVE = Verdict("remove", "person", ("Mr Zhang",), "")
APPROVE = Verdict("approve")


def staff(
    db: Session, name: str, role: Role = "moderator", *ties: Employer, proven: bool = False
) -> Desk:
    """Add somebody of the staff."""
    made = random_id()
    db.add(Staff(id=made, name=name, role=role, active=True, step=0))
    db.flush()
    return Desk(made, role, frozenset(employer.id for employer in ties), proven)


def of(db: Session, person: Staff) -> Desk:
    """Return somebody of the staff as the verbs of the desk know them."""
    ties = frozenset(db.scalars(select(Tie.employer_id).where(Tie.staff_id == person.id)))
    return Desk(person.id, cast("Role", person.role), ties)


def waiting(
    db: Session,
    text: str = "Mr Zhang shouts.",
    *,
    by: Writer | None = None,
    to: Post | None = None,
    employer: Employer | None = None,
    severity: int = 2,
    why: str = "name",
    since: date = TODAY,
    state: str = "pending",
) -> Post:
    """Let somebody write something visible that waits: a first post, or a comment on one."""
    writer = by or Writer()
    post = writer.answer(db, to, text).post if to else writer.open(db, text, employer=employer).post
    post.state, post.severity, post.why, post.waits_since = state, severity, why, since
    db.flush()
    return post


def claim(db: Session, desk: Desk, post: Post, now: datetime = NOW) -> datetime:
    """Take an item in the version in which it was read."""
    return leases.claim(db, desk, items.kind_of(post), post.id, post.version, now)


def decide(
    db: Session,
    settings: Settings,
    desk: Desk,
    post: Post,
    verdict: Verdict = REMOVE,
    now: datetime = NOW,
) -> Decided:
    """Decide on an item in the version in which it was read."""
    kind = items.kind_of(post)
    return deciding.decide(db, settings, desk, kind, post.id, post.version, verdict, now)


def settled(
    store: Database,
    settings: Settings,
    desk: Desk,
    post: Post,
    verdict: Verdict = REMOVE,
    now: datetime = NOW,
) -> Decided:
    """Claim an item as it stands now and decide on it, each in a transaction of its own."""
    with store.transaction() as db:
        claim(db, desk, again(db, post), now)
    with store.transaction() as db:
        return decide(db, settings, desk, again(db, post), verdict, now)


def again(db: Session, post: Post) -> Post:
    """Return an item as it stands now."""
    return db.get_one(Post, post.id, populate_existing=True)


def lines(db: Session) -> int:
    """Count the lines of the log."""
    return db.scalar(select(func.count()).select_from(AuditEntry)) or 0


def last(db: Session) -> AuditEntry:
    """Return the last line of the log."""
    return db.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
