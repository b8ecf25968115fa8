"""Signing in to the desk and out of it, setting an account up, and proving it again."""

from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.staff import adding, passwords, sessions, signing_in
from app.staff.current import COOKIE, Required, begin_session, clear_session, current
from app.staff.factors import Factor, needed, new_password
from app.web.forms import Form, Posted
from app.web.languages import N_
from app.web.limits import spend
from app.web.redirects import ours, see_other
from app.web.templates import page

router = APIRouter()
# Where each role's work is, when nothing else was asked for.
HOME: Final = {
    "moderator": "/desk",
    "senior": "/desk",
    "auditor": "/desk/sample",
    "operator": "/desk/staff",
    "representative": "/reply",
}
_NO = N_("Name, password and code do not fit together. Each code works once; wait for the next.")
_NOT_THIS_CODE = N_("This code does not fit. Each one works once; wait for the next.")


@router.get("/desk/sign-in")
def ask_to_sign_in(request: Request, next: str = "") -> Response:
    """Ask for name, password and code."""
    if here := current(request):
        return see_other(request, _onward(next, here.role))
    return _form(request, "staff/sign_in.html", Form([("next", next)]))


@router.post("/desk/sign-in")
def sign_in(request: Request, form: Posted) -> Response:
    """Begin a session; one answer, and one amount of work, for every reason against it."""
    if not needed(form, "name", "password", "code"):
        return _form(request, "staff/sign_in.html", form)
    state, password = request.app.state, form.values["password"]
    now, name = state.settings.now(), form.get("name")
    spend(request, "desk_signing_in", signing_in.plain_name(name) or "no name")
    with state.database.reading() as db:
        seen = signing_in.look(db, state.settings, name, form.get("code"), now)
    # Outside any transaction: SQLite has one writer, and it must not wait for this.
    fits = passwords.fits(seen.password if seen else None, password)
    token = _begun(request, seen, password) if seen and fits and seen.fits else None
    if seen is None or token is None:
        form.error("password", _NO)
        return _form(request, "staff/sign_in.html", form)
    response = see_other(request, _onward(form.get("next"), seen.role))
    begin_session(response, token)
    return response


@router.post("/desk/sign-out")
def sign_out(request: Request) -> Response:
    """End the session of this browser."""
    with request.app.state.database.transaction() as db:
        sessions.end(db, request.cookies.get(COOKIE, ""))
    response = page(request, "staff/signed_out.html")
    clear_session(response)
    return response


@router.get("/desk/set-up")
def ask_to_set_up(request: Request) -> Response:
    """Ask for the one-time secret, a password, and a code of the key that is shown."""
    return _set_up_form(request, Form(), Factor.fresh(request))


@router.post("/desk/set-up")
def set_up(request: Request, form: Posted) -> Response:
    """Set an account up, sign it in and show its recovery codes once."""
    spend(request, "desk_signing_in")
    state, factor = request.app.state, Factor.of(request, form)
    needed(form, "word", "password", "again", "code")
    with state.database.reading() as db:
        staff = adding.waiting(db, form.get("word"), state.settings.today())
    if form.get("word") and staff is None:
        form.error("word", N_("This secret is not known, was used, or is too old."))
    new_password(form, staff.name if staff else "")
    step = factor.step(request, form)
    if not form.ok or step is None:
        return _set_up_form(request, form, factor)
    stretched = passwords.stretch(form.values["password"])
    with state.database.transaction() as db:
        done = adding.set_up(db, state.settings, form.get("word"), stretched, factor.secret, step)
        token = sessions.start(db, done[0], state.settings.now()) if done else ""
    if done is None or staff is None:
        form.error("word", N_("This secret is not known, was used, or is too old."))
        return _set_up_form(request, form, factor)
    response = page(request, "staff/recovery.html", words=done[1], onward=HOME[staff.role])
    begin_session(response, token)
    return response


@router.get("/desk/prove")
def ask_to_prove(request: Request, who: Required, next: str = "") -> Response:
    """Ask for another code, for what needs one given within five minutes."""
    return _form(request, "staff/prove.html", Form([("next", next)]))


@router.post("/desk/prove")
def prove(request: Request, form: Posted, who: Required) -> Response:
    """Go on under a new token, with the second factor just given."""
    if not needed(form, "code"):
        return _form(request, "staff/prove.html", form)
    spend(request, "desk_signing_in", who.name)
    state = request.app.state
    now, token = state.settings.now(), request.cookies[COOKIE]
    with state.database.reading() as db:
        seen = signing_in.look(db, state.settings, who.id, form.get("code"), now)
    fresh = None
    if seen and seen.fits:
        with state.database.transaction() as db:
            fresh = signing_in.prove(db, seen, token, now)
    if fresh is None:
        form.error("code", _NOT_THIS_CODE)
        return _form(request, "staff/prove.html", form)
    response = see_other(request, _onward(form.get("next"), who.role))
    begin_session(response, fresh)
    return response


def _begun(request: Request, seen: signing_in.Seen, password: str) -> str | None:
    """Begin a session of who has shown everything; the one before in this browser ends."""
    state = request.app.state
    stretched = passwords.stretch(password) if passwords.is_weak(seen.password) else ""
    with state.database.transaction() as db:
        token = signing_in.sign_in(db, seen, state.settings.now(), stretched)
        if token:
            sessions.end(db, request.cookies.get(COOKIE, ""))
    return token


def _onward(path: str, role: str) -> str:
    return path if ours(path) else HOME[role]


def _set_up_form(request: Request, form: Form, factor: Factor) -> Response:
    return _form(request, "staff/set_up.html", form, factor=factor)


def _form(request: Request, name: str, form: Form, **context: Any) -> Response:
    return page(request, name, status=200 if form.ok else 422, form=form, **context)
