"""Pages on which a representative writes, changes and withdraws what the employer answers."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.employers import directory
from app.employers.models import Employer
from app.moderation import pointing, statements
from app.moderation.powers import VIEWS
from app.replies import showing, writing
from app.replies.models import Reply
from app.replies.writing import LONGEST, Hand, TakenAlready
from app.staff.current import Current, current, required
from app.threads import composing, sending
from app.threads.models import Thread
from app.threads.sending import NOTHING
from app.triage.checking import Checked
from app.triage.states import EMPTY
from app.web.forms import Form, taking
from app.web.languages import N_
from app.web.limits import spend
from app.web.redirects import see_other
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter(prefix="/reply")
SIGNED_OUT: Final = N_("You are signed out. Sign in in another tab, then send this again.")
NOT_YOURS: Final = N_("This page is for those who answer for an employer.")
_NOT_HERE: Final = N_("This is no address of a thread here. Copy it from the page of the thread.")
_NOT_ABOUT: Final = N_("This thread is not about your employer. It answers only where it is named.")
_SHUT: Final = N_("What opened this thread is out of sight, so it cannot be answered now.")
_TAKEN: Final = N_("Your employer has answered there already. Change that answer instead.")
_GONE: Final = N_("It was taken out or withdrawn meanwhile, so it cannot be changed.")
_ID: Final = re.compile(r"[0-9a-f]{32}")
_FIELDS: Final = ("text",)
_WRITE: Final = "/reply/write"
Sheet = Annotated[Form, Depends(taking(text=LONGEST, thread=300))]


@dataclass(frozen=True)
class Own:
    """A reply of one's employer, and the thread that it answers in, if it is in one."""

    reply: Reply
    thread: Thread | None

    @property
    def path(self) -> str:
        """The address under which its own pages are."""
        return f"/reply/{self.reply.id.hex()}"

    @property
    def stands(self) -> bool:
        """Whether it keeps its place, so that no other can be written there."""
        return self.reply.subject != self.reply.id


def reads(request: Request) -> Current:
    """Return the representative at the browser; send others to sign in, or refuse them."""
    return _of_an_employer(required(request))


def sends(request: Request) -> Current | None:
    """Return the representative at the browser; None once signed out, whose words are kept."""
    who = current(request)
    return _of_an_employer(who) if who else None


Reads = Annotated[Current, Depends(reads)]
Sends = Annotated[Current | None, Depends(sends)]


@router.get("/write")
def ask(request: Request, who: Reads, thread: str = "") -> Response:
    """Show the form; thread: the id of the one that is to be answered, else the employer's page."""
    address = f"/threads/{thread}" if _ID.fullmatch(thread) else ""
    return _sheet(request, who, Form([("thread", address)]))


@router.post("/write")
def write(request: Request, who: Sends, form: Sheet) -> Response:
    """Answer; sent again, nothing more happens."""
    if who is None:
        return _signed_out(request, form)
    if stopped := _stopped(request, who, form):
        return stopped
    state = request.app.state
    try:
        with state.database.transaction() as db:
            hand = hand_of(request, db, who)
            thread = _thread(db, hand.employer, form, _sites(request))
            if form.ok:
                at, about = (thread.id, thread.employer_id) if thread else (None, None)
                text, today = form.get("text"), state.settings.today()
                writing.write(db, hand, at, text, today, about=about)
    except TakenAlready:
        form.error("thread", _TAKEN)
    return see_other(request, "/reply") if form.ok else _sheet(request, who, form, status=422)


@router.get("/{reply}/edit")
def open_edit(request: Request, who: Reads, reply: str) -> Response:
    """Show the form with the text as it stands."""
    own = _own(request, who, reply)
    if own.reply.state in EMPTY:
        raise Refusal(404)
    return _sheet(request, who, Form([("text", own.reply.text or "")]), own)


@router.post("/{reply}/edit")
def edit(request: Request, who: Sends, reply: str, form: Sheet) -> Response:
    """Give a reply another text."""
    if who is None:
        return _signed_out(request, form, reply)
    own = _own(request, who, reply)
    if stopped := _stopped(request, who, form, own):
        return stopped
    state = request.app.state
    with state.database.transaction() as db:
        hand, now = hand_of(request, db, who), state.settings.now()
        changed = writing.edit(db, bytes.fromhex(reply), hand, form.get("text"), now)
    if changed is None:
        form.error("text", _GONE)
        return _sheet(request, who, form, own, status=409)
    return see_other(request, "/reply")


