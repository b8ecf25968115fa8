"""How an account of the staff begins, changes and ends; who may do so is decided elsewhere.

Whatever gives or takes power ends the sessions that stood before, in the same transaction.
"""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import delete, literal_column, select, update
from sqlalchemy.orm import Session

from app.db import insert_once, random_id
from app.settings import Settings
from app.staff import codes, sessions
from app.staff.models import RecoveryCode, Role, Staff, Tie
from app.staff.signing_in import plain_name

SETUP_DAYS: Final = 3
_SETUP: Final = b"set-up"


class NotTaken(ValueError):
    """A name that another account has, or that can be none."""


def add(
    db: Session, name: str, role: Role, today: date, employer_id: bytes | None = None
) -> tuple[Staff, str]:
    """Make an account and return it with its one-time set-up secret.

    employer_id: whom a representative speaks for. Raises NotTaken.
    """
    id = random_id()
    row = {"name": plain_name(name), "role": role, "employer_id": employer_id}
    if not row["name"] or not insert_once(db, Staff, id=id, active=True, step=0, **row):
        raise NotTaken(name)
    staff = db.get_one(Staff, id)
    return staff, renew(db, staff, today)


def find(db: Session, name: str) -> Staff | None:
    """Return an account by its name, held until the transaction ends."""
    return db.scalar(select(Staff).where(Staff.name == plain_name(name)).with_for_update())


def everybody(db: Session) -> list[Staff]:
    """Return all accounts by name."""
    return list(db.scalars(select(Staff).order_by(Staff.name)))


def renew(db: Session, staff: Staff, today: date) -> str:
    """Have an account set up anew, as when a telephone is lost: return the one-time secret.

    Password, codes and sessions of before are over at once.
    """
    word = codes.fresh_word()
    staff.setup, staff.setup_until = codes.digest(_SETUP, word), today + timedelta(SETUP_DAYS)
    staff.password = staff.secret = None
    staff.active = True
    db.flush()
    _forget(db, staff.id)
    return word


def waiting(db: Session, word: str, today: date) -> Staff | None:
    """Return the account that a set-up secret sets up, or None."""
    asked = select(Staff).where(Staff.setup == codes.digest(_SETUP, word), Staff.active)
    return db.scalar(asked.where(Staff.setup_until >= today))


def set_up(
    db: Session, settings: Settings, word: str, password: str, secret: bytes, step: int
) -> tuple[bytes, list[str]] | None:
    """Give an account its password (stretched) and its codes; the set-up secret is over.

    step: of the code that showed that the secret arrived. Returns its id and recovery codes.
    """
    staff = waiting(db, word, settings.today())
    if staff is None:
        return None
    new = {"password": password, "secret": codes.seal(settings, staff.id, secret), "step": step}
    once = update(Staff).where(Staff.id == staff.id, Staff.setup == staff.setup)
    done = once.values(**new, setup=None, setup_until=None)
    if not db.execute(done.returning(literal_column("1"))).scalar():
        return None
    return staff.id, fresh_recovery_codes(db, staff.id)


def change_password(db: Session, staff_id: bytes, before: str, after: str, token: str) -> bool:
    """Put a stretched password in the place of the one that was seen; other sessions end."""
    same = update(Staff).where(Staff.id == staff_id, Staff.active, Staff.password == before)
    if not db.execute(same.values(password=after).returning(literal_column("1"))).scalar():
        return False
    sessions.end_all(db, staff_id, but=token)
    return True


def change_codes(
    db: Session, settings: Settings, staff_id: bytes, secret: bytes, step: int, token: str
) -> list[str]:
    """Give an account another key of its codes; other sessions end, recovery codes are new."""
    sealed = codes.seal(settings, staff_id, secret)
    db.execute(update(Staff).where(Staff.id == staff_id).values(secret=sealed, step=step))
    sessions.end_all(db, staff_id, but=token)
    return fresh_recovery_codes(db, staff_id)


def fresh_recovery_codes(db: Session, staff_id: bytes) -> list[str]:
    """Make recovery codes, to be shown once; those of before are over."""
    db.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    words = [codes.fresh_word() for _ in range(codes.RECOVERY_CODES)]
    db.add_all(RecoveryCode(digest=codes.digest(staff_id, w), staff_id=staff_id) for w in words)
    db.flush()
    return words


def change_role(db: Session, staff: Staff, role: Role, employer_id: bytes | None = None) -> bool:
    """Give an account another role; False if it has it already.

    Whoever answered for an employer is tied to it from then on.
    """
    if (staff.role, staff.employer_id) == (role, employer_id):
        return False
    if staff.employer_id is not None:
        tie(db, staff.id, staff.employer_id)
    staff.role, staff.employer_id = role, employer_id
    db.flush()
    sessions.end_all(db, staff.id)
    return True


def disable(db: Session, staff: Staff) -> bool:
    """Turn an account off: its row stays, because decisions name it, and nothing opens it."""
    was = staff.active
    staff.active = False
    staff.setup = staff.setup_until = staff.password = staff.secret = None
    db.flush()
    _forget(db, staff.id)
    return was


def tie(db: Session, staff_id: bytes, employer_id: bytes) -> bool:
    """Note that somebody is tied to an employer; False if that was known."""
    return insert_once(db, Tie, staff_id=staff_id, employer_id=employer_id)


def untie(db: Session, staff_id: bytes, employer_id: bytes) -> bool:
    """Take back that somebody is tied to an employer; False if it was not known."""
    gone = delete(Tie).where(Tie.staff_id == staff_id, Tie.employer_id == employer_id)
    return bool(db.execute(gone.returning(literal_column("1"))).scalar())


def _forget(db: Session, staff_id: bytes) -> None:
    db.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    sessions.end_all(db, staff_id)
