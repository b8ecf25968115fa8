"""The key ceremony: keys are made, pools open, keys are retired and destroyed, all in public.

Every step is safe to repeat and to run beside itself. The issuer never reads the site's database:
what it knows of employers is handed in.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.credentials import chain
from app.credentials.chain import Event
from app.db import Database, insert_once
from app.issuing import entries, pools, sealing, signer
from app.issuing.models import SITE, Issued, KnownDomain, KnownEmployer, SigningKey, SigningQuarter
from app.issuing.pools import Pool
from app.issuing.signer import PrivateKey
from app.settings import Settings
from app.weeks.quarters import monday


@dataclass(frozen=True)
class Known:
    """An employer as handed in: canonical, with the mail domains of all that was merged into it."""

    id: bytes
    slug: str
    name: str
    name_zh: str | None
    domains: tuple[str, ...]


class NoSuchKey(LookupError):
    """This employer has no key in this quarter."""


def copy(db: Session, employers: Iterable[Known]) -> None:
    """Put employers and their domains in place of those known before."""
    entries.alone(db)
    db.execute(delete(KnownDomain))
    db.execute(delete(KnownEmployer))
    for one in employers:
        db.add(KnownEmployer(id=one.id, slug=one.slug, name=one.name, name_zh=one.name_zh))
        db.flush()
        db.add_all(KnownDomain(domain=domain, employer_id=one.id) for domain in one.domains)


def missing(db: Session, quarter: str) -> list[bytes]:
    """Return who has no key in a quarter yet: SITE, then the employers with a domain.

    Nobody, once a later quarter has keys: what is in the chain is in order.
    """
    if db.scalar(select(SigningQuarter.quarter).where(SigningQuarter.quarter > quarter)):
        return []
    has = set(db.scalars(select(SigningKey.employer_id).where(SigningKey.quarter == quarter)))
    with_domain = select(KnownDomain.employer_id)
    asked = select(KnownEmployer.id).where(KnownEmployer.id.in_(with_domain))
    wanted = [SITE, *db.scalars(asked.order_by(KnownEmployer.slug))]
    return [id for id in wanted if id not in has]


def mint(
    database: Database,
    settings: Settings,
    quarter: str,
    generate: Callable[[], PrivateKey] = signer.generate,
) -> Iterator[bytes]:
    """Make the keys that a quarter lacks, each in a transaction of its own; yields whose."""
    with database.reading() as db:
        wanted = missing(db, quarter)
    for employer in wanted:
        key = generate()  # tenths of a second: nobody waits for it
        with database.transaction() as db:
            new = _enter(db, settings, quarter, employer, key)
        if new:
            yield employer


def _enter(db: Session, settings: Settings, quarter: str, employer: bytes, key: PrivateKey) -> bool:
    """Keep a new key and list it, unless another ceremony was faster."""
    entries.alone(db)
    if employer not in missing(db, quarter):
        return False
    id, pepper = chain.key_id(key.n), secrets.token_bytes(sealing.PEPPER_BYTES)
    sealed = sealing.seal_pepper(settings, quarter, pepper)
    insert_once(db, SigningQuarter, quarter=quarter, sealed_pepper=sealed)
    sealed = sealing.seal_key(settings, id, key)
    db.add(SigningKey(id=id, quarter=quarter, employer_id=employer, sealed_key=sealed, gathered=0))
    name = "" if employer == SITE else db.get_one(KnownEmployer, employer).name
    of = None if employer == SITE else employer
    entries.append(db, chain.key_entry(key.n, of, name, quarter))
    return True


def tick(db: Session, least: int, today: date) -> list[Event]:
    """Weigh the pools of every quarter once in a week and list what opened or is withheld.

    The first run after a quarter closes it (decision 5); `least` is the k of a pool.
    """
    entries.alone(db)
    events = []
    for row in db.scalars(select(SigningQuarter).order_by(SigningQuarter.quarter)).all():
        if row.weighed is None or monday(row.weighed) < monday(today):
            events += _weigh(db, row, least, today)
            row.weighed = today
    for event in events:
        entries.append(db, chain.event_entry(event))
    return events


def _weigh(db: Session, row: SigningQuarter, least: int, today: date) -> list[Event]:
    if row.weighed is not None and pools.is_closed(row.quarter, row.weighed):
        return []
    of_quarter = select(SigningKey).where(SigningKey.quarter == row.quarter)
    # Locked, so that no credential is issued between being counted and being forgotten.
    employers = of_quarter.where(SigningKey.employer_id != SITE).order_by(SigningKey.id)
    keys = {key.id: key for key in db.scalars(employers.with_for_update())}
    found = [Pool(key.id, key.gathered) for key in keys.values() if key.sealed_key]
    if pools.is_closed(row.quarter, today):
        site_wide = db.scalars(of_quarter.where(SigningKey.employer_id == SITE)).one()
        keys[site_wide.id] = site_wide
        told = pools.closing(found, site_wide.id, least)
    else:
        told = pools.weekly(found, least)
    for _, id in told:
        keys[id].gathered = 0
    return [Event(kind, id, today) for kind, id in told]


def retire(db: Session, employer: bytes, quarter: str, today: date) -> bool:
    """Forget an employer's key of a quarter and say so; False if it is retired already.

    Raises NoSuchKey. What was signed with it is worth nothing from then on.
    """
    entries.alone(db)
    asked = select(SigningKey).where(SigningKey.quarter == quarter)
    row = db.scalar(asked.where(SigningKey.employer_id == employer).with_for_update())
    if row is None:
        raise NoSuchKey
    if not row.sealed_key:
        return False
    row.sealed_key, row.gathered = b"", 0
    entries.append(db, chain.event_entry(Event("retired", row.id, today)))
    return True


def destroy(db: Session, today: date) -> list[str]:
    """Delete keys, pepper and issued rows of the quarters that are over; returns which.

    The chain loses its beginning as far as that concerns nothing else.
    """
    entries.alone(db)
    over = [q for q in db.scalars(select(SigningQuarter.quarter)) if pools.is_over(q, today)]
    for table in (Issued, SigningKey, SigningQuarter):
        db.execute(delete(table).where(table.quarter.in_(over)))
    entries.trim(db, lambda quarter: pools.is_over(quarter, today))
    return over


def document(db: Session, settings: Settings) -> bytes:
    """Return the directory as the issuer serves it: the chain, its head signed."""
    before, kept = entries.kept(db)
    key = sealing.directory_key(settings)
    signature = key.sign(chain.SIGNED + chain.head_of(before, kept))
    return chain.write(key.public_key().public_bytes_raw(), before, kept, signature)
