"""From the rows of a public list to employers and sourced claims; a second time changes nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import random_id
from app.employers import adding, claims, names
from app.employers.directory import OWN_NAMES
from app.employers.lists import Row
from app.employers.matching import Known
from app.employers.models import Employer, EmployerAlias
from app.web import editions


@dataclass
class Imported:
    """What an import changed."""

    employers: int = 0
    claims: int = 0


def store(db: Session, rows: Iterable[Row]) -> Iterator[Imported]:
    """Bring a list's rows into the directory, yielding what has changed so far after each row.

    Employers are found by the key of any name they have, else added; either way a list confirms
    them. A row without a name stays out: there is nobody it could be about.
    """
    known = _known(db)
    seen: Counter[bytes] = Counter()
    so_far, changed = Imported(), False
    for row in rows:
        if row.naming.name:
            employer, new = _employer(db, known, row)
            said = claims.claim_id(row, 0)
            kept = claims.keep(db, employer.id, row, seen[said])
            seen[said] += 1
            so_far.employers += new
            so_far.claims += kept
            changed = _enrich(db, known, employer, row) or new or kept or changed
        yield so_far
    if changed:
        editions.bump(db, "directory")


def _known(db: Session) -> Known:
    asked = select(EmployerAlias.key, EmployerAlias.employer_id)
    found = db.execute(asked.where(EmployerAlias.kind.in_(OWN_NAMES))).all()
    return Known({row.key: row.employer_id for row in found})


def _employer(db: Session, known: Known, row: Row) -> tuple[Employer, bool]:
    if found := known.find(row.naming):
        return db.get_one(Employer, found), False
    name, name_zh = _scripts(row)
    wanted = adding.Wanted(name, name_zh, website=row.website, confirmed=True)
    return adding.add(db, random_id(), wanted), True


def _scripts(row: Row) -> tuple[str, str | None]:
    """The name and, if the list gives one in each script, the Chinese name beside it."""
    first, *others = (row.naming.name, *row.naming.aliases)
    if "joined_names" in row.flags:
        return first, None
    other = next((each for each in others if names.has_han(each) != names.has_han(first)), None)
    if other is None:
        return first, None
    return (other, first) if names.has_han(first) else (first, other)


def _enrich(db: Session, known: Known, employer: Employer, row: Row) -> bool:
    """Add what the row knows and the directory does not; True if anything was new."""
    spellings = known.learn(row.naming, employer.id)
    named = [adding.name_it(db, employer, spelling) for spelling in spellings]
    placed = adding.place_it(db, employer, row.cities)
    confirmed = not employer.confirmed
    employer.status = "confirmed"
    linked = employer.website is None and row.website is not None
    if linked:
        employer.website = row.website
    return any((*named, placed, confirmed, linked))
