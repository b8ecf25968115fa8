"""Pages that take a vote or an answer to a poll: plain forms, swapped in place by htmx."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.members.current import Current
from app.members.member import Member
from app.threads import polls, voting
from app.threads.hand import Hand, NotThere
from app.threads.located import AtPost, InThread, PostAt, ThreadAt
from app.threads.models import Post
from app.web.forms import Posted
from app.web.languages import N_
from app.web.limits import spend
from app.web.redirects import Elsewhere, see_other
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter(prefix="/threads/{thread}")
_SAID = {
    "over": N_("You took this vote back, which is for good."),
    "own": N_("This is your own."),
}
_ANSWERED = {
    "counted": N_("Your answer is counted. What it was is kept nowhere."),
    "already": N_("You answered already. Each account answers once."),
    "closed": N_("This poll has closed."),
}


@router.post("/{post}/vote")
def vote(request: Request, at: AtPost, member: Current, form: Posted) -> Response:
    """Give a vote or take it back; sent again, nothing more happens."""
    if member is None:
        return _sign_in_first(request, at, post=at.post)
    if form.get("vote") not in {"give", "take_back"} or not form.ok:
        raise Refusal(422)
    spend(request, "voting")
    try:
        how = _vote(request, at, member, form.get("vote"))
    except NotThere as error:
        raise Refusal(404) from error
    if not request.headers.get("hx-request"):
        return see_other(request, at.page_of(at.post), f"p{at.post.position}")
    with request.app.state.database.reading() as db:
        post = db.get_one(Post, at.post.id)
    given = how in {"given", "already"}
    said = _SAID.get(how, "")
    return page(request, "threads/_voted.html", at=at, post=post, given=given, said=said)


@router.post("/poll")
def answer(request: Request, at: InThread, member: Current, form: Posted) -> Response:
    """Answer a poll, once and for good; sent again, nothing more happens."""
    if member is None:
        return _sign_in_first(request, at)
    settings = request.app.state.settings
    number, least = _number(form.get("choice")), settings.release_min_reports
    if number is None or not form.ok:
        raise Refusal(422, N_("Choose one of the answers, then send it."))
    spend(request, "voting")
    tag = member.answer(at.thread.id)
    try:
        with request.app.state.database.transaction() as db:
            how = polls.answer(db, at.thread.id, tag, number, settings.today(), least)
    except NotThere as error:
        raise Refusal(404) from error
    if not request.headers.get("hx-request"):
        return see_other(request, at.path, "poll")
    with request.app.state.database.reading() as db:
        result = polls.read(db, at.thread.id, settings.today(), least)
    return page(request, "threads/_answered.html", at=at, result=result, said=_ANSWERED[how])


def _vote(request: Request, at: PostAt, member: Member, wish: str) -> str:
    tag = member.vote(at.post.id)
    with request.app.state.database.transaction() as db:
        if wish == "give":
            return voting.give(db, at.post.id, tag, Hand(member.slot, member.nym))
        return voting.take_back(db, at.post.id, tag)


def _number(typed: str) -> int | None:
    return int(typed) if typed in {"0", "1", "2", "3", "4", "5"} else None


def _sign_in_first(request: Request, at: ThreadAt, post: Post | None = None) -> Response:
    """Send people to sign in and then back to the thread; to htmx, say so beside the control."""
    if not request.headers.get("hx-request"):
        raise Elsewhere("/sign-in", next=at.path)
    if post is not None:
        return page(request, "threads/_voted.html", at=at, post=post, given=False, signed_out=True)
    settings = request.app.state.settings
    with request.app.state.database.reading() as db:
        result = polls.read(db, at.thread.id, settings.today(), settings.release_min_reports)
    if result is None:
        raise Refusal(404)
    return page(request, "threads/_answered.html", at=at, result=result, signed_out=True)
