"""The door of the desk: the one router of its pages, whose dependency is the one check."""

import re
from typing import Annotated, Any, Final, NoReturn

from fastapi import APIRouter, Depends, Request

from app.moderation.desk import Desk
from app.moderation.powers import VIEWS
from app.staff.current import Current, current
from app.web.languages import N_
from app.web.redirects import Elsewhere
from app.web.refusals import Refusal

SIGN_IN: Final = "/desk/sign-in"
_ID: Final = re.compile(r"[0-9a-f]{32}")
_SIGNED_OUT: Final = N_("You are signed out. Sign in in another tab, then send this again.")
_NOT_YOURS: Final = N_("This page of the desk is not for your role.")


def view(name: str) -> dict[str, Any]:
    """Declare which of powers.VIEWS a route is: `openapi_extra=view("queue")`."""
    return {"view": name}


def declared(route: Any) -> str:
    """Return the view that a route declares, or nothing."""
    said: dict[str, str] = getattr(route, "openapi_extra", None) or {}
    return said.get("view", "")


def check(request: Request) -> Current:
    """Let somebody of the staff through whose role has the view of this route.

    A route that declares none is nobody's. Raises Refusal (403) and Elsewhere.
    """
    roles = VIEWS.get(declared(request.scope["route"]), frozenset())
    who = current(request)
    if who is None:
        _refuse(request)
    if who.role not in roles:
        raise Refusal(403, _NOT_YOURS)
    return who


Who = Annotated[Current, Depends(check)]
router: Final = APIRouter(prefix="/desk", dependencies=[Depends(check)])


def id_at(address: str) -> bytes:
    """Read the id of a row that an address names, or a 404."""
    if not _ID.fullmatch(address):
        raise Refusal(404)
    return bytes.fromhex(address)


def desk_of(who: Current) -> Desk:
    """Return somebody as the verbs of the desk know them."""
    return Desk(who.id, who.role, who.ties, who.proven)


def _refuse(request: Request) -> NoReturn:
    """Lead a reader of pages to the sign-in; whoever sends something keeps what was typed."""
    if request.method == "GET" and not request.headers.get("hx-request"):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise Elsewhere(SIGN_IN, next=asked)
    raise Refusal(403, _SIGNED_OUT)
