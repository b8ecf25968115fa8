"""One's own account of the staff: another password, another key of codes, new recovery codes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.staff import adding, passwords, signing_in
from app.staff.current import COOKIE, Current, Required, prove_first
from app.staff.factors import Factor, needed, new_password
from app.staff.pages import HOME
from app.web.forms import Form, Posted
from app.web.languages import N_
from app.web.limits import spend
from app.web.templates import page

router = APIRouter()


@router.get("/desk/own")
def own(request: Request, who: Required) -> Response:
    """Show what may be changed, to somebody who has just proven who they are."""
    return _own(request, _proven(request, who), Form(), Factor.fresh(request))


@router.post("/desk/own/password")
def change_password(request: Request, form: Posted, who: Required) -> Response:
    """Change the password; every other session of the account ends."""
    _proven(request, who)
    needed(form, "present", "password", "again")
    new_password(form, who.name)
    if not form.ok:
        return _own(request, who, form, Factor.fresh(request))
    spend(request, "desk_signing_in", who.name)
    state, token = request.app.state, request.cookies[COOKIE]
    with state.database.reading() as db:
        seen = signing_in.look(db, state.settings, who.id, "", state.settings.now())
    changed = False
    if seen and passwords.fits(seen.password, form.values["present"]):
        after = passwords.stretch(form.values["password"])
        with state.database.transaction() as db:
            changed = adding.change_password(db, who.id, seen.password, after, token)
    if not changed:
        form.error("present", N_("This is not your present password."))
        return _own(request, who, form, Factor.fresh(request))
    return page(request, "staff/changed.html", onward=HOME[who.role])


@router.post("/desk/own/codes")
def change_codes(request: Request, form: Posted, who: Required) -> Response:
    """Take another key of codes, once a code of it was shown; every other session ends."""
    _proven(request, who)
    factor = Factor.of(request, form)
    step = factor.step(request, form) if needed(form, "code") else None
    if step is None:
        return _own(request, who, form, factor)
    state, token = request.app.state, request.cookies[COOKIE]
    with state.database.transaction() as db:
        words = adding.change_codes(db, state.settings, who.id, factor.secret, step, token)
    return _recovery(request, who, words)


@router.post("/desk/own/recovery")
def renew_recovery(request: Request, who: Required) -> Response:
    """Make new recovery codes; the old ones are over."""
    _proven(request, who)
    with request.app.state.database.transaction() as db:
        words = adding.fresh_recovery_codes(db, who.id)
    return _recovery(request, who, words)


def _proven(request: Request, who: Current) -> Current:
    if not who.proven:
        raise prove_first(request, "/desk/own")
    return who


def _own(request: Request, who: Current, form: Form, factor: Factor) -> Response:
    status = 200 if form.ok else 422
    return page(request, "staff/own.html", status=status, who=who, form=form, factor=factor)


def _recovery(request: Request, who: Current, words: list[str]) -> Response:
    return page(request, "staff/recovery.html", words=words, onward=HOME[who.role])
