"""Pages about one's own posts: editing, withdrawing, and what is one's own in a thread."""

import hmac
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.evidence import offering
from app.members.current import Current, Worker
from app.members.member import Member
from app.threads import composing, editing, sending, tickets
from app.threads.hand import Hand
from app.threads.located import AtPost, PostAt
from app.threads.models import Post, Thread
from app.threads.sending import NOTHING
from app.threads.sent import Sheet
from app.triage.checking import Checked
from app.triage.states import EMPTY
from app.web.forms import Form
from app.web.languages import N_
from app.web.limits import spend
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter(prefix="/threads/{thread}/{post}")
_POSTED = N_(
    "This form was posted before, with another text, and that stands. Sending this changes it."
)


@router.get("/edit")
def ask(request: Request, at: AtPost, member: Worker) -> Response:
    """Show one's own post in a form."""
    _make_sure_it_has_words(at, member)
    stored = [("title", at.thread.title or ""), ("text", at.post.text or "")]
    return _sheet(request, at.thread, at.post, Form(stored, composing.LONGEST))


@router.post("/edit")
def edit(request: Request, at: AtPost, member: Current, form: Sheet) -> Response:
    """Give one's own post another text; no other is kept."""
    if member is None:
        form.error("token", tickets.SIGNED_OUT)
        return _sheet(request, at.thread, at.post, form, 422)
    _make_sure_it_has_words(at, member)
    if sending.removed(form, composing.CHANGED):
        return _sheet(
            request, at.thread, at.post, form, checked=sending.check(form, composing.CHANGED)
        )
    first = at.post.id == at.thread.id
    text, title = composing.text(form), composing.title(form) if first else None
    if text is None or not form.ok:
        return _sheet(request, at.thread, at.post, form, 422)
    if not sending.settled(form, composing.CHANGED):
        return _sheet(
            request, at.thread, at.post, form, checked=sending.check(form, composing.CHANGED)
        )
    if sending.stopped(request, form, member):
        return _sheet(request, at.thread, at.post, form, 403)
    spend(request, "writing")
    settings, hand = request.app.state.settings, Hand(member.slot, member.nym)
    with request.app.state.database.transaction() as db:
        post = editing.edit(db, at.post.id, hand, text, settings.now(), title, settings.hold)
    if post is None:
        raise Refusal(404)
    return sending.done(request, post) if post.state == "held" else sending.lead(request, post)


@router.get("/withdraw")
def ask_to_withdraw(request: Request, at: AtPost, member: Worker) -> Response:
    """Say what withdrawing does, and offer it."""
    _make_sure_it_is_own(at, member)
    return page(request, "threads/withdraw.html", at=at)


@router.post("/withdraw")
def withdraw(request: Request, at: AtPost, member: Worker) -> Response:
    """Leave a tombstone of one's own post; sent again, nothing more happens."""
    spend(request, "writing")
    database = request.app.state.database
    with database.transaction() as db:
        gone = editing.withdraw(db, at.post.id, Hand(member.slot, member.nym))
    if gone is None:
        raise Refusal(404)
    offering.discard(request, gone.images)
    return sending.lead(request, gone.posts[0])


def again(request: Request, post: Post, form: Form) -> Response:
    """Answer a form that was posted before: at its post, or ready to change it."""
    if sending.says(post, form):
        return sending.done(request, post)
    form.error("again", _POSTED)
    with request.app.state.database.reading() as db:
        thread = db.get_one(Thread, post.thread_id)
    return _sheet(request, thread, post, form, 409)


def is_own(post: Post, member: Member) -> bool:
    """Tell whether a post that was not withdrawn is an account's own."""
    return post.nym is not None and hmac.compare_digest(post.nym, member.nym(post.thread_id))


def _make_sure_it_is_own(at: PostAt, member: Member) -> None:
    """Refuse another's post in the words in which a post that is not there is refused."""
    if not is_own(at.post, member):
        raise Refusal(404)


def _make_sure_it_has_words(at: PostAt, member: Member) -> None:
    """Refuse to change what the desk has taken the words of; an appeal is the way from there."""
    _make_sure_it_is_own(at, member)
    if at.post.state in EMPTY:
        raise Refusal(404)


def _sheet(
    request: Request,
    thread: Thread,
    post: Post,
    form: Form,
    status: int = 200,
    checked: Checked = NOTHING,
) -> Response:
    context: dict[str, Any] = {"thread": thread, "post": post, "form": form, "checked": checked}
    return page(request, "threads/edit.html", status=status, **context)
