"""Pages of the desk for held cohorts: all of them, and one with what may be done to it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from app.moderation import cohort_figures, cohorts, done, queue
from app.moderation.cohorts import Held
from app.moderation.desk import Beaten, NotThere, Refused
from app.moderation.door import Who, desk_of, id_at, router, view
from app.moderation.powers import COHORT_POWERS, CohortAction
from app.moderation.sheet import sheet
from app.staff.current import Current
from app.web.forms import Form, Posted
from app.web.languages import N_
from app.web.redirects import see_other
from app.web.refusals import Refusal

PATH: Final = "/desk/cohorts"
# What the buttons say, and what sounded in a few words.
CHOICES: Final[Mapping[CohortAction, str]] = {
    "release": N_("Publish them as they are"),
    "exclude": N_("Leave the clusters out"),
}
RULES: Final = {
    "burst": N_("many at once"),
    "alike": N_("alike"),
    "shift": N_("moved"),
}
STRATA: Final = {"verified": N_("verified"), "self_reported": N_("self-reported")}
_DIGITS: Final = 9  # of a version
_REFUSED: Final = {
    "power": N_("Your role may not do this to it as it stands."),
    "same_person": N_("You proposed this yourself. Another senior must agree."),
    "step_up": N_("This asks for a fresh code from your authenticator."),
}


@router.get("/cohorts", openapi_extra=view("cohorts"))
def held(request: Request, who: Who) -> Response:
    """List the cohorts that are held, and those that were decided on since the last release."""
    with request.app.state.database.reading() as db:
        found = cohorts.listed(db, desk_of(who))
        pace = queue.pace(db, desk_of(who), request.app.state.settings.today())
    told: dict[str, Any] = {"path_of": cohorts.path_of, "rules": RULES, "strata": STRATA}
    told |= {"pace": pace, "done": done.read(request, who)}
    return sheet(request, who, "moderation/cohorts.html", cohorts=found, **told)


@router.get("/cohorts/{cohort}", openapi_extra=view("cohorts"))
def one(request: Request, who: Who, cohort: str) -> Response:
    """Show what sounded, the noisy histograms, and what may be done."""
    return _one(request, who, id_at(cohort))


@router.post("/cohorts/{cohort}", openapi_extra=view("cohorts"))
def decide(request: Request, who: Who, cohort: str, form: Posted) -> Response:
    """Decide; of two persons the first proposes."""
    at, do, settings = id_at(cohort), form.get("do"), request.app.state.settings
    if do not in COHORT_POWERS:
        return _one(request, who, at, 422, N_("Choose what to do."))
    said = desk_of(who), at, _version(form), do, settings.today()
    try:
        with request.app.state.database.transaction() as db:
            made = cohorts.decide(db, *said)
    except Beaten as beaten:
        return _beaten(request, who, at, beaten)
    except Refused as refused:
        status = 409 if refused.code == "same_person" else 403
        problem, proof = _REFUSED[refused.code], refused.code == "step_up"
        return _one(request, who, at, status, problem, proof=proof)
    except NotThere as error:
        raise Refusal(404) from error
    return see_other(request, PATH, done=done.seal(request, who, do, [made]))


def _one(
    request: Request,
    who: Current,
    at: bytes,
    status: int = 200,
    problem: str = "",
    *,
    proof: bool = False,
) -> Response:
    """Show one cohort; problem: what stands against what was asked; proof: a fresh code."""
    desk = desk_of(who)
    try:
        with request.app.state.database.reading() as db:
            found = cohorts.one(db, desk, at)
            seen = cohort_figures.figures(db, found)
    except NotThere as error:
        raise Refusal(404) from error
    context: dict[str, Any] = {
        "held": found,
        "figures": seen,
        "offers": _offers(who, found),
        "path_of": cohorts.path_of,
        "rules": RULES,
        "strata": STRATA,
        "problem": problem,
        "proof": proof,
        "longest": cohorts.LONGEST // timedelta(days=1),
    }
    return sheet(request, who, "moderation/cohort.html", status=status, **context)


def _version(form: Form) -> int:
    """Return the version that a form was shown for; -1 for nonsense."""
    text = form.get("version")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else -1


def _offers(who: Current, held: Held) -> list[tuple[CohortAction, str]]:
    """Return what somebody may do to a cohort, with what its button says."""
    return [
        (action, CHOICES[action])
        for action, may in COHORT_POWERS.items()
        if held.waits and who.role in may.roles and cohorts.names(held.cohort, may.rule)
    ]


def _beaten(request: Request, who: Current, at: bytes, beaten: Beaten) -> Response:
    """Say who was first; the cohort may be gone, carried out by a release."""
    try:
        with request.app.state.database.reading() as db:
            cohorts.one(db, desk_of(who), at)
            path = cohorts.path_of(at)
    except NotThere:
        path = PATH
    kept: dict[str, Any] = {"code": beaten.code, "first": beaten.name, "words": ""}
    return sheet(request, who, "moderation/beaten.html", status=409, case_path=path, **kept)
