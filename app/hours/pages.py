"""Pages of the hour report: file, preview, change, withdraw."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.hours import filing, own, reading
from app.hours.answers import open_quarters
from app.hours.filing import Filed
from app.hours.models import HourReport
from app.hours.sheet import LABELS, Sheet, months
from app.hours.tickets import OVER, Ticket, keep_ticket, open_ticket
from app.hours.workplace import At, Workplace
from app.members import joining
from app.members.card import Card
from app.members.current import Current, Worker, begin_session
from app.members.member import Member
from app.members.stretching import open_phrase
from app.web.forms import Form, Posted
from app.web.languages import N_, language
from app.web.limits import spend
from app.web.templates import page
from app.weeks import law
from app.weeks.quarters import Quarter

router = APIRouter(prefix="/employers/{slug}/report")
_SIGNED_OUT = N_("You were signed out meanwhile. Sign in in another tab, then send this again.")
_TAKEN = N_("You filed for this quarter before. Sending this changes that report.")
_EDITED = N_(
    "This form was filed before, with other answers, and those stand. Sending this changes them."
)
_TURNED_DOWN = N_(
    "The moderators found that there is no such employer, so it takes no new reports."
)
_NONE = N_("You have no report for this quarter that could be changed.")


@router.get("")
@router.get("/change")
def ask(request: Request, at: At, member: Current, quarter: str = "") -> Response:
    """Show the form: empty but for usual times, or with what this account filed already."""
    form = Form([*reading.DEFAULTS.items(), ("quarter", quarter)])
    if len(at.city_keys) == 1:
        form.values["city"] = at.city_keys[0]
    held = own.report(request, at, member, own.quarter_of(request, form))
    if held is not None and held.state == "pending":
        form = Form(list(reading.written(held).items()))
    if held is None and not at.open:
        form.error("token", _TURNED_DOWN)
    return _sheet(request, at, member, form, held)


@router.post("")
def file(request: Request, at: At, member: Current, form: Posted) -> Response:
    """File a report, and make an account with it where there is none yet."""
    today = request.app.state.settings.today()
    said = reading.read(form, at.spellings, open_quarters(today))
    if not at.open:
        form.error("token", _TURNED_DOWN)
    ticket = open_ticket(request, at, form)
    if ticket is None:
        form.error("token", OVER)
    elif not ticket.entropy and member is None:
        form.error("token", _SIGNED_OUT)
    if said is None or ticket is None or not form.ok:
        return _refused(request, at, member, form)
    spend(request, "writing")
    joined = _join(request, ticket, member)
    worker = joined or member
    assert worker is not None  # noqa: S101 (the ticket's account or the session's)
    answers, quarter = said
    tags = own.tags(at, worker, quarter)
    report_id = ticket.report_id(request.app.state.settings, tags.family[0])
    verified = quarter in own.proved(request, at, worker)
    with request.app.state.database.transaction() as db:
        filed = filing.file(db, report_id, tags, at.id, quarter, answers, verified=verified)
    if filed.how == "taken" or (filed.how == "edited" and not joined):
        form.error("token", _TAKEN if filed.how == "taken" else _EDITED)
        response = _sheet(request, at, worker, form, filed.report, status=409)
    else:
        response = _thanks(request, at, filed, form, ticket if joined else None)
    if joined:
        begin_session(request, response, joined)
    return response


@router.get("/preview")
def preview_address(request: Request, at: At, member: Current) -> Response:
    """Preview the week that an address spells."""
    return preview(request, at, member, Form(list(request.query_params.multi_items())))


@router.post("/preview")
def preview(request: Request, at: At, member: Current, form: Posted) -> Response:
    """Show what a week amounts to: a fragment for htmx, else the whole page; nothing is stored."""
    status = 200 if form.ok else 422
    reading.adjust(form)
    if request.headers.get("hx-request"):
        today = request.app.state.settings.today()
        sheet = Sheet(at.path, at.place, today, form, Quarter.of(today))
        return page(request, "hours/_live.html", status=status, sheet=sheet)
    reading.read_week(form)
    return _refused(request, at, member, form) if form.errors else _again(request, at, member, form)


@router.post("/change")
def change(request: Request, at: At, member: Current, form: Posted) -> Response:
    """Give a pending report other answers; sent again, nothing more happens."""
    said = reading.read(form, at.spellings)
    if member is None:
        form.error("token", _SIGNED_OUT)
    if said is None or member is None or not form.ok:
        return _refused(request, at, member, form)
    spend(request, "writing")
    answers, quarter = said
    with request.app.state.database.transaction() as db:
        held = filing.change(db, own.tags(at, member, quarter).family, answers)
    if held is None or held.state != "pending":
        form.error("quarter", _NONE)
        return _sheet(request, at, member, form, held, status=409)
    return page(request, "hours/changed.html", employer=own.shown(request, at))


@router.get("/withdraw")
def ask_to_withdraw(request: Request, at: At, member: Worker, quarter: str = "") -> Response:
    """Say what withdrawing does, and offer it."""
    return _withdrawing(request, at, member, Form([("quarter", quarter)]))


@router.post("/withdraw")
def withdraw(request: Request, at: At, member: Worker, form: Posted) -> Response:
    """Delete a pending report or wipe a published one; sent again, nothing more happens."""
    quarter = reading.read_quarter(form)
    if quarter is None or not form.ok:
        return _withdrawing(request, at, member, form)
    spend(request, "writing")
    with request.app.state.database.transaction() as db:
        how = filing.withdraw(db, own.tags(at, member, quarter).family)
    return page(request, "hours/withdrawn.html", employer=own.shown(request, at), how=how)


def _join(request: Request, ticket: Ticket, member: Member | None) -> Member | None:
    """Return the account of a ticket's phrase, made if need be, or None for the signed-in one.

    Its own transaction: an account row and a report may not be written together.
    """
    if not ticket.entropy:
        return None
    opener = open_phrase(request.app.state.settings, ticket.entropy)
    database = request.app.state.database
    with database.reading() as db:
        found = joining.sign_in(db, opener)
    if found or member:
        return found
    spend(request, "joining")
    with database.transaction() as db:
        return joining.make_account(db, opener)


def _again(request: Request, at: Workplace, member: Member | None, form: Form) -> Response:
    held = own.report(request, at, member, own.quarter_of(request, form))
    return _sheet(request, at, member, form, held)


def _refused(request: Request, at: Workplace, member: Member | None, form: Form) -> Response:
    """Give the form back with what was typed and the messages beside its fields."""
    held = own.report(request, at, member, own.quarter_of(request, form))
    return _sheet(request, at, member, form, held, status=422)


def _sheet(
    request: Request,
    at: Workplace,
    member: Member | None,
    form: Form,
    held: HourReport | None,
    status: int = 200,
) -> Response:
    settings = request.app.state.settings
    quarter = own.quarter_of(request, form)
    if held is None and quarter not in open_quarters(settings.today()):
        quarter = Quarter.of(settings.today())
    sheet = Sheet(
        path=at.path,
        place=at.place,
        today=settings.today(),
        form=form,
        quarter=quarter,
        state=held.state if held else "none",
        token=keep_ticket(request, at, form, joining=member is None),
        verified=held is not None and held.verified,
        proved=own.proved(request, at, member),
    )
    lang = language(request)
    return page(
        request,
        "hours/report.html",
        status=status,
        sheet=sheet,
        employer=own.shown(request, at),
        cities=at.cities(lang),
        signed_in=member is not None,
        least=settings.release_min_reports,
        disclaimer=law.disclaimer(),
    )


def _thanks(
    request: Request, at: Workplace, filed: Filed, form: Form, ticket: Ticket | None
) -> Response:
    """Confirm a report; a ticket's twelve words are shown with it.

    They come first even where the form was edited and sent again: the change is offered beneath.
    """
    edited = {name: form.get(name) for name in LABELS} if filed.how == "edited" else {}
    card = None
    if ticket:
        card = Card.deal(request.app.state.settings, ticket.entropy, language(request))
    return page(
        request,
        "hours/filed.html",
        employer=own.shown(request, at),
        report=filed.report,
        edited=edited,
        change_path=f"{at.path}/preview",
        card=card,
        form=Form(),
    )


def _withdrawing(request: Request, at: Workplace, member: Member, form: Form) -> Response:
    quarter = own.quarter_of(request, form)
    held = own.report(request, at, member, quarter)
    return page(
        request,
        "hours/withdraw.html",
        status=200 if form.ok else 422,
        employer=own.shown(request, at),
        form_path=at.path,
        quarter=quarter,
        months=months(quarter),
        state=held.state if held else "none",
        form=form,
    )
