"""A statement of reasons on a page of its own, and the appeal against it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.members.current import Current, Worker
from app.members.member import Member
from app.moderation import appeals, statements, stating, wording
from app.moderation.desk import Beaten
from app.moderation.stating import Told
from app.moderation.wording import Words
from app.threads import own, scripts, tickets
from app.web.forms import Form, taking, visible
from app.web.languages import N_, language
from app.web.limits import spend
from app.web.redirects import see_other
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter(prefix="/me/appeals/{statement}")
_ID: Final = re.compile(r"[0-9a-f]{32}")
_NO_TEXT: Final = N_("Say why it should be looked at again.")
_SENT: Final = N_("You appealed with another text before, and that stands.")
_OVER: Final = N_("There is nothing to appeal against any more.")


@dataclass(frozen=True)
class Home:
    """Whose statements these are: where their own page is, and where they sign in."""

    path: str
    sign_in: str
    said: str


MINE: Final = Home(
    "/me",
    "/sign-in",
    N_(
        "Only you see this page. Whoever decides knows what you wrote here, and not who you are or"
        " what else you wrote."
    ),
)
Sheet = Annotated[Form, Depends(taking(text=appeals.LONGEST))]


@router.get("")
def ask(request: Request, statement: str, member: Worker) -> Response:
    """Show a statement about one's own item, with what its writer can do now."""
    return shown(request, _own(request, statement, member), Form(), MINE)


@router.post("")
def appeal(request: Request, statement: str, member: Current, form: Sheet) -> Response:
    """Appeal against it; sent again, nothing more happens."""
    if member is None:
        form.error("token", tickets.SIGNED_OUT)
        return shown(request, None, form, MINE, 422)
    return sent(request, lambda: _own(request, statement, member), form, MINE)


def sent(request: Request, own: Callable[[], Told], form: Form, home: Home) -> Response:
    """Appeal with the text of a form; own: looks the statement up, or refuses."""
    told, text = own(), form.get("text")
    if not visible(text):
        form.error("text", _NO_TEXT)
    if not form.ok:
        return shown(request, told, form, home, 422)
    spend(request, "writing")
    settings = request.app.state.settings
    try:
        with request.app.state.database.transaction() as db:
            stands = appeals.file(db, settings, told.id, text, settings.today())
    except Beaten:
        form.error("text", _OVER)
    else:
        if stands:
            return see_other(request, request.url.path)
        form.error("text", _SENT)
    return shown(request, own(), form, home, 409)


def shown(
    request: Request, told: Told | None, form: Form, home: Home, status: int = 200
) -> Response:
    """Show the page; without a statement only what somebody signed out had typed."""
    lang, settings = language(request), request.app.state.settings
    today, about = settings.today(), Words()
    if told:
        with request.app.state.database.reading() as db:
            about = wording.words(db, settings, told)
    return page(
        request,
        "moderation/statement.html",
        status=status,
        told=told,
        about=about,
        form=form,
        home=home,
        longest=appeals.LONGEST,
        tag=lambda text: scripts.tag(text, lang),
        title=told and stating.title(told, lang),
        stated=told and stating.fields(told, lang),
        outcome=told and stating.outcome(told, lang),
        appealable=told is None or told.appealable(today) or bool(form.get("text")),
    )


def one_of(found: Sequence[Told], statement: str) -> Told:
    """Return the statement that an address names among one's own, or a 404."""
    wanted = bytes.fromhex(statement) if _ID.fullmatch(statement) else b""
    told = next((each for each in found if each.id == wanted), None)
    if told is None:
        raise Refusal(404)
    return told


def _own(request: Request, statement: str, member: Member) -> Told:
    """Return a statement about something of the account's own, found by its slots; else a 404."""
    settings = request.app.state.settings
    with request.app.state.database.reading() as db:
        items = own.ids(db, member.slot)
        return one_of(statements.own(db, settings, items, settings.today()), statement)
