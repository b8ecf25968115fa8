"""The key ceremony of a week, from one database to the other: only what is public crosses.

Employers and their mail domains go to the issuer; its signed directory comes back.
"""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.credentials import published, spending
from app.db import Database
from app.employers.models import Employer, EmployerDomain
from app.issuing import ceremony
from app.issuing.ceremony import Known
from app.settings import Settings
from app.upkeep import maintain
from app.weeks.quarters import Quarter


def known(db: Session) -> list[Known]:
    """Return the employers of the site that a mail domain means, with all their domains."""
    asked = select(Employer.canonical_id, EmployerDomain.domain).join(
        Employer, Employer.id == EmployerDomain.employer_id
    )
    domains = defaultdict(list)
    for employer, domain in db.execute(asked.order_by(EmployerDomain.domain)):
        domains[employer].append(domain)
    standing = select(Employer).where(Employer.merged_into_id.is_(None)).order_by(Employer.slug)
    return [
        Known(one.id, one.slug, one.name, one.name_zh, tuple(domains[one.id]))
        for one in db.scalars(standing)
        if one.id in domains
    ]


def introduce(site: Database, issuer: Database) -> None:
    """Tell the issuer which employers there are and which mail domains mean them."""
    with site.reading() as db:
        employers = known(db)
    with issuer.transaction() as db:
        ceremony.copy(db, employers)


def publish(site: Database, issuer: Database, settings: Settings, today: date) -> bool:
    """Weigh the week's pools, destroy what is over, give the site the directory; True if new.

    Raises NotADirectory or Contradiction where the site must not take it; what is over is
    destroyed all the same.
    """
    with issuer.transaction() as db:
        ceremony.tick(db, settings.issue_min, today)
    try:
        # Before the chain loses its beginning, so that the site sees it go on.
        new = _copy(site, issuer, settings)
    finally:
        with issuer.transaction() as db:
            ceremony.destroy(db, today)
    new |= _copy(site, issuer, settings)
    with site.transaction() as db:
        if directory := published.current(db):
            spending.purge(db, directory, today)
    return new


def _copy(site: Database, issuer: Database, settings: Settings) -> bool:
    with issuer.reading() as db:
        document = ceremony.document(db, settings)
    with site.transaction() as db:
        return published.publish(db, document)


def weekly(site: Database, issuer: Database, settings: Settings, today: date) -> bool:
    """Do all of a week, on any day of it: introduce employers, mint what lacks, publish."""
    introduce(site, issuer)
    for _ in ceremony.mint(issuer, settings, str(Quarter.of(today))):
        pass
    return publish(site, issuer, settings, today)


def hold(site: Database, settings: Settings, today: date) -> bool:
    """Do what `weekly` does where the issuer's database is to be had; True if it is."""
    with maintain.issuer_here(settings) as issuer:
        if issuer is not None:
            weekly(site, issuer, settings, today)
        return issuer is not None
