"""The page on which whoever wrote an item answers a legal notice about it, and stays nobody."""

import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.members.current import Current, Worker
from app.members.member import Member
from app.moderation import legal
from app.moderation.legal import Case, Choice
from app.threads import own, tickets
from app.threads.models import Post
from app.web.forms import Form, taking, visible
from app.web.languages import N_
from app.web.limits import spend
from app.web.redirects import see_other
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter(prefix="/me/notices/{notice}")
WORDS: Final = 4_000
_ID: Final = re.compile(r"[0-9a-f]{32}")
_CHOOSE: Final = N_("Choose one.")
_WHY: Final = N_("Say why, or choose to stand by it without more words.")
_OVER: Final = N_("It has been decided meanwhile. What was decided stands on your page.")
Sheet = Annotated[Form, Depends(taking(words=WORDS))]


@router.get("")
def ask(request: Request, notice: str, member: Worker) -> Response:
    """Show what is claimed about one's own words, and what one can do."""
    case, post = _own(request, notice, member)
    return _sheet(request, case, post, Form([("words", case.counter)]))


@router.post("")
def answer(request: Request, notice: str, member: Current, form: Sheet) -> Response:
    """Note the answer; another one replaces it until it is decided."""
    if member is None:
        form.error("token", tickets.SIGNED_OUT)
        return _sheet(request, None, None, form, 422)
    case, post = _own(request, notice, member)
    choice = next((each for each in legal.CHOICES if each == form.get("answer")), None)
    if choice is None:
        form.error("answer", _CHOOSE)
    elif choice == "counter" and not visible(form.get("words")):
        form.error("words", _WHY)
    if choice is None or not form.ok:
        return _sheet(request, case, post, form, 422)
    spend(request, "writing")
    state = request.app.state
    with state.database.transaction() as db:
        taken = legal.answer(db, state.settings, case.notice.id, choice, form.get("words"))
    if not taken:
        raise Refusal(409, _OVER)
    return see_other(request, _next(case, post, choice))


def _next(case: Case, post: Post, choice: Choice) -> str:
    """Where an answer leads: to the form that changes or withdraws, else back to the page."""
    forms = {"edit": "edit", "withdraw": "withdraw"}
    at = f"/threads/{post.thread_id.hex()}/{post.id.hex()}"
    return f"{at}/{forms[choice]}" if choice in forms else case.path


def _own(request: Request, notice: str, member: Member) -> tuple[Case, Post]:
    """Return an open case about something of the account's own, found by its slots; else a 404."""
    state = request.app.state
    wanted = bytes.fromhex(notice) if _ID.fullmatch(notice) else b""
    with state.database.reading() as db:
        case = legal.at(db, state.settings, wanted)
        if case is None or case.item_id not in own.ids(db, member.slot):
            raise Refusal(404)
        return case, db.get_one(Post, case.item_id)


def _sheet(
    request: Request, case: Case | None, post: Post | None, form: Form, status: int = 200
) -> Response:
    """Show the page; without a case only what somebody signed out had typed."""
    return page(
        request,
        "moderation/asked.html",
        status=status,
        case=case,
        post=post,
        form=form,
        choices=legal.CHOICES,
    )
