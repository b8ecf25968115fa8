"""Pages on which a reader flags a post: a reason from the list, and no text."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.members.current import Current, signed_out
from app.members.member import Member
from app.threads import flagging
from app.threads.hand import Hand, NotThere
from app.threads.located import AtPost, PostAt
from app.triage.reasons import REASONS
from app.web.forms import Form, Posted
from app.web.languages import N_
from app.web.limits import spend
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter(prefix="/threads/{thread}/{post}/flag")
_SAID = {
    "given": N_("The desk has been asked to look at it. Your flag says nothing of who you are."),
    "already": N_("You flagged this already. One flag of each account counts."),
    "judged": N_("The desk has looked at this as it stands. Nothing was stored."),
    "own": N_("This is your own. You can change or withdraw it."),
}


@router.get("")
def ask(request: Request, at: AtPost, member: Current) -> Response:
    """Show the reasons."""
    if not at.seen:
        raise Refusal(404)
    if member is None:
        raise signed_out(request)
    return _sheet(request, at, Form([]))


@router.post("")
def flag(request: Request, at: AtPost, member: Current, form: Posted) -> Response:
    """Flag a post; sent again, nothing more happens."""
    if not at.seen:
        raise Refusal(404)
    if member is None:
        raise signed_out(request)
    if form.get("reason") not in flagging.CHOICES:
        form.error("reason", N_("Choose one of the reasons."))
    if not form.ok:
        return _sheet(request, at, form, 422)
    spend(request, "flagging")
    how = _flag(request, at, member, form.get("reason"))
    return page(request, "threads/flagged.html", at=at, how=how, said=_SAID[how])


def _flag(request: Request, at: PostAt, member: Member, reason: str) -> flagging.How:
    state = request.app.state
    tag, hand = member.flag(at.post.id), Hand(member.slot, member.nym)
    try:
        with state.database.transaction() as db:
            return flagging.give(db, at.post.id, tag, hand, reason, state.settings.today())
    except NotThere as error:
        raise Refusal(404) from error


def _sheet(request: Request, at: PostAt, form: Form, status: int = 200) -> Response:
    reasons = [REASONS[code] for code in flagging.CHOICES]
    return page(request, "threads/flag.html", status=status, at=at, form=form, reasons=reasons)
