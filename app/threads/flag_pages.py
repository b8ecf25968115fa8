"""Pages on which a reader flags a post or an employer's reply: a reason from the list, no text."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.members.current import Current, signed_out
from app.members.member import Member
from app.threads import flagging
from app.threads.flagged import Flagged, FlaggedPost, FlaggedReply
from app.threads.hand import Hand, NotThere
from app.triage.reasons import REASONS
from app.web.forms import Form, Posted
from app.web.languages import N_
from app.web.limits import spend
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter()
_POST = "/threads/{thread}/{post}/flag"
_REPLY = "/replies/{reply}/flag"
_SAID = {
    "given": N_("The desk has been asked to look at it. Your flag says nothing of who you are."),
    "already": N_("You flagged this already. One flag of each account counts."),
    "judged": N_("The desk has looked at this as it stands. Nothing was stored."),
    "own": N_("This is your own. You can change or withdraw it."),
}


@router.get(_POST)
def ask(request: Request, it: FlaggedPost, member: Current) -> Response:
    """Show the reasons for flagging a post."""
    return _asked(request, it, member)


@router.get(_REPLY)
def ask_of_reply(request: Request, it: FlaggedReply, member: Current) -> Response:
    """Show the reasons for flagging a reply."""
    return _asked(request, it, member)


@router.post(_POST)
def flag(request: Request, it: FlaggedPost, member: Current, form: Posted) -> Response:
    """Flag a post; sent again, nothing more happens."""
    return _sent(request, it, member, form)


@router.post(_REPLY)
def flag_reply(request: Request, it: FlaggedReply, member: Current, form: Posted) -> Response:
    """Flag a reply; sent again, nothing more happens."""
    return _sent(request, it, member, form)


def _asked(request: Request, it: Flagged, member: Member | None) -> Response:
    if member is None:
        raise signed_out(request)
    return _sheet(request, it, Form([]))


def _sent(request: Request, it: Flagged, member: Member | None, form: Form) -> Response:
    if member is None:
        raise signed_out(request)
    if form.get("reason") not in flagging.CHOICES:
        form.error("reason", N_("Choose one of the reasons."))
    if not form.ok:
        return _sheet(request, it, form, 422)
    spend(request, "flagging")
    how = _flag(request, it, member, form.get("reason"))
    return page(request, "threads/flagged.html", it=it, how=how, said=_SAID[how])


def _flag(request: Request, it: Flagged, member: Member, reason: str) -> flagging.How:
    state, tag = request.app.state, member.flag(it.id)
    today = state.settings.today()
    try:
        with state.database.transaction() as db:
            if it.reply:
                return flagging.give_on_reply(db, it.id, tag, reason, today)
            hand = Hand(member.slot, member.nym)
            return flagging.give(db, it.id, tag, hand, reason, today)
    except NotThere as error:
        raise Refusal(404) from error


def _sheet(request: Request, it: Flagged, form: Form, status: int = 200) -> Response:
    reasons = [REASONS[code] for code in flagging.CHOICES]
    return page(request, "threads/flag.html", status=status, it=it, form=form, reasons=reasons)
