"""Adding an employer: its row, its address, and everything it is found by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.db import insert_once
from app.employers import directory, names, places
from app.employers.models import Employer, EmployerAlias, EmployerCity
from app.web import editions

RESERVED = {"new", "search"}
TRIES = 20


class AlreadyListed(ValueError):
    """One of the names belongs to an employer that is there already."""

    def __init__(self, name: str, employer: Employer) -> None:
        """Say which name it is and whose."""
        super().__init__(name)
        self.name = name
        self.employer = employer


@dataclass(frozen=True)
class Wanted:
    """What is known of an employer that is to be added."""

    name: str
    name_zh: str | None = None
    aliases: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    place: str = places.DEFAULT
    industry: str | None = None
    website: str | None = None
    confirmed: bool = False
    demo: bool = False
    parent_id: bytes | None = None


def add(db: Session, employer_id: bytes, wanted: Wanted) -> Employer:
    """Add an employer, usable at once; the same id again gives the same employer.

    Raises AlreadyListed when one of its names is taken.
    """
    if again := db.get(Employer, employer_id):
        return again
    for name, _ in _spellings(wanted):
        refuse_taken(db, name, employer_id)
    employer = _insert(db, employer_id, wanted)
    for name, kind in _spellings(wanted):
        # Somebody else may have added the name since we looked; then nothing of ours stays.
        if not name_it(db, employer, name, kind):
            refuse_taken(db, name, employer_id)
    place_it(db, employer, wanted.cities)
    editions.bump(db, "directory")
    return employer


def name_it(db: Session, employer: Employer, name: str, kind: str = "alias") -> bool:
    """Give an employer one more name, with its pinyin and initials; False if it is taken.

    `kind` is name, alias or former. The caller bumps the directory's edition.
    """
    key = names.key(name)
    if not key or not insert_once(
        db, EmployerAlias, employer_id=employer.id, kind=kind, key=key, alias=name
    ):
        return False
    derive(db, employer.id, name)
    return True


def derive(db: Session, employer_id: bytes, name: str) -> None:
    """Let an employer be found by the pinyin and the initials of a name."""
    for kind, text in (("pinyin", names.spoken(name)), ("initials", names.initials(name))):
        if text:
            insert_once(db, EmployerAlias, employer_id=employer_id, kind=kind, key=text, alias=name)


def place_it(db: Session, employer: Employer, cities: Iterable[str]) -> bool:
    """Add cities (keys) to an employer; True if one is new. The caller bumps the edition."""
    new = [insert_once(db, EmployerCity, employer_id=employer.id, city=city) for city in cities]
    return any(new)


def refuse_taken(db: Session, name: str, employer_id: bytes) -> None:
    """Raise AlreadyListed when a name is another employer's."""
    taken = directory.by_name(db, name)
    if taken and taken.id != employer_id:
        db.expunge(taken)  # the transaction is rolled back and the page still names it
        raise AlreadyListed(name, taken)


def _spellings(wanted: Wanted) -> Iterator[tuple[str, str]]:
    """Every name with its kind, the names shown first at the beginning."""
    yield wanted.name, "name"
    if wanted.name_zh:
        yield wanted.name_zh, "name"
    yield from ((alias, "alias") for alias in wanted.aliases)


def _insert(db: Session, employer_id: bytes, wanted: Wanted) -> Employer:
    for slug in _slugs(wanted, employer_id):
        insert_once(
            db,
            Employer,
            id=employer_id,
            canonical_id=employer_id,
            slug=slug,
            name=wanted.name,
            name_zh=wanted.name_zh,
            place=wanted.place,
            industry=wanted.industry,
            website=wanted.website,
            status="confirmed" if wanted.confirmed else "unconfirmed",
            demo=wanted.demo,
            parent_id=wanted.parent_id,
        )
        if employer := db.get(Employer, employer_id):
            return employer
    raise RuntimeError("no free address")


def _slugs(wanted: Wanted, employer_id: bytes) -> Iterator[str]:
    """Addresses to try: the name, then numbered, then one that nobody else can have."""
    base = names.slug(wanted.name) or names.slug(wanted.name_zh or "")
    if base and base not in RESERVED:
        yield base
    if base:
        yield from (f"{base}-{number}" for number in range(2, TRIES))
    yield f"{base or 'employer'}-{employer_id.hex()[:12]}"


def confirm(db: Session, employer: Employer) -> bool:
    """Vouch that an employer exists, so that figures may be shown; False if it was already so."""
    if employer.confirmed:
        return False
    employer.status = "confirmed"
    db.flush()
    editions.bump(db, "directory")
    return True
