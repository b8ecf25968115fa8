"""Correcting an employer: its names, what is known of it, its cities and mail domains."""

from collections.abc import Iterable

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.employers import adding, directory, domains, names
from app.employers.adding import Wanted
from app.employers.models import Employer, EmployerAlias, EmployerCity, EmployerDomain
from app.web import editions


def correct(
    db: Session, employer: Employer, wanted: Wanted, written: Iterable[str], *, former: bool = False
) -> None:
    """Give an employer other facts; its id and its address stay.

    written: all its mail domains. former: a name that goes stays as a former one, else nobody
    finds it by that any more. Raises adding.AlreadyListed and domains.DomainRefused.
    """
    _rename(db, employer, wanted, former=former)
    employer.name, employer.name_zh = wanted.name, wanted.name_zh
    employer.place, employer.industry = wanted.place, wanted.industry
    employer.website = wanted.website
    _move(db, employer, wanted.cities)
    _address(db, employer, {domains.normalised(each) for each in written})
    db.flush()
    editions.bump(db, "directory")


def _rename(db: Session, employer: Employer, wanted: Wanted, *, former: bool) -> None:
    """Exchange the names shown first; pinyin and initials follow from what is left."""
    old = {names.key(each): each for each in (employer.name, employer.name_zh) if each}
    new = {names.key(each): each for each in (wanted.name, wanted.name_zh) if each}
    for name in (*new.values(), *wanted.aliases):
        adding.refuse_taken(db, name, employer.id)
    own = EmployerAlias.employer_id == employer.id
    derived = EmployerAlias.kind.not_in(directory.OWN_NAMES)
    db.execute(delete(EmployerAlias).where(own, or_(derived, EmployerAlias.key.in_({*old, *new}))))
    for name in new.values():
        adding.name_it(db, employer, name, "name")
    for alias in wanted.aliases:
        adding.name_it(db, employer, alias)
    for key, name in old.items():
        if former and key not in new:
            adding.name_it(db, employer, name, "former")
    for alias in db.scalars(select(EmployerAlias.alias).where(own, ~derived)).all():
        adding.derive(db, employer.id, alias)


def _move(db: Session, employer: Employer, wanted: Iterable[str]) -> None:
    """Let an employer be in these cities; reports that name another keep it."""
    family = EmployerCity.employer_id.in_(directory.family(db, employer))
    keys = set(wanted)
    db.execute(delete(EmployerCity).where(family, EmployerCity.city.not_in(keys)))
    adding.place_it(db, employer, keys - set(directory.city_keys(db, employer)))


def _address(db: Session, employer: Employer, wanted: set[str]) -> None:
    """Let these mail domains, and no others, mean an employer."""
    family = EmployerDomain.employer_id.in_(directory.family(db, employer))
    db.execute(delete(EmployerDomain).where(family, EmployerDomain.domain.not_in(wanted)))
    for domain in sorted(wanted):
        domains.add(db, employer, domain)
