"""Pages that answer a post: the form opens under it by htmx, and is a page of its own without."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.evidence import offering
from app.evidence.uploads import BODY_BYTES
from app.members.current import Current, signed_out
from app.members.member import Member
from app.threads import composing, own_pages, posting, sending, tickets
from app.threads.hand import NotThere
from app.threads.located import AtPost, PostAt
from app.threads.sending import NOTHING
from app.threads.sent import Attaching, Sheet, WithImage
from app.threads.writer import writer
from app.triage.checking import Checked
from app.web.forms import Form
from app.web.limits import spend
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter(prefix="/threads/{thread}/{post}/reply")
_FRAGMENT: Final = "threads/_reply.html"


@router.get("")
def ask(request: Request, at: AtPost, member: Current) -> Response:
    """Show the form; to somebody signed out, how to sign in."""
    _make_sure_it_is_there(at)
    if member is None:
        if request.headers.get("hx-request"):
            return page(request, "threads/_sign_in.html", next=f"{at.form_path}/reply")
        raise signed_out(request)
    return _sheet(request, at, member, Form([("badge", "1")]))


@router.post("")
def reply(request: Request, at: AtPost, member: Current, form: Sheet) -> Response:
    """Answer a post; sent again, nothing more happens."""
    _make_sure_it_appeared(at)
    state = request.app.state
    nonce = tickets.read(request, _purpose(at), form, member)
    if sending.removed(form, composing.ANSWERED):
        return _sheet(request, at, member, form, checked=sending.check(form, composing.ANSWERED))
    composing.text(form)
    composing.later(form)
    draft = offering.offered(request, form)
    if nonce is None or member is None or not form.ok:
        return _sheet(request, at, member, form, 422)
    post_id = tickets.row_id(request, nonce, member.nym(at.thread.id))
    if before := sending.posted(request, post_id):
        return own_pages.again(request, before, form)
    _make_sure_it_is_there(at)
    if not sending.settled(form, composing.ANSWERED):
        return _sheet(request, at, member, form, checked=sending.check(form, composing.ANSWERED))
    if sending.stopped(request, form, member):
        return _sheet(request, at, member, form, 403)
    spend(request, "writing")
    who = writer(request, member, at.thread.id, at.employer)
    written = sending.written(request, form, who, post_id, draft)
    try:
        with state.database.transaction() as db:
            today = state.settings.today()
            outcome = posting.reply(db, post_id, who.hand, at.thread.id, at.post.id, written, today)
    except NotThere as error:
        raise Refusal(404) from error
    return sending.done(request, outcome.post)


@router.post("/image", max_body_size=BODY_BYTES)
def image(request: Request, at: AtPost, member: Attaching, upload: WithImage) -> Response:
    """Take, black out or remove the image of an answer that is being written."""
    _make_sure_it_appeared(at)
    form = upload.form
    offering.handle(request, upload)
    return _sheet(request, at, member, form, 200 if form.ok else 422)


def _make_sure_it_appeared(at: PostAt) -> None:
    """Show nothing of what waits; what was withdrawn meanwhile keeps the words of its answer."""
    if at.post.position is None:
        raise Refusal(404)


def _make_sure_it_is_there(at: PostAt) -> None:
    if not at.seen:
        raise Refusal(404)


def _purpose(at: PostAt) -> str:
    return f"answer {at.form_path}"


def _sheet(
    request: Request,
    at: PostAt,
    member: Member | None,
    form: Form,
    status: int = 200,
    checked: Checked = NOTHING,
) -> Response:
    tickets.keep(request, _purpose(at), form)
    who = writer(request, member, at.thread.id, at.employer) if member else None
    alone = request.method == "GET" and request.headers.get("hx-request")
    return page(
        request,
        _FRAGMENT if alone else "threads/reply.html",
        status=status,
        at=at,
        form=form,
        writer=who,
        checked=checked,
        later=composing.LATER,
        **offering.shown(request, form),
    )
