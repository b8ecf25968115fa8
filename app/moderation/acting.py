"""Pages of the desk that act: claim, give back, hand over, decide, undo."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.evidence import offering
from app.moderation import (
    cases,
    cohorts,
    deciding,
    done,
    leases,
    pages,
    queue,
    undoing,
    verdicts,
)
from app.moderation.desk import Beaten, Decided, Desk, NotThere, Refused, Undo, Verdict
from app.moderation.door import Who, desk_of, router, view
from app.moderation.pages import At, AtItem
from app.moderation.sheet import sheet
from app.settings import Settings
from app.staff.current import Current
from app.web.forms import Form, taking
from app.web.languages import N_, language
from app.web.redirects import see_other
from app.web.refusals import Refusal
from app.web.templates import page

Verdicts = Annotated[Form, Depends(taking(words=verdicts.LONGEST_WORDS, token=20_000))]
_REFUSED: Final = {
    "power": N_("Your role may not do this to it as it stands."),
    "tie": N_("You declared a tie to this employer, so its items are for others."),
    "earlier_decider": N_("You decided on this before. Somebody else decides the appeal."),
    "same_person": N_("You proposed this yourself. Another senior must agree."),
    "step_up": N_("This asks for a fresh code from your authenticator."),
    "reason": N_("Choose a reason; the writer will read it."),
    "words": N_("This reason needs your words."),
    "hidden_before": N_("It was hidden once and came back. Now it can only be decided."),
    "no_image": N_("There is no picture any more."),
}
_STALE: Final = frozenset({"same_person", "hidden_before", "no_image"})


@router.post("/cases/{kind}/{item}/claim", openapi_extra=view("queue"))
def claim(request: Request, who: Who, at: AtItem, form: Verdicts) -> Response:
    """Take a case for ten minutes."""
    try:
        _take(request, who, at, verdicts.version(form), leases.claim)
    except Beaten as beaten:
        return _beaten(request, who, at, form, beaten)
    except Refused as refused:
        return _refused(request, who, at, form, refused)
    return see_other(request, at.path, **_narrowed(form))


@router.post("/cases/{kind}/{item}/renew", openapi_extra=view("queue"))
def renew(request: Request, who: Who, at: AtItem, form: Verdicts) -> Response:
    """Go on holding an open case; a fragment says for how long, or who has it now."""
    version, settings, left, name = verdicts.version(form), request.app.state.settings, 0, None
    try:
        until = _take(request, who, at, version, leases.renew)
        left = int((until - settings.now()).total_seconds())
    except Beaten as beaten:
        name = beaten.name
    lease: dict[str, Any] = {"left": left, "case_path": at.path, "version": version, "holder": name}
    return page(request, "moderation/_lease.html", **lease)


@router.post("/cases/{kind}/{item}/release", openapi_extra=view("queue"))
def release(request: Request, who: Who, at: AtItem, form: Verdicts) -> Response:
    """Give a case back, no reason asked, and open the next."""
    try:
        with request.app.state.database.transaction() as db:
            leases.release(db, desk_of(who), at.kind, at.id)
    except NotThere as error:
        raise Refusal(404) from error
    return _onward(request, who, at, form, done.seal(request, who, "skip"))


@router.post("/cases/{kind}/{item}/hand-over", openapi_extra=view("queue"))
def hand_over(request: Request, who: Who, at: AtItem, form: Verdicts) -> Response:
    """Leave a case to the seniors, and open the next."""
    desk, now = desk_of(who), request.app.state.settings.now()
    try:
        with request.app.state.database.transaction() as db:
            leases.claim(db, desk, at.kind, at.id, verdicts.version(form), now)
            leases.hand_over(db, desk, at.kind, at.id, now)
    except Beaten as beaten:
        return _beaten(request, who, at, form, beaten)
    except Refused as refused:
        return _refused(request, who, at, form, refused)
    except NotThere as error:
        raise Refusal(404) from error
    return _onward(request, who, at, form, done.seal(request, who, "hand_over"))


@router.post("/cases/{kind}/{item}/preview", openapi_extra=view("queue"))
def preview(request: Request, who: Who, at: AtItem, form: Verdicts) -> Response:
    """Show what the writer would read: the case again, or to htmx that alone."""
    if not request.headers.get("hx-request"):
        return pages.shown(request, who, at, form)
    found, settings = _case(request, who, at), request.app.state.settings
    fields = verdicts.preview(found, form, language(request), settings.today())
    return page(request, "moderation/_statement.html", fields=fields)


@router.post("/cases/{kind}/{item}/decide", openapi_extra=view("queue"))
def decide(request: Request, who: Who, at: AtItem, form: Verdicts) -> Response:
    """Decide, on near-duplicates alike, and open the next case.

    Each item in its transaction, so that one who was first with a copy stops nothing else.
    """
    found = _case(request, who, at)
    verdict = verdicts.verdict(found, form)
    if verdict is None:
        return pages.shown(request, who, at, form, status=422)
    try:
        decided = [_decide(request, who, at, verdicts.version(form), verdict)]
    except Beaten as beaten:
        return _beaten(request, who, at, form, beaten)
    except Refused as refused:
        return _refused(request, who, at, form, refused)
    except NotThere as error:
        raise Refusal(404) from error
    beaten_by = []
    for copy in verdicts.copies(form):
        try:
            same = At(copy.kind, copy.id)
            own = _alike(request, who, same, verdict)
            decided.append(_decide(request, who, same, copy.version, own))
        except Beaten as beaten:
            beaten_by.append(beaten.name or "")
        except (Refused, Refusal, NotThere):
            beaten_by.append("")
    token = done.seal(request, who, verdict.action, decided, beaten_by)
    return _onward(request, who, at, form, token)


@router.post("/undo", openapi_extra=view("queue"))
def undo(request: Request, who: Who, form: Verdicts) -> Response:
    """Take back what was decided within the last ten seconds, each in its transaction."""
    told = done.opened(request, who, form.get("token"))
    if told is None or not told.token:
        return _late(request, who)
    settings, desk = request.app.state.settings, desk_of(who)
    undone: list[Decided] = []
    for each in told.undo:
        with suppress(Beaten, Refused, NotThere), request.app.state.database.transaction() as db:
            undone.append(_take_back(db, settings, desk, each))
    if not undone:
        return _late(request, who)
    token = done.seal(request, who, "undo", undone)
    first = undone[0]
    if first.kind == cohorts.KIND:
        return see_other(request, cohorts.path_of(first.item_id), done=token)
    return see_other(request, cases.path_of(first.kind, first.item_id), done=token)


def _take_back(db: Session, settings: Settings, desk: Desk, way_back: Undo) -> Decided:
    if way_back.kind == cohorts.KIND:
        return cohorts.undo(db, desk, way_back, settings.today())
    return undoing.undo(db, settings, desk, way_back, settings.now())


def _decide(request: Request, who: Current, at: At, version: int, verdict: Verdict) -> Decided:
    """Decide on one item; who did not claim it does so in the same breath, if nobody else did."""
    settings, desk = request.app.state.settings, desk_of(who)
    now = settings.now()
    with request.app.state.database.transaction() as db:
        leases.claim(db, desk, at.kind, at.id, version, now)
        made = deciding.decide(db, settings, desk, at.kind, at.id, version, verdict, now)
    offering.discard(request, made.images)
    return made


def _alike(request: Request, who: Current, at: At, verdict: Verdict) -> Verdict:
    """Return a verdict for a near-duplicate: its writer reads no passage of another's text."""
    there = {found.text for found in _case(request, who, at).passages}
    return replace(verdict, passages=tuple(each for each in verdict.passages if each in there))


