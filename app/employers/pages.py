"""Pages of the directory: adding an employer, and what public lists claim of one."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.db import Reading
from app.employers import adding, asking, claim_words, claims, directory, names, places
from app.employers.industries import INDUSTRIES
from app.employers.models import Employer
from app.web import redirects, tokens
from app.web.forms import Form, Posted
from app.web.languages import N_, language
from app.web.limits import spend
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter()
PURPOSE = "add an employer"
MAX_AGE = timedelta(days=1)
_OVER = N_("This page was open too long. Nothing is lost: send it again.")
_LISTED = N_("This employer is listed already.")
_TURNED_DOWN = N_("The moderators found that there is no such employer.")


@router.get("/employers/new")
def ask(request: Request, name: str = "") -> Response:
    """Show the form, with the name that was searched for in vain."""
    return _form(request, Form([("name", name), ("place", places.DEFAULT)]))


@router.post("/employers/new")
def add(request: Request, form: Posted) -> Response:
    """Add an employer, unconfirmed but usable at once; sent again, nothing more happens."""
    wanted, employer_id = asking.read(form), _employer_id(request, form)
    if wanted is None or employer_id is None:
        return _form(request, form, 422)
    spend(request, "adding")
    try:
        with request.app.state.database.transaction() as db:
            employer = adding.add(db, employer_id, wanted)
    except adding.AlreadyListed as refused:
        typed = names.key(form.get("name")) == names.key(refused.name)
        message = _LISTED if refused.employer.open else _TURNED_DOWN
        form.error("name" if typed else "other_name", message)
        return _form(request, form, 422, refused.employer)
    return redirects.see_other(request, f"/employers/{employer.slug}")


@router.get("/employers/{slug}/claims")
def claimed(request: Request, slug: str, db: Reading, after: str = "") -> Response:
    """Show every sourced claim about an employer, in pages."""
    employer = directory.find(db, slug)
    if employer is None:
        raise Refusal(404)
    if employer.slug != slug:
        return redirects.see_other(request, f"/employers/{employer.slug}/claims")
    lang = language(request)
    found = claims.of(db, employer, after=after)
    return page(
        request,
        "employers/claims.html",
        public=True,
        employer=employer,
        claims=[claim_words.shown(claim, lang) for claim in found.claims],
        next=found.next,
        later=bool(after),
    )


def _employer_id(request: Request, form: Form) -> bytes | None:
    """The id that this form's token makes: the same for the same form sent twice."""
    settings = request.app.state.settings
    try:
        nonce = tokens.unseal(settings, PURPOSE, form.get("token"), settings.now(), MAX_AGE)
    except (tokens.Stale, tokens.Unreadable):
        form.error("token", _OVER)
        return None
    return tokens.row_id(settings, nonce)


def _form(
    request: Request, form: Form, status: int = 200, taken: Employer | None = None
) -> Response:
    settings, lang = request.app.state.settings, language(request)
    token = form.get("token")
    if not token or "token" in form.errors:
        token = tokens.new_token(settings, settings.now(), PURPOSE)
    return page(
        request,
        "employers/new.html",
        status=status,
        form=form,
        token=token,
        taken=taken,
        places=places.names(lang),
        industries=INDUSTRIES,
    )
