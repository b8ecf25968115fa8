"""Who of the staff is signed in, for the pages of the desk and of representatives."""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.staff import sessions
from app.staff.models import Role, Tie
from app.web.languages import N_
from app.web.redirects import Elsewhere, ours
from app.web.refusals import Refusal

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


def required(request: Request) -> Current:
    """Return who is signed in to the desk, or send a reader to sign in and refuse a sender."""
    found = current(request)
    if found is None:
        if request.method != "GET":
            raise Refusal(403, N_("Sign in first."))
        raise Elsewhere("/desk/sign-in", **_back(request))
    return found


def prove_first(request: Request, back: str = "") -> Exception:
    """Return what to raise where the second factor must have been given within five minutes.

    back: the page to return to, this one unless it is given.
    """
    return Elsewhere("/desk/prove", **({"next": back} if back else _back(request)))


def _back(request: Request) -> dict[str, str]:
    asked = [(n, v) for n, v in request.query_params.multi_items() if n != "lang"]
    path = request.url.path
    back = f"{path}?{urlencode(asked)}" if asked and request.method == "GET" else path
    return {"next": back} if ours(back) else {}


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


Required = Annotated[Current, Depends(required)]