@router.get("/{reply}/withdraw")
def ask_withdraw(request: Request, who: Reads, reply: str) -> Response:
    """Ask whether it is to go."""
    return page(request, "replies/withdraw.html", own=_own(request, who, reply))


@router.post("/{reply}/withdraw")
def withdraw(request: Request, who: Sends, reply: str) -> Response:
    """Withdraw a reply; its text is erased."""
    if who is None:
        raise Refusal(403, SIGNED_OUT)
    state = request.app.state
    with state.database.transaction() as db:
        gone = writing.withdraw(db, _id(reply), employer_of(db, who), state.settings.now())
        if gone is None:
            raise Refusal(404)
        if gone.state == "withdrawn":
            statements.withdrawn(db, gone.id)
    return see_other(request, "/reply")


def hand_of(request: Request, db: Session, who: Current) -> Hand:
    """Return who writes for which employer."""
    return Hand(employer_of(db, who), who.id, request.app.state.settings.hold == "everything")


def employer_of(db: Session, who: Current) -> Employer:
    """Return the employer that somebody answers for, as it stands by now."""
    return directory.canonical(db, db.get_one(Employer, who.employer_id))


def own_ones(db: Session, family: Collection[bytes]) -> list[Own]:
    """Return everything that an employer answered and did not withdraw, its own page first."""
    found = [_with_thread(db, reply) for reply in showing.of(db, family)]
    return sorted(found, key=lambda each: each.thread is not None)


def _with_thread(db: Session, reply: Reply) -> Own:
    return Own(reply, db.get(Thread, reply.thread_id) if reply.thread_id else None)


def _of_an_employer(who: Current) -> Current:
    if who.role not in VIEWS["reply"] or who.employer_id is None:
        raise Refusal(403, NOT_YOURS)
    return who


def _signed_out(request: Request, form: Form, reply: str = "") -> Response:
    """Keep what was typed, and say how to sign in."""
    form.error("signed_out", SIGNED_OUT)
    return _sheet(request, None, form, reply=reply, status=403)


def _stopped(request: Request, who: Current, form: Form, own: Own | None = None) -> Response | None:
    """Return what is shown instead of carrying it out: messages, the warning, or None."""
    if sending.removed(form, _FIELDS):
        return _sheet(request, who, form, own, checked=sending.check(form, _FIELDS))
    composing.text(form)
    if not form.ok:
        return _sheet(request, who, form, own, status=422)
    if not sending.settled(form, _FIELDS):
        return _sheet(request, who, form, own, checked=sending.check(form, _FIELDS))
    spend(request, "writing")
    return None


def _thread(db: Session, employer: Employer, form: Form, sites: Iterable[str]) -> Thread | None:
    """Return the thread that is to be answered; None is the employer's page, or a message."""
    if not form.get("thread"):
        return None
    pointed = pointing.read(form.get("thread"), sites)
    thread = db.get(Thread, pointed.thread) if pointed else None
    if thread is None or thread.day is None:
        form.error("thread", _NOT_HERE)
    elif thread.employer_id not in directory.family(db, employer):
        form.error("thread", _NOT_ABOUT)
    elif not thread.listed:
        form.error("thread", _SHUT)
    return thread


def _sites(request: Request) -> list[str]:
    settings = request.app.state.settings
    return [settings.base_url, settings.onion_url]


def _own(request: Request, who: Current, reply: str) -> Own:
    """Return a reply of the employer, or a 404."""
    with request.app.state.database.reading() as db:
        found = db.get(Reply, _id(reply))
        family = directory.family(db, employer_of(db, who))
        if found is None or found.employer_id not in family or found.state == "withdrawn":
            raise Refusal(404)
        return _with_thread(db, found)


def _id(reply: str) -> bytes:
    if not _ID.fullmatch(reply):
        raise Refusal(404)
    return bytes.fromhex(reply)


def _sheet(
    request: Request,
    who: Current | None,
    form: Form,
    own: Own | None = None,
    reply: str = "",
    *,
    status: int = 200,
    checked: Checked = NOTHING,
) -> Response:
    """Show the form; to somebody signed out, what they had typed and how to sign in."""
    employer = None
    if who:
        with request.app.state.database.reading() as db:
            employer = employer_of(db, who)
    return page(
        request,
        "replies/write.html",
        status=status,
        employer=employer,
        own=own,
        at=f"{own.path}/edit" if own else f"/reply/{_id(reply).hex()}/edit" if reply else _WRITE,
        form=form,
        checked=checked,
        longest=LONGEST,
    )
