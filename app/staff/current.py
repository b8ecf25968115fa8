"""Who of the staff is signed in, for the pages of the desk and of representatives."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.staff import sessions
from app.staff.models import Tie

Role = Literal["representative", "moderator", "senior", "auditor", "operator"]
COOKIE: Final = "__Host-desk"


@dataclass(frozen=True)
class Current:
    """Somebody of the staff at their browser.

    ties: the employers whose items they never get. proven: the second factor was given within
    five minutes.
    """

    id: bytes
    name: str
    role: Role
    employer_id: bytes | None
    ties: frozenset[bytes]
    proven: bool


def current(request: Request) -> Current | None:
    """Return who is signed in to the desk, or None; noting the use begins idleness anew.

    Call it before any transaction of the page begins: it may write, and SQLite has one writer.
    """
    if not hasattr(request.state, "staff"):
        request.state.staff = _look(request) if COOKIE in request.cookies else None
    found: Current | None = request.state.staff
    return found


def begin_session(response: Response, token: str) -> None:
    """Give the browser a session's token: host only, no script, never with another site's link."""
    response.set_cookie(COOKIE, token, **_ONLY_OURS)


def clear_session(response: Response) -> None:
    """Ask the browser to forget the token and whatever it kept of the desk."""
    response.delete_cookie(COOKIE, **_ONLY_OURS)
    response.headers["Clear-Site-Data"] = '"cache"'


_ONLY_OURS: Final[dict[str, Any]] = {
    "path": "/",
    "secure": True,
    "httponly": True,
    "samesite": "strict",
}


def _look(request: Request) -> Current | None:
    state, token = request.app.state, request.cookies[COOKIE]
    now = state.settings.now()
    with state.database.reading() as db:
        live = sessions.find(db, token, now)
        found = _of(db, live) if live else None
    if live and live.idle:
        with state.database.transaction() as db:
            sessions.touch(db, token, now)
    return found


def _of(db: Session, live: sessions.Live) -> Current:
    staff = live.staff
    ties = db.scalars(select(Tie.employer_id).where(Tie.staff_id == staff.id))
    role: Any = staff.role
    return Current(
        staff.id, staff.name, role, staff.employer_id, frozenset(ties), proven=live.proven
    )
