"""Pages of the desk beside the queue: appeals, proposals, the log, help."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.moderation import appeals, cases, cohorts, items, sampling, saying, stating, two_persons
from app.moderation.desk import Beaten, Desk, NotThere, Refused
from app.moderation.door import Who, desk_of, id_at, router, view
from app.moderation.models import AuditEntry, AuditOpening
from app.moderation.powers import ROLES, VIEWS
from app.moderation.sheet import sheet
from app.moderation.verdicts import CHOICES
from app.staff.current import Current
from app.triage.reasons import REASONS
from app.web.forms import Form, Posted
from app.web.languages import N_, language
from app.web.redirects import see_other
from app.web.refusals import Refusal

PAGE: Final = 50
_DIGITS: Final = 9  # of a line's number
_ANSWERED_BEFORE: Final = N_("You decided on this before. Somebody else answers it.")
_NOT_SO: Final = N_("Your role may not do this to it as it stands.")


@dataclass(frozen=True)
class Line:
    """A line of the log, and the address of its case for who may open that."""

    entry: AuditEntry
    path: str


@router.get("/appeals", openapi_extra=view("appeals"))
def open_appeals(request: Request, who: Who) -> Response:
    """List the appeals that somebody may decide on."""
    today = request.app.state.settings.today()
    with request.app.state.database.reading() as db:
        found = appeals.open_ones(db, desk_of(who), today)
    words: dict[str, Any] = {"said": saying.said, "path_of": cases.path_of}
    return sheet(request, who, "moderation/appeals.html", appeals=found, **words)


@router.get("/appeals/{statement}", openapi_extra=view("appeals"))
def appeal(request: Request, who: Who, statement: str) -> Response:
    """Show an appeal that has no case: against what was sent back, erased, or a picture."""
    return _appeal(request, who, statement, Form())


@router.post("/appeals/{statement}", openapi_extra=view("appeals"))
def answer(request: Request, who: Who, statement: str, form: Posted) -> Response:
    """Answer such an appeal."""
    outcomes: dict[str, appeals.Outcome] = {"uphold": "upheld", "restore": "restored"}
    outcome = outcomes.get(form.get("do"))
    if outcome is None:
        form.error("do", N_("Choose whether it stands or is taken back."))
    if outcome is None or not form.ok:
        return _appeal(request, who, statement, form, 422)
    state = request.app.state
    try:
        with state.database.transaction() as db:
            answered = (id_at(statement), outcome, form.get("words"), state.settings.today())
            appeals.answer(db, state.settings, desk_of(who), *answered)
    except Beaten as beaten:
        kept = {"code": beaten.code, "first": beaten.name, "words": form.get("words")}
        return sheet(request, who, "moderation/beaten.html", status=409, case_path="", **kept)
    except Refused as error:
        before = error.code == "earlier_decider"
        raise Refusal(403, _ANSWERED_BEFORE if before else _NOT_SO) from error
    except NotThere as error:
        raise Refusal(404) from error
    return see_other(request, "/desk/appeals")


@router.get("/proposals", openapi_extra=view("proposals"))
def proposals(request: Request, who: Who) -> Response:
    """List what another senior proposes and this one may agree to."""
    settings, desk = request.app.state.settings, desk_of(who)
    with request.app.state.database.reading() as db:
        found = [
            (each, two_persons.proposed(settings, each), items.name_of(db, each.staff_id))
            for each in two_persons.open_ones(db, desk)
        ]
        held = [each for each in cohorts.listed(db, desk) if each.proposer not in (None, who.name)]
    words: dict[str, Any] = {"said": saying.said, "choices": CHOICES, "held": held}
    words["cohort_path"] = cohorts.path_of
    return sheet(
        request, who, "moderation/proposals.html", proposals=found, path_of=cases.path_of, **words
    )


@router.get("/log", openapi_extra=view("log"))
def log(request: Request, who: Who, before: str = "") -> Response:
    """Show the log, the newest line first, with ways to the cases that somebody may open."""
    number = int(before) if before.isascii() and before.isdigit() and len(before) <= _DIGITS else 0
    with request.app.state.database.reading() as db:
        lines = _lines(db, who, desk_of(who), number)
    more = lines[PAGE - 1].entry.number if len(lines) > PAGE else None
    shown: dict[str, Any] = {"lines": lines[:PAGE], "more": more, "before": number}
    return sheet(request, who, "moderation/log.html", **shown, said=saying.said)


@router.get("/help", openapi_extra=view("own"))
def help(request: Request, who: Who) -> Response:
    """Say how the desk works."""
    shown: dict[str, Any] = {"a_day": sampling.A_DAY, "samplers": VIEWS["samples"]}
    reasons = REASONS.values()
    return sheet(request, who, "moderation/help.html", reasons=reasons, roles=ROLES, **shown)


def _lines(db: Session, who: Current, desk: Desk, before: int) -> list[Line]:
    asked = select(AuditEntry, AuditOpening).outerjoin(
        AuditOpening, AuditOpening.number == AuditEntry.number
    )
    if before:
        asked = asked.where(AuditEntry.number < before)
    rows = db.execute(asked.order_by(AuditEntry.number.desc()).limit(PAGE + 1)).all()
    may = who.role in VIEWS["queue"]
    return [Line(entry, _path(db, desk, entry, opening) if may else "") for entry, opening in rows]


def _path(db: Session, desk: Desk, entry: AuditEntry, opening: AuditOpening | None) -> str:
    """Return the address of the case that a line is about, if somebody may open it."""
    if opening is None or opening.item_id is None:
        return ""
    if entry.kind == cohorts.KIND:
        return _cohort_path(db, desk, opening.item_id)
    for kind in items.KINDS:
        try:
            cases.item_for(db, desk, kind, opening.item_id)
        except NotThere:
            continue
        return cases.path_of(kind, opening.item_id)
    return ""


def _cohort_path(db: Session, desk: Desk, cohort_id: bytes) -> str:
    with suppress(NotThere):
        cohorts.one(db, desk, cohort_id)
        return cohorts.path_of(cohort_id)
    return ""


def _appeal(
    request: Request, who: Current, statement: str, form: Form, status: int = 200
) -> Response:
    state, desk = request.app.state, desk_of(who)
    with state.database.reading() as db:
        listed = appeals.open_ones(db, desk, state.settings.today())
        mine = any(each.statement_id == id_at(statement) for each in listed)
        found = appeals.shown_of(db, state.settings, id_at(statement)) if mine else None
    if found is None:
        raise Refusal(404)
    fields = stating.fields(found.told, language(request))
    context: dict[str, Any] = {"appeal": found, "fields": fields, "form": form}
    return sheet(request, who, "moderation/appeal.html", status=status, **context)
