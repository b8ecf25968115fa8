"""Sessions of the staff: a random token in the cookie, its digest in the database.

A token is the session's name, which stays, and a secret, which is new at every proof; the digest
has a half for each. So signing out ends the session even while a proof moves it to another token.

Every change is one guarded statement on a row that must still be there, so that saving beside a
sign-out brings nothing back. Times on the disk are rounded down to five minutes, which only ever
ends a session sooner.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import delete, literal_column, or_, select, update
from sqlalchemy.orm import Session

from app.staff.models import Staff, StaffSession

IDLE: Final = timedelta(minutes=15)
ABSOLUTE: Final = timedelta(hours=8)
PROOF: Final = timedelta(minutes=5)  # how long a given second factor counts, to the second
_STEP: Final = timedelta(minutes=5)
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NAME_BYTES: Final = 16
_SECRET_BYTES: Final = 32
_SECONDS_BYTES: Final = 6
_HALF: Final = 16  # bytes of a digest for the name, and as many for the whole token


@dataclass(frozen=True)
class Live:
    """A session that counts; idle: its use is to be noted; proven: the second factor is fresh."""

    staff: Staff
    idle: bool
    proven: bool


def rounded(now: datetime) -> datetime:
    """Round an instant down to five minutes."""
    return _EPOCH + _STEP * ((now - _EPOCH) // _STEP)


def start(db: Session, staff_id: bytes, now: datetime) -> str:
    """Begin a session of somebody who has just proven who they are; return the cookie's value."""
    token, at = _fresh(secrets.token_bytes(_NAME_BYTES), now), rounded(now)
    new = StaffSession(digest=_digest(token), staff_id=staff_id, began=at, used=at, proven=at)
    db.add(new)
    db.flush()
    return token


def find(db: Session, token: str, now: datetime) -> Live | None:
    """Return the live session of a token, or None: unknown, ended, idle or old, account off."""
    asked = select(Staff, StaffSession).join(StaffSession, StaffSession.staff_id == Staff.id)
    found = db.execute(asked.where(StaffSession.digest == _digest(token), Staff.active)).first()
    if found is None:
        return None
    staff, session = found
    used, began = _in_utc(session.used), _in_utc(session.began)
    # A clock that was ahead and was set right must not lengthen anything.
    if not used - _STEP <= now <= used + IDLE or now > began + ABSOLUTE:
        return None
    since = int(now.timestamp()) - _proven_at(token)
    proven = session.proven is not None and 0 <= since < PROOF.total_seconds()
    return Live(staff, rounded(now) > used, proven)


def touch(db: Session, token: str, now: datetime) -> None:
    """Note that a session is in use, if it still stands."""
    ours = update(StaffSession).where(StaffSession.digest == _digest(token))
    db.execute(ours.where(StaffSession.used < rounded(now)).values(used=rounded(now)))


def prove(db: Session, token: str, now: datetime) -> str | None:
    """Note that the second factor was given: the session goes on under a new token.

    None if it ended meanwhile; the old token opens nothing afterwards.
    """
    fresh, at = _fresh(_name(token), now), rounded(now)
    ours = update(StaffSession).where(StaffSession.digest == _digest(token))
    moved = ours.values(digest=_digest(fresh), used=at, proven=at)
    return fresh if db.execute(moved.returning(literal_column("1"))).scalar() else None


def end(db: Session, token: str) -> None:
    """End the session of a token, also of one that a proof has just replaced."""
    first, last = (_digest(token)[:_HALF] + each * _HALF for each in (b"\x00", b"\xff"))
    db.execute(delete(StaffSession).where(StaffSession.digest.between(first, last)))


def end_all(db: Session, staff_id: bytes, but: str = "") -> None:
    """End all sessions of somebody but the one of a token."""
    theirs = delete(StaffSession).where(StaffSession.staff_id == staff_id)
    db.execute(theirs.where(StaffSession.digest != _digest(but)))


def purge(db: Session, now: datetime) -> None:
    """Delete the sessions that no cookie opens any more."""
    idle, old = StaffSession.used < now - IDLE, StaffSession.began < now - ABSOLUTE
    db.execute(delete(StaffSession).where(or_(idle, old)))


def _fresh(name: bytes, now: datetime) -> str:
    """Make a token for a session: 256 random bits, and the second of the proof.

    The digest covers that second: nobody can choose it, and the disk need not know it.
    """
    seconds = int(now.timestamp()).to_bytes(_SECONDS_BYTES, "big")
    secret = secrets.token_bytes(_SECRET_BYTES)
    return base64.urlsafe_b64encode(name + secret + seconds).decode()


def _name(token: str) -> bytes:
    """Return the name in a token; of what is no token, anything that names no session."""
    try:
        return base64.b64decode(token.encode(), altchars=b"-_", validate=True)[:_NAME_BYTES]
    except ValueError:
        return token.encode()


def _proven_at(token: str) -> int:
    """Return the second since 1970 inside a token that its digest has shown to be ours."""
    return int.from_bytes(base64.urlsafe_b64decode(token)[_NAME_BYTES + _SECRET_BYTES :], "big")


def _digest(token: str) -> bytes:
    name, whole = sha256(_name(token)), sha256(token.encode())
    return name.digest()[:_HALF] + whole.digest()[:_HALF]


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
