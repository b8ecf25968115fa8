"""Pages of the desk on which an auditor looks at decisions again."""

from fastapi import Request
from starlette.responses import Response

from app.moderation import pages, sampling, saying
from app.moderation.desk import Beaten, NotThere, Refused
from app.moderation.door import Who, desk_of, router, view
from app.moderation.sheet import sheet
from app.moderation.verdicts import number as read_number
from app.staff.current import Current
from app.web.forms import Form, Posted
from app.web.languages import N_, language
from app.web.redirects import see_other
from app.web.refusals import Refusal

PATH = "/desk/sample"


@router.get("/sample", openapi_extra=view("samples"))
def listed(request: Request, who: Who) -> Response:
    """List what was drawn."""
    state = request.app.state
    with state.database.reading() as db:
        found = sampling.listed(db, state.settings, desk_of(who), state.settings.today())
    limits = {"a_day": sampling.A_DAY, "days": sampling.DAYS}
    return sheet(request, who, "moderation/sample.html", drawn=found, said=saying.said, **limits)


@router.get("/sample/{number}", openapi_extra=view("samples"))
def one(request: Request, who: Who, number: str, image: str = "") -> Response:
    """Show one decision with its item; image: "grey" or "clear" once the picture was asked for."""
    return _one(request, who, number, Form(), image=image)


@router.get("/sample/{number}/image", openapi_extra=view("samples"))
def picture(request: Request, who: Who, number: str) -> Response:
    """Show the picture of its item."""
    found = _shown(request, who, number).image
    return pages.drawn(request, found.id if found else None)


@router.post("/sample/{number}", openapi_extra=view("samples"))
def note(request: Request, who: Who, number: str, form: Posted) -> Response:
    """Note whether somebody agrees."""
    do, state = form.get("do"), request.app.state
    doubt = form.get("reason") if do == sampling.DISAGREE else None
    if do not in saying.AGAIN:
        form.error("do", N_("Choose whether you agree."))
    elif do == sampling.DISAGREE and doubt not in saying.DOUBTS:
        form.error("reason", N_("Choose why you do not agree."))
    if not form.ok or not _shown(request, who, number).left:
        return _one(request, who, number, form, status=422)
    said = desk_of(who), read_number(number), do, doubt
    try:
        with state.database.transaction() as db:
            sampling.note(db, state.settings, *said, state.settings.today())
    except Beaten as beaten:
        shown = {"code": beaten.code, "first": beaten.name, "words": ""}
        at = f"{PATH}/{read_number(number)}"
        return sheet(request, who, "moderation/beaten.html", status=409, case_path=at, **shown)
    except Refused as error:
        raise Refusal(422) from error
    except NotThere as error:
        raise Refusal(404) from error
    return see_other(request, PATH)


def _one(
    request: Request, who: Current, number: str, form: Form, *, status: int = 200, image: str = ""
) -> Response:
    found = _shown(request, who, number)
    return sheet(
        request,
        who,
        "moderation/sample_one.html",
        status=status,
        found=found,
        at=f"{PATH}/{found.drawn.line.number}",
        form=form,
        doubts=saying.DOUBTS,
        said=saying.said,
        image=image,
    )


def _shown(request: Request, who: Current, number: str) -> sampling.Shown:
    state = request.app.state
    asked = desk_of(who), read_number(number), language(request)
    try:
        with state.database.reading() as db:
            return sampling.shown(db, state.settings, *asked, state.settings.today())
    except NotThere as error:
        raise Refusal(404) from error
