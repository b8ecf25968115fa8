"""Pages of an employer's representatives: their account, each other, what was answered."""

from typing import Any, Final

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.employers import directory
from app.moderation.appointing import Hand
from app.moderation.decided import decided
from app.moderation.powers import VIEWS
from app.moderation.reply_appeals import told_to
from app.moderation.reply_forms import SIGNED_OUT, employer_of, own_ones, sends
from app.replies import applying
from app.replies import pages as steps
from app.replies.models import Representative
from app.staff import adding
from app.staff.current import Current, current
from app.staff.models import Staff
from app.threads import listing, scripts
from app.web.forms import Form, Posted
from app.web.languages import N_, language
from app.web.limits import spend
from app.web.redirects import see_other
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter(prefix="/reply")
RECENT: Final = 20  # threads that are offered to be answered
_TAKEN: Final = N_("This name is taken, or holds signs that a name cannot. Choose another.")
_GONE: Final = N_("Somebody was faster, or waits no more. Open the page anew.")


@router.get("")
def own(request: Request) -> Response:
    """Show a representative what was answered and can be; tell everybody else how to begin."""
    who = current(request)
    if who is None or who.role not in VIEWS["reply"] or who.employer_id is None:
        return page(request, "replies/begin.html", who=who)
    with request.app.state.database.reading() as db:
        return page(request, "replies/own.html", **_own(request, db, who))


@router.post("/confirm")
def confirm(request: Request, form: Posted) -> Response:
    """Say that one knows somebody who proved the rest: their account is theirs to take."""
    who = sends(request)
    if who is None:
        raise Refusal(403, SIGNED_OUT)
    state = request.app.state
    with state.database.transaction() as db:
        waiting = applying.colleagues(db, employer_of(db, who), b"", state.settings.today())
        other = next((each for each in waiting if each.id.hex() == form.get("colleague")), None)
        if other is None:
            raise Refusal(409, _GONE)
        applying.confirm(db, other, applying.of_staff(db, who.id))
    return see_other(request, "/reply")


@router.post("/apply/{word}/account")
def begin(request: Request, word: str, form: Posted) -> Response:
    """Make the account of somebody who was admitted, and show its one-time secret."""
    spend(request, "applying")
    state = request.app.state
    with state.database.transaction() as db:
        one = steps.found(request, db, word)
        if not one.admitted or applying.set_up(db, one):
            raise Refusal(409, _GONE)
        try:
            secret, name = _hired(db, Hand(db, state.settings), one, form.get("name"))
        except adding.NotTaken:
            form.error("name", _TAKEN)
    if not form.ok:
        with state.database.reading() as db:
            return steps.sheet(request, db, steps.found(request, db, word), word, form)
    return page(request, "replies/account.html", secret=secret, called=name)


def _hired(db: Session, hand: Hand, one: Representative, name: str) -> tuple[str, str]:
    """Return the one-time secret and the name of an account; a second secret ends the first."""
    staff = db.get(Staff, one.staff_id) if one.staff_id else None
    if staff is not None:
        return hand.renew(staff), staff.name
    staff, secret = hand.make(name, "representative", one.employer_id)
    one.staff_id = staff.id
    db.flush()
    return secret, staff.name


def _own(request: Request, db: Session, who: Current) -> dict[str, Any]:
    employer, settings = employer_of(db, who), request.app.state.settings
    lang, family = language(request), directory.family(db, employer)
    replies = own_ones(db, family)
    answered = {each.reply.thread_id for each in replies if each.stands}
    recent = listing.threads(db, lang, "new", employers=family, limit=RECENT)
    return {
        "who": who,
        "employer": employer,
        "called": employer.name_in(lang),
        "replies": replies,
        "on_page": None in answered,
        "threads": [row for row in recent.rows if row.id not in answered],
        "decided": [decided(db, settings, told, lang) for told in told_to(db, settings, who)],
        "tag": lambda text: scripts.tag(text, lang),
        "colleagues": applying.colleagues(db, employer, b"", settings.today()),
        "form": Form(),
    }
