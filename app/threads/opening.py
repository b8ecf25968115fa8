"""Pages that open a thread, about an employer or a topic or both, with a poll and an image."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from sqlalchemy import select
from starlette.responses import Response

from app.employers import directory
from app.employers.models import Employer
from app.evidence import offering
from app.evidence.uploads import BODY_BYTES
from app.members.current import Current, Worker, bearer
from app.members.member import Member
from app.threads import composing, own_pages, posting, sending, tickets
from app.threads.hand import Asked
from app.threads.models import RETIRED, Topic
from app.threads.sending import NOTHING
from app.threads.sent import Attaching, Sheet, WithImage
from app.threads.writer import writer
from app.triage.checking import Checked
from app.web.forms import Form
from app.web.languages import N_, language
from app.web.limits import spend
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter()
PURPOSE: Final = "open a thread"
NEAR: Final = 5
_UNKNOWN: Final = N_("No employer of this name is listed. Check its spelling, or leave this empty.")
_NOWHERE: Final = N_("Name an employer or choose a topic, so that people find it.")


@dataclass(frozen=True)
class Wanted:
    """A thread as its form gave it."""

    title: str
    text: str
    employer: Employer | None
    topic: str | None
    poll: Asked | None


@router.get("/threads/new")
def ask(request: Request, member: Worker, employer: str = "", topic: str = "") -> Response:
    """Show the form, about an employer or a topic where the address names one."""
    with request.app.state.database.reading() as db:
        known = directory.find(db, employer)
    name = known.name_in(language(request)) if known else ""
    return _sheet(request, member, Form([("employer", name), ("topic", topic), ("badge", "1")]))


@router.post("/threads/new")
def open_thread(request: Request, member: Current, form: Sheet) -> Response:
    """Open a thread; sent again, nothing more happens."""
    state = request.app.state
    nonce = tickets.read(request, PURPOSE, form, member)
    if meant := form.values.pop("meant", ""):
        form.values["employer"] = meant
        return _sheet(request, member, form)
    if sending.removed(form, composing.OPENED):
        return _sheet(request, member, form, checked=sending.check(form, composing.OPENED))
    wanted = _read(request, form)
    draft = offering.offered(request, form)
    if wanted is None or nonce is None or member is None or not form.ok:
        return _sheet(request, member, form, 422)
    thread_id = tickets.row_id(request, nonce, member.slot(0))
    if before := sending.posted(request, thread_id):
        return own_pages.again(request, before, form)
    stopped = sending.stopped(request, form, member)
    if stopped or not sending.settled(form, composing.OPENED):
        checked = sending.check(form, composing.OPENED)
        return _sheet(request, member, form, 403 if stopped else 200, checked=checked)
    spend(request, "writing")
    who = writer(request, member, thread_id, wanted.employer)
    written = sending.written(request, form, who, thread_id, draft)
    with state.database.transaction() as db:
        outcome = posting.open_thread(
            db,
            thread_id,
            who.hand,
            written,
            title=wanted.title,
            employer=wanted.employer,
            topic=wanted.topic,
            poll=wanted.poll,
            today=state.settings.today(),
        )
    return sending.done(request, outcome.post)


@router.post("/threads/new/image", max_body_size=BODY_BYTES)
def image(request: Request, member: Attaching, upload: WithImage) -> Response:
    """Take, black out or remove the image of a thread that is being written."""
    form = upload.form
    offering.handle(request, upload)
    return _sheet(request, member, form, 200 if form.ok else 422)


@router.post("/threads/new/check")
def check(request: Request, form: Sheet) -> Response:
    """Say what could identify somebody in what is being typed; nothing of it is stored."""
    if bearer(request) is None:
        raise Refusal(403, tickets.SIGNED_OUT)
    spend(request, "checking")
    return page(request, "threads/_seen.html", live=sending.check(form, composing.OPENED))


def _read(request: Request, form: Form) -> Wanted | None:
    title, text = composing.title(form), composing.text(form)
    poll = composing.poll(form, request.app.state.settings.today())
    composing.later(form)
    employer, topic = _employer(request, form), _topic(request, form)
    if not employer and not topic and not {"employer", "topic"} & set(form.errors):
        form.error("topic", _NOWHERE)
    if title is None or text is None or not form.ok:
        return None
    return Wanted(title, text, employer, topic, poll)


def _employer(request: Request, form: Form) -> Employer | None:
    typed = form.get("employer")
    if not typed or "employer" in form.errors:
        return None
    with request.app.state.database.reading() as db:
        employer = directory.by_name(db, typed) or directory.find(db, typed)
    if employer is None or not employer.open:
        form.error("employer", _UNKNOWN)
        return None
    return employer


def _topic(request: Request, form: Form) -> str | None:
    chosen = form.get("topic")
    if chosen and chosen not in {topic.slug for topic in _topics(request)}:
        form.error("topic", N_("Choose one of the topics."))
        return None
    return chosen or None


def _topics(request: Request) -> list[Topic]:
    with request.app.state.database.reading() as db:
        return list(db.scalars(select(Topic).where(Topic.place < RETIRED).order_by(Topic.place)))


def _near(request: Request, form: Form) -> list[str]:
    """Names of employers that are like the one that was typed in vain."""
    if "employer" not in form.errors:
        return []
    with request.app.state.database.reading() as db:
        found = directory.search(db, form.get("employer"), limit=NEAR)
    return [employer.name_in(language(request)) for employer in found.employers]


def _sheet(
    request: Request,
    member: Member | None,
    form: Form,
    status: int = 200,
    checked: Checked = NOTHING,
) -> Response:
    nonce = tickets.keep(request, PURPOSE, form)
    about = _employer(request, Form([("employer", form.get("employer"))]))
    who = None
    if member is not None:
        who = writer(request, member, tickets.row_id(request, nonce, member.slot(0)), about)
    return page(
        request,
        "threads/new.html",
        status=status,
        form=form,
        writer=who,
        employer=about,
        checked=checked,
        topics=[(topic.slug, topic.name_in(language(request))) for topic in _topics(request)],
        near=_near(request, form),
        later=composing.LATER,
        choices=composing.CHOICES,
        least=request.app.state.settings.release_min_reports,
        **offering.shown(request, form),
    )
