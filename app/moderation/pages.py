"""Pages of the desk that are read: the queue, a case, its picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.evidence import attaching
from app.evidence.pages import HEADERS
from app.evidence.store import Unreachable
from app.moderation import cases, cohorts, done, items, queue, verdicts
from app.moderation.desk import Desk, NotThere
from app.moderation.door import Who, desk_of, id_at, router, view
from app.moderation.queue import Filter, Waiting
from app.moderation.sheet import sheet
from app.staff.current import Current
from app.triage.states import EMPTY
from app.web.forms import Form
from app.web.languages import N_, language
from app.web.refusals import Refusal
from app.web.templates import page

# What the queue can be narrowed to, by the value that an address bears.
CHOICES: Final[Mapping[str, tuple[str, Filter]]] = {
    "": (N_("Everything"), Filter()),
    "grave": (N_("Severity 1"), Filter(severity=1)),
    "flags": (N_("Flagged by readers"), Filter(why="flags")),
    "notice": (N_("Notices"), Filter(why="notice")),
    "copies": (N_("Near-duplicates"), Filter(why="copies")),
    "first": (N_("Looked at first"), Filter(why="looked_at_first")),
    "post": (N_("First posts"), Filter(kind="post")),
    "comment": (N_("Comments"), Filter(kind="comment")),
    "reply": (N_("Employers’ replies"), Filter(kind="reply")),
    "handed": (N_("Handed over"), Filter(why=items.HANDED_OVER)),
}


@dataclass(frozen=True)
class At:
    """The item that an address names."""

    kind: str
    id: bytes

    @property
    def path(self) -> str:
        """The address of its case."""
        return cases.path_of(self.kind, self.id)


def at(kind: str, item: str) -> At:
    """Read the item that an address names, or a 404."""
    if kind not in items.KINDS:
        raise Refusal(404)
    return At(kind, id_at(item))


AtItem = Annotated[At, Depends(at)]


@router.get("", openapi_extra=view("queue"))
def waiting(request: Request, who: Who, part: str = "", after: str = "") -> Response:
    """Show what waits, and what was decided a moment ago."""
    with request.app.state.database.reading() as db:
        seen = listed(request, db, desk_of(who), part, after)
    return sheet(request, who, "moderation/queue.html", **seen, done=done.read(request, who))


@router.get("/queue", openapi_extra=view("queue"))
def live(request: Request, who: Who, at: str = "", version: str = "", part: str = "") -> Response:
    """Give the queue anew; at, version: the case that is open beside it, as it was opened."""
    desk = desk_of(who)
    with request.app.state.database.reading() as db:
        seen = listed(request, db, desk, part, beside=at)
        seen["news"] = _news(db, at, version, desk)
    return page(request, "moderation/_queue.html", **seen)


@router.get("/cases/{kind}/{item}", openapi_extra=view("queue"))
def case(request: Request, who: Who, at: AtItem, image: str = "", part: str = "") -> Response:
    """Show one case; image: "grey" or "clear" once the picture was asked for."""
    return shown(request, who, at, Form(), image=image, part=part)


@router.get("/cases/{kind}/{item}/image", openapi_extra=view("queue"))
def picture(request: Request, who: Who, at: AtItem) -> Response:
    """Show the picture of a case, which nobody else may see yet."""
    with request.app.state.database.reading() as db:
        found = _may_look(db, who, at) and attaching.of(db, [at.id]).get(at.id)
    return drawn(request, found.id if found else None)


def drawn(request: Request, image_id: bytes | None) -> Response:
    """Send a picture to somebody of the desk, who may see it; raises a 404 for none."""
    try:
        data = request.app.state.store.get(image_id) if image_id else None
    except Unreachable as error:
        raise Refusal(503) from error
    if data is None:
        raise Refusal(404)
    headers = {**HEADERS, "Cache-Control": "no-store"}
    return Response(data, media_type="image/webp", headers=headers)


def shown(
    request: Request,
    who: Current,
    at: At,
    form: Form,
    *,
    status: int = 200,
    problem: str = "",
    proof: bool = False,
    image: str = "",
    part: str = "",
) -> Response:
    """Render a case with what was typed so far; problem: what stands against it.

    proof: what stands against it is that no fresh code was given.
    """
    today = request.app.state.settings.today()
    with request.app.state.database.reading() as db:
        seen = listed(request, db, desk_of(who), part, beside=at.path)
        found = loaded(request, db, who, at, seen["queue"].items)
    return sheet(
        request,
        who,
        "moderation/case.html",
        status=status,
        **seen,
        **verdicts.offered(found, form, language(request), today),
        problem=problem,
        proof=proof,
        image=image,
        done=done.read(request, who),
    )


def loaded(
    request: Request, db: Session, who: Current, at: At, waiting: Sequence[Waiting]
) -> cases.Case:
    """Return the case at an address, or raise a 404."""
    asked = cases.Asked(at.kind, at.id, language(request), request.app.state.settings.now())
    try:
        return cases.case(db, request.app.state.settings, desk_of(who), asked, waiting)
    except NotThere as error:
        raise Refusal(404) from error


def listed(
    request: Request, db: Session, desk: Desk, part: str, after: str = "", beside: str = ""
) -> dict[str, Any]:
    """Return what the list of the queue shows; beside: the address of the case that is open."""
    now = request.app.state.settings.now()
    return {
        "queue": queue.waiting(db, desk, now, CHOICES.get(part, CHOICES[""])[1], after),
        "standing": queue.standing(db, desk, now.date()),
        "pace": queue.pace(db, desk, now.date()),
        "held_cohorts": cohorts.waiting(db, desk),
        "part": part if part in CHOICES else "",
        "choices": CHOICES,
        "in_words": cases.in_words,
        "path_of": cases.path_of,
        "open_path": beside,
        "news": "",
        "after": after,
    }


def _news(db: Session, path: str, version: str, desk: Desk) -> str:
    """Say what became of the open case behind its reader's back, if anything did."""
    try:
        _, _, _, kind, item = path.split("/")
        found = cases.item_for(db, desk, kind, bytes.fromhex(item))
    except (ValueError, NotThere):
        return ""
    if verdicts.number(version) not in (0, found.version):
        return N_(
            "The open case has changed meanwhile. What you typed is still there; open it anew."
        )
    return ""


def _may_look(db: Session, who: Current, at: At) -> bool:
    """Tell whether somebody may look at a picture: of what was removed, as with words, seniors."""
    try:
        item = cases.item_for(db, desk_of(who), at.kind, at.id)
    except NotThere:
        return False
    return item.state not in EMPTY or who.role == "senior"
