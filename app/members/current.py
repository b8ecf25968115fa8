"""Who is signed in, for pages that act for an account."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request
from starlette.responses import Response

from app.members import joining
from app.members.member import Member
from app.web.languages import N_
from app.web.redirects import Elsewhere, ours
from app.web.refusals import Refusal
from app.web.sessions import COOKIE, clear_cookie, set_cookie


def bearer(request: Request) -> Member | None:
    """Return the account of a live session, whether or not its row still stands."""
    state = request.app.state
    payload = state.sessions.read(request.cookies.get(COOKIE, ""), state.settings.now())
    return Member.unpack(payload) if payload is not None else None


def current(request: Request) -> Member | None:
    """Return the signed-in account, or None.

    New words and closing end every other session of the account, which only the row can tell:
    no list of an account's sessions exists. Read apart from the page's own transaction.
    """
    member = bearer(request)
    if member is None:
        return None
    with request.app.state.database.reading() as db:
        return member if joining.is_open(db, member) else None


def required(request: Request) -> Member:
    """Return the signed-in account, or have the asker sign in first."""
    member = current(request)
    if member is None:
        raise signed_out(request)
    return member


def signed_out(request: Request) -> Exception:
    """Return what to raise when nobody is signed in: programs are refused, people sign in."""
    path = request.url.path
    if path.endswith(".json"):
        return Refusal(403, N_("Sign in first."))
    asked = [(n, v) for n, v in request.query_params.multi_items() if n != "lang"]
    back = f"{path}?{urlencode(asked)}" if asked and request.method == "GET" else path
    return Elsewhere("/sign-in", **({"next": back} if ours(back) else {}))


def begin_session(
    request: Request, response: Response, member: Member, *, keep: bool = False
) -> None:
    """Sign an account in on this browser, under a new cookie.

    The session before is dead, unless `keep`: then its half waits for a retry of this request.
    """
    state = request.app.state
    if not keep:
        state.sessions.end(request.cookies.get(COOKIE, ""))
    set_cookie(response, state.sessions.start(member.pack(), state.settings.now()))


def end_session(request: Request, response: Response) -> None:
    """Sign this browser out: the server's half is dropped, the browser told to forget its own."""
    request.app.state.sessions.end(request.cookies.get(COOKIE, ""))
    clear_cookie(response)


Current = Annotated[Member | None, Depends(current)]
Worker = Annotated[Member, Depends(required)]
