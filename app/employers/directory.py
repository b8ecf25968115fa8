"""Finding employers: by address, by name, by anything a person may type."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.employers import names
from app.employers.models import TURNED_DOWN, Employer, EmployerAlias, EmployerCity

LONGEST_QUERY = 100
OWN_NAMES = ("name", "alias", "former")
# Two letters of pinyin or initials are inside nearly every name; they count at its beginning.
SHORT = 3
# PostgreSQL takes no NUL in a text, not even to look for it.
_SLUG = re.compile("[a-z0-9-]{1,80}")


@dataclass(frozen=True)
class Found:
    """One page of employers, and what to ask for to get the next (None on the last)."""

    employers: Sequence[Employer]
    next: str | None


def find(db: Session, slug: str) -> Employer | None:
    """The employer at an address; a merged one gives the employer it was merged into."""
    if not _SLUG.fullmatch(slug):
        return None
    employer = db.scalar(select(Employer).where(Employer.slug == slug))
    return employer and canonical(db, employer)


def canonical(db: Session, employer: Employer) -> Employer:
    """The employer that stands for this one."""
    if employer.merged_into_id is None:
        return employer
    return db.get_one(Employer, employer.canonical_id)


def family(db: Session, employer: Employer) -> list[bytes]:
    """The ids under which things of this employer may be stored: its own and those merged in."""
    same = Employer.canonical_id == employer.canonical_id
    return list(db.scalars(select(Employer.id).where(same)))


def by_name(db: Session, name: str) -> Employer | None:
    """The employer that bears exactly this name, alias or former name, however spelt."""
    bears = and_(EmployerAlias.key == names.key(name), EmployerAlias.kind.in_(OWN_NAMES))
    asked = select(Employer).join(EmployerAlias, EmployerAlias.employer_id == Employer.id)
    employer = db.scalar(asked.where(bears))
    return employer and canonical(db, employer)


def other_names(db: Session, employer: Employer) -> list[str]:
    """Aliases and former names, of merged employers too, without the names shown first."""
    shown = {names.key(employer.name), names.key(employer.name_zh or "")}
    asked = (
        select(EmployerAlias.alias, EmployerAlias.key)
        .where(EmployerAlias.employer_id.in_(family(db, employer)))
        .where(EmployerAlias.kind.in_(OWN_NAMES))
        .order_by(EmployerAlias.alias)
    )
    return [alias for alias, key in db.execute(asked) if key not in shown]


def city_keys(db: Session, employer: Employer) -> list[str]:
    """The keys of an employer's cities, of merged employers too."""
    asked = select(EmployerCity.city).where(EmployerCity.employer_id.in_(family(db, employer)))
    return sorted(set(db.scalars(asked)))


def search(
    db: Session,
    query: str = "",
    *,
    limit: int = 20,
    after: str = "",
    place: str = "",
    city: str = "",
    industry: str = "",
) -> Found:
    """Employers that a query means, best first, or all by address if it is empty.

    The query may be part of any name in either script, pinyin, or initials. `after` is the
    `next` of the page before; what is no such thing begins at the beginning. What the desk turned
    down is left out.
    """
    key = names.key(query[:LONGEST_QUERY])
    if query.strip() and not key:
        return Found([], None)
    asked, order = _matching(key) if key else _everything()
    asked = asked.where(Employer.status != TURNED_DOWN)
    for chosen in _chosen(place, city, industry):
        asked = asked.where(chosen)
    if start := _position(after):
        asked = asked.where(tuple_(*order) > start)
    rows = db.execute(asked.order_by(*order).limit(limit + 1)).all()
    kept = rows[:limit]
    more = f"{kept[-1][1]}.{kept[-1][0].slug}" if len(rows) > limit else None
    return Found([row[0] for row in kept], more)


def _everything() -> tuple[Select[Any], tuple[Any, ...]]:
    alone = Employer.merged_into_id.is_(None)
    nothing = case((alone, 0), else_=1)
    return select(Employer, nothing).where(alone), (nothing, Employer.slug)


def _matching(key: str) -> tuple[Select[Any], tuple[Any, ...]]:
    """Employers with a name that holds the key; rank 0 is the whole name, 1 its beginning."""
    column, kind = EmployerAlias.key, EmployerAlias.kind
    begins, holds = column.startswith(key, autoescape=True), column.contains(key, autoescape=True)
    inside = holds if len(key) >= SHORT else begins
    rank = func.min(case((column == key, 0), (begins, 1), else_=2)).label("rank")
    hits = (
        select(Employer.canonical_id.label("id"), rank)
        .join(EmployerAlias, EmployerAlias.employer_id == Employer.id)
        .where(or_(and_(kind.in_(OWN_NAMES), holds), and_(kind.not_in(OWN_NAMES), inside)))
        .group_by(Employer.canonical_id)
        .subquery()
    )
    asked = select(Employer, hits.c.rank).join(hits, hits.c.id == Employer.id)
    return asked, (hits.c.rank, Employer.slug)


def _chosen(place: str, city: str, industry: str) -> list[Any]:
    filters: list[Any] = []
    if place:
        filters.append(Employer.place == place)
    if industry:
        filters.append(Employer.industry == industry)
    if city:
        member = Employer.__table__.alias("member")
        there = (
            select(member.c.canonical_id)
            .join(EmployerCity, EmployerCity.employer_id == member.c.id)
            .where(EmployerCity.city == city)
        )
        filters.append(Employer.id.in_(there))
    return filters


def _position(after: str) -> tuple[int, str] | None:
    rank, dot, slug = after.partition(".")
    return (int(rank), slug) if dot and rank in {"0", "1", "2"} and slug else None
