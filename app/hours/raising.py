"""Pages that raise a report to a verified one, once its employer's badge was earned."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.hours import filing, own, reading
from app.hours.sheet import months
from app.hours.workplace import At, Workplace
from app.members.current import Worker
from app.members.member import Member
from app.web.forms import Form, Posted
from app.web.languages import N_
from app.web.limits import spend
from app.web.templates import page
from app.weeks.quarters import Quarter

router = APIRouter(prefix="/employers/{slug}/report/raise")
_UNPROVED = N_("You have no badge of this employer for that quarter. Nothing was changed.")
_NONE = N_("You have no report for that quarter that could still be raised.")


@router.get("")
def ask(request: Request, at: At, member: Worker, quarter: str = "") -> Response:
    """Say what raising does, and offer it."""
    form = Form([("quarter", quarter)])
    return _raising(request, at, member, form, own.quarter_of(request, form))


@router.post("")
def raise_(request: Request, at: At, member: Worker, form: Posted) -> Response:
    """Count a pending report as verified; sent again, nothing more happens."""
    quarter = reading.read_quarter(form)
    if quarter is not None and quarter not in own.proved(request, at, member):
        form.error("quarter", _UNPROVED)
    if quarter is None or not form.ok:
        return _raising(request, at, member, form, own.quarter_of(request, form), 422)
    spend(request, "writing")
    with request.app.state.database.transaction() as db:
        raised = filing.raise_(db, own.tags(at, member, quarter).family)
    if raised is None or not raised.verified:
        form.error("quarter", _NONE)
        return _raising(request, at, member, form, quarter, 409)
    return page(request, "hours/raised.html", employer=own.shown(request, at))


def _raising(
    request: Request,
    at: Workplace,
    member: Member,
    form: Form,
    quarter: Quarter,
    status: int = 200,
) -> Response:
    held = own.report(request, at, member, quarter)
    return page(
        request,
        "hours/raise.html",
        status=status,
        employer=own.shown(request, at),
        form_path=at.path,
        quarter=quarter,
        months=months(quarter),
        held=held is not None and held.state == "pending",
        verified=held is not None and held.verified,
        proved=quarter in own.proved(request, at, member),
        form=form,
    )
