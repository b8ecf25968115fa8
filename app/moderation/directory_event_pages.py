"""Pages of the desk for policy events: all of them, a new one, one of them."""

from datetime import timedelta
from typing import Any, Final

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.employers import places
from app.figures.events import LONGEST, Announced
from app.moderation import announcing
from app.moderation import directory_events as events
from app.moderation.desk import Beaten, NotThere, Refused
from app.moderation.directory_events import Entered
from app.moderation.door import Who, desk_of, id_at, router, view
from app.moderation.sheet import sheet
from app.staff.current import Current
from app.web import tokens
from app.web.forms import Form, Posted
from app.web.languages import N_, language
from app.web.redirects import see_other
from app.web.refusals import Refusal

PATH: Final = "/desk/events"
PURPOSE: Final = "enter a policy event"
MAX_AGE: Final = timedelta(days=1)


@router.get("/events", openapi_extra=view("events"))
def listed(request: Request, who: Who, after: str = "") -> Response:
    """List what was announced, the newest first; after: where the page before ends."""
    with request.app.state.database.reading() as db:
        found = events.listed(db, desk_of(who), after)
    shown: dict[str, Any] = {"events": found.rows, "next": found.next, "after": after}
    name = "moderation/directory_events.html"
    return sheet(request, who, name, **shown, places=places.names(language(request)))


@router.get("/events/new", openapi_extra=view("events"))
def ask(request: Request, who: Who, employer: str = "") -> Response:
    """Show the form for a new event; employer: the address of the one it is about."""
    return _sheet(request, who, Form([("employer", employer)]))


@router.post("/events/new", openapi_extra=view("events"))
def enter(request: Request, who: Who, form: Posted) -> Response:
    """Enter an event; sent again, nothing more happens."""
    event_id = _event_id(request, form)
    said = _said(request, form)
    if said is None or event_id is None:
        return _sheet(request, who, form)
    settings = request.app.state.settings
    try:
        with request.app.state.database.transaction() as db:
            events.enter(db, desk_of(who), event_id, said, settings.today())
    except Refused:
        _tied(form)
        return _sheet(request, who, form)
    return see_other(request, PATH)


@router.get("/events/{event}", openapi_extra=view("events"))
def one(request: Request, who: Who, event: str) -> Response:
    """Show one event with what may be changed of it."""
    with request.app.state.database.reading() as db:
        found = _found(db, who, event)
    return _sheet(request, who, _filled(found), found)


@router.post("/events/{event}", openapi_extra=view("events"))
def change(request: Request, who: Who, event: str, form: Posted) -> Response:
    """Correct or withdraw an event."""
    do, state = form.get("do"), request.app.state
    if do not in {"correct", "withdraw"}:
        form.error("do", N_("Choose what to do."))
    said = _said(request, form) if do == "correct" else None
    if not form.ok:
        return _again(request, who, event, form)
    act, today = (desk_of(who), id_at(event), form.get("seen")), state.settings.today()
    try:
        with state.database.transaction() as db:
            if said:
                events.correct(db, *act, said, today)
            else:
                events.withdraw(db, *act, today)
    except Refused:
        _tied(form)
        return _again(request, who, event, form)
    except Beaten as beaten:
        kept: dict[str, Any] = {"code": beaten.code, "first": beaten.name, "case_path": PATH}
        kept["words"] = form.get("text") or form.get("text_zh")
        return sheet(request, who, "moderation/beaten.html", status=409, **kept)
    except NotThere as error:
        raise Refusal(404) from error
    return see_other(request, PATH)


def _said(request: Request, form: Form) -> Announced | None:
    with request.app.state.database.reading() as db:
        return announcing.read(db, form, request.app.state.settings.today())


def _tied(form: Form) -> None:
    form.error("employer", N_("You are tied to this employer: somebody else enters it."))


def _event_id(request: Request, form: Form) -> bytes | None:
    """The id that this form's token makes: the same for the same form sent twice."""
    settings = request.app.state.settings
    try:
        nonce = tokens.unseal(settings, PURPOSE, form.get("token"), settings.now(), MAX_AGE)
    except (tokens.Stale, tokens.Unreadable):
        form.error("token", N_("This page was open too long. Nothing is lost: send it again."))
        return None
    return tokens.row_id(settings, nonce)


def _found(db: Session, who: Current, event: str) -> Entered:
    try:
        return events.entered(db, desk_of(who), id_at(event))
    except NotThere as error:
        raise Refusal(404) from error


def _filled(found: Entered) -> Form:
    """Fill the form with what is known, in words that are read back as the same."""
    event = found.event
    return Form(
        [
            ("employer", found.employer.slug if found.employer else ""),
            ("place", event.place or ""),
            ("day", event.day.isoformat()),
            ("text", event.text or ""),
            ("text_zh", event.text_zh or ""),
            ("source", event.source),
        ]
    )


def _again(request: Request, who: Current, event: str, form: Form) -> Response:
    with request.app.state.database.reading() as db:
        found = _found(db, who, event)
    return _sheet(request, who, form, found)


def _sheet(request: Request, who: Current, form: Form, found: Entered | None = None) -> Response:
    """Show the form, for a new event or with one that is there."""
    settings = request.app.state.settings
    token = form.get("token")
    if found is None and (not token or "token" in form.errors):
        token = tokens.new_token(settings, settings.now(), PURPOSE)
    context: dict[str, Any] = {
        "found": found,
        "form": form,
        "token": token,
        "seen": form.get("seen") or (found.seen if found else ""),
        "places": places.names(language(request)),
        "most": LONGEST,
    }
    status = 200 if form.ok else 422
    return sheet(request, who, "moderation/directory_event.html", status=status, **context)
