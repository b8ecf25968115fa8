"""Sourced claims: keeping them once, and reading those of one employer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from app.db import insert_once
from app.employers import directory
from app.employers.lists import Row
from app.employers.models import Employer, SourcedClaim

SOURCES = {
    "996icu": ("996.ICU", "https://github.com/996icu/996.ICU/blob/master/blacklist/README.md"),
    "996icu-whitelist": (
        "996.ICU",
        "https://github.com/996icu/996.ICU/blob/master/whitelist/README.md",
    ),
    "955wlb": ("955.WLB", "https://github.com/formulahendry/955.WLB"),
}


@dataclass(frozen=True)
class Page:
    """Some claims of an employer, and what to ask for to get the next (None on the last)."""

    claims: Sequence[SourcedClaim]
    next: str | None


def claim_id(row: Row, occurrence: int) -> bytes:
    """The id of a row: its source, its own words, and how often they occurred before.

    The line is left out, so that a row which moves in the list stays the same claim.
    """
    said = [row.source, row.written, row.place, row.month_written, row.schedule, occurrence]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).digest()[:16]


def keep(db: Session, employer_id: bytes, row: Row, occurrence: int) -> bool:
    """Store a row of a list, or bring what is stored up to date; True if anything changed.

    An employer's id that is stored stays, whatever was merged since.
    """
    identifier, values = claim_id(row, occurrence), _values(row)
    if insert_once(db, SourcedClaim, id=identifier, employer_id=employer_id, **values):
        return True
    claim = db.get_one(SourcedClaim, identifier)
    changed = {name: value for name, value in values.items() if getattr(claim, name) != value}
    for name, value in changed.items():
        setattr(claim, name, value)
    return bool(changed)


def of(db: Session, employer: Employer, *, limit: int = 30, after: str = "") -> Page:
    """The claims about an employer, newest month first; live and revoked, each saying which.

    `after` is the `next` of the page before; what is no such thing begins at the beginning.
    """
    month = func.coalesce(SourcedClaim.month, "")
    order = (month, SourcedClaim.source, SourcedClaim.source_row, SourcedClaim.id)
    family = directory.family(db, employer)
    asked = select(SourcedClaim).where(SourcedClaim.employer_id.in_(family))
    if start := _position(after):
        asked = asked.where(tuple_(*order) < start)
    asked = asked.order_by(*(column.desc() for column in order)).limit(limit + 1)
    rows = db.scalars(asked).all()
    more = _mark(rows[limit - 1]) if len(rows) > limit else None
    return Page(rows[:limit], more)


def _mark(claim: SourcedClaim) -> str:
    return f"{claim.month or ''}_{claim.source}_{claim.source_row}_{claim.id.hex()}"


def _position(after: str) -> tuple[str, str, int, bytes] | None:
    parts = after.split("_")
    # PostgreSQL takes no NUL in a text, not even to compare with it.
    if len(parts) != 4 or not parts[2].isdecimal() or len(parts[2]) > 9 or "\0" in after:
        return None
    try:
        return parts[0], parts[1], int(parts[2]), bytes.fromhex(parts[3])
    except ValueError:
        return None


def _values(row: Row) -> dict[str, Any]:
    reading = row.reading
    bounds = ("start", "end", "days", "presence")
    return {
        "source": row.source,
        "source_row": row.source_row,
        "status": row.status,
        "claim_kind": row.claim_kind,
        "written": row.written,
        "place_written": row.place,
        "cities": list(row.cities),
        "schedule": row.schedule,
        "schedule_code": reading.code,
        **{f"{b}_{end}": getattr(reading, f"{b}_{end}") for b in bounds for end in ("lo", "hi")},
        "month": row.month,
        "month_written": row.month_written,
        "evidence_urls": list(row.evidence_urls),
        "note": row.note,
        "flags": list(dict.fromkeys((*row.flags, *reading.flags))),
        "confidence": row.confidence,
    }
