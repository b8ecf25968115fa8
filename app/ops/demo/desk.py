"""The desk of the demonstration: one account of each role, whose secrets the operator is told.

Passwords and keys follow from SECRET_KEY, so that every start of the demonstration can tell them
again; nothing but an invented world has accounts like these.
"""

import base64
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database
from app.moderation.appointing import Hand
from app.settings import Settings
from app.staff import adding, codes, passwords
from app.staff.models import Role, Staff
from app.web import editions

STAFF: Final[dict[str, Role]] = {
    "demo-moderator": "moderator",
    "demo-senior": "senior",
    "demo-auditor": "auditor",
    "demo-operator": "operator",
    "demo-representative": "representative",
}
_PASSWORD_BYTES: Final = 10


def load(
    db: Session, settings: Settings, stretched: dict[str, str], employer_id: bytes | None
) -> None:
    """Make the accounts; stretched: their passwords, which take a while, by name.

    employer_id: whom the representative answers for; without one there is none.
    """
    hand = Hand(db, settings)
    for name, role in STAFF.items():
        speaks = role == "representative"
        if speaks and employer_id is None:
            continue
        word = hand.hire(name, role, employer_id if speaks else None)
        adding.set_up(db, settings, word, stretched[name], _secret(settings, name), step=0)


def stretched(settings: Settings) -> dict[str, str]:
    """Stretch the passwords; call it before any transaction begins."""
    return {name: passwords.stretch(_password(settings, name)) for name in STAFF}


def told(database: Database, settings: Settings) -> str:
    """Say how to sign in to the desk, with the codes of this moment; nothing elsewhere."""
    with database.reading() as db:
        if "demo" not in editions.current(db):
            return ""
        asked = select(Staff).where(Staff.active, Staff.name.in_(STAFF)).order_by(Staff.name)
        found = [each for each in db.scalars(asked) if _unchanged(settings, each)]
    if not found:
        return ""
    lines = [_line(settings, each.name) for each in found]
    head = f"Its desk is at {settings.base_url}/desk/sign-in (demonstration only)"
    again = "The code right now changes every 30 seconds: `lamplight staff demo` prints it again."
    return "\n".join([head, *lines, again])


def _line(settings: Settings, name: str) -> str:
    secret = _secret(settings, name)
    code, key = codes.now(secret, settings.now()), codes.written(secret)
    password = _password(settings, name)
    return f"  {name:<19} password {password}  the code right now is {code}  (TOTP secret {key})"


def _unchanged(settings: Settings, staff: Staff) -> bool:
    sealed = staff.secret or b""
    return codes.unseal(settings, staff.id, sealed) == _secret(settings, staff.name)


def _password(settings: Settings, name: str) -> str:
    return base64.b32encode(settings.key(f"{name} password", _PASSWORD_BYTES)).decode().lower()


def _secret(settings: Settings, name: str) -> bytes:
    return settings.key(f"{name} codes", codes.SECRET_BYTES)
