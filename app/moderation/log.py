"""The public log: its lines, page by page, and which employers they may name.

Only lines whose day is over: whoever asks again and again learns the day of an act, never its
time. An employer is named only where at least NAMED things that workers wrote in a calendar month
concern it, with the salt that opens the commitment, so that anybody can check the name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.employers.models import Employer
from app.moderation.chain import FIELDS
from app.moderation.models import AuditEntry, AuditOpening

NAMED: Final = 5
# What an employer or the desk adds does not count: nobody makes the others' lines named.
_WRITTEN: Final = ("post", "comment", "image", "demand")
_LINE: Final = (*(getattr(AuditEntry, name) for name in FIELDS), AuditEntry.hash)


@dataclass(frozen=True)
class Head:
    """The last line as of a midnight; number 0 before the first line."""

    number: int
    hash: bytes
    day: date | None

    def __str__(self) -> str:
        """Return it as it is published: NUMBER:HASH."""
        return f"{self.number}:{self.hash.hex()}"


@dataclass(frozen=True)
class Named:
    """An employer that a line may name, and what shows that the line was written about it."""

    slug: str
    id: bytes
    salt: bytes


@dataclass(frozen=True)
class Line:
    """A line as the public reads it; values has FIELDS and the hash."""

    values: Any
    named: Named | None

    def document(self) -> dict[str, Any]:
        """Return it for machines: what is hashed, in that order, the hash, perhaps an employer."""
        said = {name: _plain(value) for name, value in self.values._mapping.items()}
        if self.named:
            opened = {"id": self.named.id.hex(), "salt": self.named.salt.hex()}
            said["named"] = {"slug": self.named.slug, **opened}
        return said


def head(db: Session, today: date) -> Head:
    """Return the last line whose day is over."""
    asked = select(AuditEntry.number, AuditEntry.hash, AuditEntry.day)
    last = asked.where(AuditEntry.day < today).order_by(AuditEntry.number.desc()).limit(1)
    found = db.execute(last).first()
    return Head(*found) if found else Head(0, bytes(32), None)


def newest(db: Session, today: date, before: int | None, most: int) -> list[Line]:
    """Return lines, the newest first; before: only those with a lower number."""
    asked = _over(today).order_by(AuditEntry.number.desc())
    if before is not None:
        asked = asked.where(AuditEntry.number < before)
    return _lines(db, today, db.execute(asked.limit(most)).all())


def oldest(db: Session, today: date, after: int, most: int) -> list[Line]:
    """Return the lines after a number, in the order in which they are chained."""
    asked = _over(today).where(AuditEntry.number > after).order_by(AuditEntry.number)
    return _lines(db, today, db.execute(asked.limit(most)).all())


def _over(today: date) -> Select[Any]:
    return select(*_LINE).where(AuditEntry.day < today)


def _lines(db: Session, today: date, rows: Sequence[Any]) -> list[Line]:
    named = dict(_named(db, today, rows))
    return [Line(row, named.get(row.number)) for row in rows]


def _named(db: Session, today: date, rows: Sequence[Any]) -> Iterator[tuple[int, Named]]:
    """Find which of some lines may name their employer."""
    if not rows:
        return
    numbers = [row.number for row in rows]
    often = _often(db, today, {row.day.replace(day=1) for row in rows if row.employer})
    asked = (
        select(AuditOpening.number, AuditOpening.employer_salt, Employer.id, Employer.slug)
        .join(Employer, Employer.id == AuditOpening.employer_id)
        .where(AuditOpening.number.between(min(numbers), max(numbers)))
    )
    months = {row.number: row.day.replace(day=1) for row in rows}
    for number, salt, id, slug in db.execute(asked):
        if (months.get(number), id) in often:
            yield number, Named(slug, id, salt)


def _often(db: Session, today: date, months: Iterable[date]) -> set[tuple[date, bytes]]:
    """Return the employers that enough items of a month concern, with the month's first day."""
    return {(month, id) for month in months for id in db.scalars(_concerned(today, month))}


def _concerned(today: date, month: date) -> Select[Any]:
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (
        select(AuditOpening.employer_id)
        .join(AuditEntry, AuditEntry.number == AuditOpening.number)
        .where(AuditEntry.day >= month, AuditEntry.day < min(after, today))
        .where(AuditOpening.employer_id.is_not(None), AuditEntry.kind.in_(_WRITTEN))
        .group_by(AuditOpening.employer_id)
        .having(func.count(AuditOpening.item_id.distinct()) >= NAMED)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date) else value