def _case(request: Request, who: Current, at: At) -> cases.Case:
    with request.app.state.database.reading() as db:
        return pages.loaded(request, db, who, at, ())


def _take(request: Request, who: Current, at: At, version: int, verb: Callable[..., Any]) -> Any:
    now = request.app.state.settings.now()
    try:
        with request.app.state.database.transaction() as db:
            return verb(db, desk_of(who), at.kind, at.id, version, now)
    except NotThere as error:
        raise Refusal(404) from error


def _onward(request: Request, who: Current, at: At, form: Form, token: str) -> Response:
    """Open the next case, claimed already; the queue where there is none."""
    now, part = request.app.state.settings.now(), _narrowed(form)
    with request.app.state.database.transaction() as db:
        chosen = pages.CHOICES.get(part.get("part", ""), pages.CHOICES[""])[1]
        found = following(db, desk_of(who), now, chosen, form.get("place"), at.id)
    return see_other(request, found or "/desk", **part, done=token)


def following(
    db: Session, desk: Desk, now: Any, chosen: queue.Filter, place: str, but: bytes
) -> str:
    """Claim the next free case of the queue after a place, from its beginning in the end."""
    ahead: Sequence[queue.Waiting] = queue.waiting(db, desk, now, chosen, place).items
    for each in [*ahead, *(queue.waiting(db, desk, now, chosen).items if not ahead else ())]:
        if each.holder is not None and not each.mine:
            continue
        if each.id == but:
            continue
        with suppress(Beaten, Refused, NotThere):
            leases.claim(db, desk, each.kind, each.id, each.version, now)
            return cases.path_of(each.kind, each.id)
    return ""


def _narrowed(form: Form) -> dict[str, str]:
    part = form.get("part")
    return {"part": part} if part in pages.CHOICES and part else {}


def _beaten(request: Request, who: Current, at: At, form: Form, beaten: Beaten) -> Response:
    """Say who was first, keep what was typed in view, and lead on; nothing was changed."""
    kept = {"code": beaten.code, "first": beaten.name, "words": form.get("words")}
    return sheet(request, who, "moderation/beaten.html", status=409, case_path=at.path, **kept)


def _refused(request: Request, who: Current, at: At, form: Form, refused: Refused) -> Response:
    if refused.code in {"reason", "words"}:
        form.error(refused.code, _REFUSED[refused.code])
        return pages.shown(request, who, at, form, status=422)
    status = 409 if refused.code in _STALE else 403
    problem = _REFUSED.get(refused.code, _REFUSED["power"])
    proof = refused.code == "step_up"
    return pages.shown(request, who, at, form, status=status, problem=problem, proof=proof)


def _late(request: Request, who: Current) -> Response:
    kept = {"code": "late", "first": None, "words": "", "case_path": ""}
    return sheet(request, who, "moderation/beaten.html", status=409, **kept)
