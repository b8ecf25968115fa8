"""Lists of threads: the hottest or the newest, of all, of a topic, of an employer.

Read by plain statements, a page at a time, each page beginning where the one before ended.
Votes are told exactly up to twenty and above in tens, so that a list need not change with each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal, get_args

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.employers.models import Employer
from app.threads import scripts
from app.threads.models import RETIRED, Post, Thread, Topic

Sort = Literal["hot", "new"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
ROWS: Final = 30
EXACT: Final = 20
TALKED: Final = timedelta(days=30)
_ID_DIGITS: Final = 32

_OWN = aliased(Employer)
_ABOUT = aliased(Employer)
_LISTED: Final[Any] = (
    select(
        Thread.id,
        Thread.title,
        Thread.day,
        Thread.comments,
        Thread.votes,
        Thread.heat,
        Post.badge,
        Topic.slug.label("topic"),
        Topic.name.label("topic_name"),
        Topic.name_zh.label("topic_name_zh"),
        _ABOUT.slug,
        _ABOUT.name,
        _ABOUT.name_zh,
    )
    .join(Post, Post.id == Thread.id)
    .outerjoin(Topic, Topic.slug == Thread.topic)
    .outerjoin(_OWN, _OWN.id == Thread.employer_id)
    .outerjoin(_ABOUT, _ABOUT.id == _OWN.canonical_id)
    .where(Thread.listed)
)


@dataclass(frozen=True)
class Named:
    """An employer or a topic as a link names it; tag: its language where that is not the page's."""

    slug: str
    name: str
    tag: str | None


@dataclass(frozen=True)
class Row:
    """One thread of a list. votes: exact up to twenty, then rounded down to tens (`many`)."""

    id: bytes
    title: str
    tag: str | None
    day: date
    comments: int
    votes: int
    many: bool
    badge: str | None
    employer: Named | None
    topic: Named | None

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/threads/{self.id.hex()}"


@dataclass(frozen=True)
class Found:
    """One page of a list, and what to ask for to get the next (None on the last)."""

    rows: Sequence[Row]
    next: str | None


@dataclass(frozen=True)
class Counted:
    """A topic or an employer, and how many threads or posts it has."""

    named: Named
    number: int


def sort_of(asked: str | None) -> Sort:
    """Return the order that a reader asked for; "hot" for anything else."""
    return next((sort for sort in SORTS if sort == asked), "hot")


def threads(
    db: Session,
    lang: str,
    sort: Sort = "hot",
    *,
    topic: str | None = None,
    employers: Sequence[bytes] | None = None,
    after: str = "",
    limit: int = ROWS,
) -> Found:
    """Return one page of the threads in lists, named in a language.

    employers: the ids of an employer's whole family. after: the `next` of the page before; what
    is no such thing begins at the beginning.
    """
    asked = _LISTED
    if topic is not None:
        asked = asked.where(Thread.topic == topic)
    if employers is not None:
        asked = asked.where(Thread.employer_id.in_(employers))
    rows = db.execute(_from(asked, sort, after).limit(limit + 1)).all()
    more = _place(rows[limit - 1], sort) if len(rows) > limit else None
    return Found([_row(row, lang) for row in rows[:limit]], more)


def some(db: Session, lang: str, ids: Sequence[bytes]) -> dict[bytes, Row]:
    """Return the threads with these ids that are in lists, by id."""
    if not ids:
        return {}
    rows = db.execute(_LISTED.where(Thread.id.in_(ids)))
    return {row.id: _row(row, lang) for row in rows}


def topics(db: Session, lang: str) -> list[Counted]:
    """Return every topic that is offered, in its place, with how many threads it has."""
    number = (
        select(Thread.topic, func.count().label("number"))
        .where(Thread.listed, Thread.topic.is_not(None))
        .group_by(Thread.topic)
        .subquery()
    )
    asked = (
        select(Topic.slug, Topic.name, Topic.name_zh, func.coalesce(number.c.number, 0))
        .outerjoin(number, number.c.topic == Topic.slug)
        .where(Topic.place < RETIRED)
        .order_by(Topic.place, Topic.slug)
    )
    return [Counted(named(slug, en, zh, lang), n) for slug, en, zh, n in db.execute(asked)]


def topic_named(db: Session, slug: str, lang: str) -> Named | None:
    """Return a topic by its slug, named in a language."""
    row = db.execute(select(Topic.name, Topic.name_zh).where(Topic.slug == slug)).first()
    return named(slug, row.name, row.name_zh, lang) if row else None


def talked_about(db: Session, lang: str, today: date, limit: int = 6) -> list[Counted]:
    """Return the employers with most threads and comments in threads of the last thirty days."""
    said = func.sum(Thread.comments + 1).label("said")
    asked = (
        select(_ABOUT.slug, _ABOUT.name, _ABOUT.name_zh, said)
        .select_from(Thread)
        .join(_OWN, _OWN.id == Thread.employer_id)
        .join(_ABOUT, _ABOUT.id == _OWN.canonical_id)
        .where(Thread.listed, Thread.day >= today - TALKED)
        .group_by(_ABOUT.slug, _ABOUT.name, _ABOUT.name_zh)
        .order_by(said.desc(), _ABOUT.slug)
        .limit(limit)
    )
    return [Counted(named(slug, en, zh, lang), n) for slug, en, zh, n in db.execute(asked)]


def named(slug: str, name: str, name_zh: str | None, lang: str) -> Named:
    """Name an employer or a topic in a language."""
    said = (name_zh or name) if lang == "zh" else name
    return Named(slug, said, scripts.tag(said, lang))


def _from(asked: Select[Any], sort: Sort, after: str) -> Select[Any]:
    """Order a list and begin it after a place in it."""
    key: Any = Thread.heat if sort == "hot" else Thread.day
    asked = asked.order_by(key.desc(), Thread.id)
    place = _read(after, sort)
    if place is None:
        return asked
    value, row_id = place
    return asked.where(or_(key < value, and_(key == value, Thread.id > row_id)))


def _place(row: Any, sort: Sort) -> str:
    value = repr(row.heat) if sort == "hot" else row.day.isoformat()
    return f"{value}_{row.id.hex()}"


def _read(after: str, sort: Sort) -> tuple[Any, bytes] | None:
    value, _, digits = after.partition("_")
    try:
        row_id = bytes.fromhex(digits)
        key: Any = float(value) if sort == "hot" else date.fromisoformat(value)
    except ValueError:
        return None
    return (key, row_id) if len(digits) == _ID_DIGITS else None


def _row(row: Any, lang: str) -> Row:
    employer = named(row.slug, row.name, row.name_zh, lang) if row.slug else None
    topic = named(row.topic, row.topic_name, row.topic_name_zh, lang) if row.topic else None
    many = row.votes > EXACT
    return Row(
        id=row.id,
        title=row.title,
        tag=scripts.tag(row.title, lang),
        day=row.day,
        comments=row.comments,
        votes=row.votes // 10 * 10 if many else row.votes,
        many=many,
        badge=row.badge,
        employer=employer,
        topic=topic,
    )
