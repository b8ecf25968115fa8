"""The page /credential: what proving employment is, and redeeming a credential."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.employers import directory
from app.employers.models import Employer
from app.members import redeeming
from app.members.badges import Badge
from app.members.current import Current, signed_out
from app.members.redeeming import NotRedeemed
from app.web.forms import Form, Posted
from app.web.languages import N_, language
from app.web.limits import spend
from app.web.templates import page

router = APIRouter(prefix="/credential")
_SIGNED_OUT = N_("You were signed out meanwhile. Sign in in another tab, then send this again.")


@router.get("")
def ask(request: Request, member: Current) -> Response:
    """Explain what a credential is, link to the issuer, and take one from who is signed in."""
    return _form(request, Form(), signed_in=member is not None)


@router.post("")
def redeem(request: Request, form: Posted, member: Current) -> Response:
    """Redeem the credential on the form; sent again, it answers the same."""
    if member is None:
        form.error("credential", _SIGNED_OUT)
    if member is None or not form.ok:
        return _form(request, form, signed_in=True)
    spend(request, "writing")
    state = request.app.state
    try:
        badge = redeeming.redeem(
            state.database, member, form.get("credential"), state.settings.today()
        )
    except NotRedeemed as refused:
        form.error("credential", refused.message)
        return _form(request, form, signed_in=True)
    if badge is None:
        raise signed_out(request)
    return page(request, "members/redeemed.html", badge=badge, employer=_named(request, badge))


def _named(request: Request, badge: Badge) -> dict[str, str] | None:
    """Return the employer of a badge as a page shows it, or None where it is withheld."""
    with request.app.state.database.reading() as db:
        employer = db.get(Employer, badge.employer) if badge.employer else None
        if employer is None:
            return None
        employer = directory.canonical(db, employer)
        return {"name": employer.name_in(language(request)), "slug": employer.slug}


def _form(request: Request, form: Form, *, signed_in: bool) -> Response:
    settings = request.app.state.settings
    address = settings.issuer_address
    return page(
        request,
        "members/credential.html",
        status=200 if form.ok else 422,
        form=form,
        signed_in=signed_in,
        issuer=f"{address}/issuer",
        issuer_host=urlsplit(address).netloc,
        keys=f"{settings.base_url.rstrip('/')}/.well-known/credential-keys.json",
    )
