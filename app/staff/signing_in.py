"""Signing in and proving it again: a code is used once, by the statement that finds it unused."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, literal_column, select, update
from sqlalchemy.orm import Session

from app.settings import Settings
from app.staff import codes, sessions
from app.staff.models import RecoveryCode, Staff

# What stands in for an account that is not there, so that it takes as long to refuse.
_NOBODY: Final = bytes(16)
_NOBODYS: Final = codes.fresh_secret()
_NAME: Final = re.compile(r"[\w.-]{2,40}")


@dataclass(frozen=True)
class Seen:
    """An account as it was when somebody came, and what of its second factor the code is."""

    id: bytes
    role: str
    password: str = field(repr=False)
    secret: bytes = field(repr=False)
    step: int | None
    recovery: bytes | None = field(repr=False)

    @property
    def fits(self) -> bool:
        """Tell whether the code was a good one when it was looked at."""
        return self.step is not None or self.recovery is not None


def plain_name(name: str) -> str:
    """Return a name as it is stored, or nothing if it can be none."""
    name = unicodedata.normalize("NFKC", name).strip().casefold()
    return name if _NAME.fullmatch(name) else ""


def look(
    db: Session, settings: Settings, who: str | bytes, code: str, now: datetime
) -> Seen | None:
    """Return the account of a name (or an id) with what the code is; None if it is not there.

    Also None if it is off, or not set up yet; the work is the same.
    """
    whose = Staff.id == who if isinstance(who, bytes) else Staff.name == plain_name(who)
    staff = db.scalar(select(Staff).where(whose, Staff.active))
    id, sealed, used = (staff.id, staff.secret, staff.step) if staff else (_NOBODY, None, 0)
    secret = codes.unseal(settings, id, sealed or codes.seal(settings, id, _NOBODYS))
    step = codes.step(secret or _NOBODYS, code, now, used)
    digest = codes.digest(id, code)
    known = db.scalar(select(exists().where(*_recovery(id, digest))))
    if staff is None or staff.password is None or sealed is None or secret is None:
        return None
    recovery = digest if step is None and known else None
    return Seen(id, staff.role, staff.password, sealed, step, recovery)


def sign_in(db: Session, seen: Seen, now: datetime, stretched: str = "") -> str | None:
    """Use the code up and begin a session; None if it was used, or anything changed, meanwhile.

    stretched: the password under today's parameters, where it was stored under weaker ones.
    """
    if not _use(db, seen):
        return None
    if stretched:
        db.execute(update(Staff).where(Staff.id == seen.id).values(password=stretched))
    return sessions.start(db, seen.id, now)


def prove(db: Session, seen: Seen, token: str, now: datetime) -> str | None:
    """Use the code up and give the session a new token; None if either is over meanwhile."""
    return sessions.prove(db, token, now) if _use(db, seen) else None


def _use(db: Session, seen: Seen) -> bool:
    """Use the code; the row of the account is held from here on, as it was seen."""
    unchanged = [
        Staff.id == seen.id,
        Staff.active,
        Staff.password == seen.password,
        Staff.secret == seen.secret,
    ]
    if seen.step is not None:
        unchanged.append(Staff.step < seen.step)
    step = Staff.step if seen.step is None else seen.step
    held = update(Staff).where(*unchanged).values(step=step)
    if not db.execute(held.returning(literal_column("1"))).scalar():
        return False
    if seen.recovery is None:
        return seen.step is not None
    spent = delete(RecoveryCode).where(*_recovery(seen.id, seen.recovery))
    return bool(db.execute(spent.returning(literal_column("1"))).scalar())


def _recovery(staff_id: bytes, digest: bytes) -> tuple[ColumnElement[bool], ...]:
    return RecoveryCode.staff_id == staff_id, RecoveryCode.digest == digest
