"""How somebody comes to answer for an employer: the domain's DNS, a mailbox, a colleague.

The three prove that whoever governs the domain, a mailbox at it, and a second person agree.
"""

import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import random_id
from app.employers import directory, domains
from app.employers.models import Employer
from app.replies import addresses
from app.replies.models import Representative
from app.settings import Settings
from app.staff.models import Staff

DAYS: Final = 30
MAILS: Final = 3
TRIES: Final = 5
_DIGITS: Final = 6
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{3,189}")


class NoDomain(ValueError):
    """No mail domain of this employer is known here."""


class NotTheirs(ValueError):
    """The address is none, or at no known mail domain of the employer."""


def apply(db: Session, settings: Settings, employer: Employer, name: str, address: str) -> str:
    """Note who asks to answer for an employer; return the word of the address of their page.

    Raises NoDomain and NotTheirs.
    """
    known, address = domains.listed(db, employer), address.strip()
    if not known:
        raise NoDomain
    domain = address.rpartition("@")[2].lower()
    if not _ADDRESS.fullmatch(address) or domain not in known:
        raise NotTheirs
    word = secrets.token_hex(16)
    until = settings.today() + timedelta(DAYS)
    id, row = random_id(), {"employer_id": employer.id, "name": name, "domain": domain}
    sealed = addresses.seal(settings, id, address)
    db.add(Representative(id=id, word=_digest(word), sealed=sealed, until=until, **row))
    db.flush()
    return word


def find(db: Session, word: str, today: date) -> Representative | None:
    """Return whose page an address is, or None."""
    asked = select(Representative).where(Representative.word == _digest(word))
    found = db.scalar(asked.execution_options(populate_existing=True))
    return found if found and (found.admitted or found.until >= today) else None


def address_of(settings: Settings, one: Representative) -> str:
    """Return the work address, or nothing once its code was typed."""
    return addresses.unseal(settings, one.id, one.sealed) if one.sealed else ""


def record(settings: Settings, id: bytes) -> str:
    """Return the TXT record that somebody is to set at the domain."""
    token = hmac.digest(settings.key("representative record"), id, sha256)
    return f"lamplight={token.hex()[:32]}"


def note_record(db: Session, id: bytes) -> None:
    """Note that the record was seen."""
    db.execute(update(Representative).where(Representative.id == id).values(recorded=True))


def next_code(settings: Settings, one: Representative) -> str | None:
    """Return the code to send next, or None when all the mails were sent."""
    if one.mails >= MAILS:
        return None
    return _code(settings, one.id, one.mails + 1, settings.today())


def note_mail(db: Session, one: Representative) -> None:
    """Note that a code was sent; only this one is good now."""
    sent = update(Representative).where(Representative.id == one.id)
    db.execute(sent.values(mails=one.mails + 1, tries=TRIES))


def prove_mailbox(db: Session, settings: Settings, one: Representative, typed: str) -> str:
    """Compare a typed code: "proven", "wrong", "over" or "another" (the mailbox proved another).

    A code is good on the day of its mail and the next. Each comparison uses one try up.
    """
    _hold(db, one)
    left = update(Representative).where(Representative.id == one.id, Representative.tries > 0)
    tried = left.values(tries=Representative.tries - 1).returning(Representative.id)
    if not db.execute(tried).scalar():
        return "over"
    db.refresh(one)
    today = settings.today()
    good = [_code(settings, one.id, one.mails, day) for day in (today, today - timedelta(1))]
    if not any(hmac.compare_digest(each.encode(), typed.encode()) for each in good):
        return "wrong" if one.tries else "over"
    proof = addresses.proof(settings, address_of(settings, one))
    if db.scalar(select(Representative.id).where(Representative.proof == proof)):
        return "another"
    one.proof, one.sealed, one.tries = proof, None, 0
    db.flush()
    return "proven"


def colleagues(
    db: Session, employer: Employer, but: bytes, today: date
) -> Sequence[Representative]:
    """Return others who proved DNS and mailbox of an employer and wait for a colleague."""
    asked = select(Representative).where(
        Representative.employer_id.in_(directory.family(db, employer)),
        Representative.recorded,
        Representative.proof.is_not(None),
        Representative.admitted.is_(False),
        Representative.until >= today,
        Representative.id != but,
    )
    return db.scalars(asked.order_by(Representative.name, Representative.id)).all()


def confirm(db: Session, other: Representative, by: bytes) -> None:
    """Let a representative with an account say that they know somebody: that admits them."""
    _hold(db, other)
    if other.proven:
        other.confirmed_by, other.admitted = by, True
        db.flush()


def confirm_each_other(db: Session, one: Representative, other: Representative) -> bool:
    """Let one who waits say that they know another; True once both say so, which admits both.

    One who is admitted already admits the other, unless their account was taken from them.
    """
    _hold(db, one)
    db.refresh(one)
    db.refresh(other)
    if not (one.proven and other.proven) or one.id == other.id or _dismissed(db, one):
        return False
    other.confirmed_by = one.id
    other.admitted = one.admitted or one.confirmed_by == other.id
    one.admitted = other.admitted
    db.flush()
    return other.admitted


def set_up(db: Session, one: Representative) -> bool:
    """Tell whether somebody's account is theirs already, or was turned off: nothing to begin."""
    staff = db.get(Staff, one.staff_id) if one.staff_id else None
    return staff is not None and (not staff.active or staff.password is not None)


def of_staff(db: Session, staff_id: bytes) -> bytes:
    """Return the id under which one with an account confirms others."""
    own = select(Representative.id).where(Representative.staff_id == staff_id)
    return db.scalar(own) or staff_id


def purge(db: Session, today: date) -> None:
    """Forget who began and did not go on."""
    lapsed = delete(Representative).where(
        Representative.until < today, Representative.staff_id.is_(None)
    )
    db.execute(lapsed.execution_options(synchronize_session=False))


def _dismissed(db: Session, one: Representative) -> bool:
    """Tell whether somebody had an account, and answers for nobody any more."""
    staff = db.get(Staff, one.staff_id, populate_existing=True) if one.staff_id else None
    return staff is not None and not (staff.active and staff.role == "representative")


def _hold(db: Session, one: Representative) -> None:
    """Let those of one employer take turns."""
    db.get(Employer, one.employer_id, with_for_update=True)


def _digest(word: str) -> bytes:
    return sha256(b"representative " + word.encode("utf-8", "replace")).digest()


def _code(settings: Settings, id: bytes, number: int, day: date) -> str:
    told = id + f"{number} {day}".encode()
    digest = hmac.digest(settings.key("representative code"), told, sha256)
    return f"{int.from_bytes(digest[:8]) % 10**_DIGITS:0{_DIGITS}}"
