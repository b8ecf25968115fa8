"""The page of the desk for the topics of threads."""

from collections.abc import Callable
from typing import Final

from fastapi import Request
from starlette.responses import Response

from app.employers import names
from app.moderation import directory_topics as topics
from app.moderation.desk import Beaten, NotThere
from app.moderation.directory import PAGE
from app.moderation.directory_topics import LONGEST, Hand
from app.moderation.door import Who, desk_of, router, view
from app.moderation.sheet import sheet
from app.staff.current import Current
from app.web.forms import Form, Posted
from app.web.languages import N_
from app.web.redirects import see_other
from app.web.refusals import Refusal

PATH: Final = "/desk/topics"
_NAMING: Final = {"add", "rename"}
_MOVES: Final[dict[str, Callable[[Hand, str], None]]] = {
    "up": lambda hand, slug: hand.move(slug, -1),
    "down": lambda hand, slug: hand.move(slug, 1),
    "retire": Hand.retire,
    "offer": Hand.offer,
}


@router.get("/topics", openapi_extra=view("directory"))
def all_topics(request: Request, who: Who) -> Response:
    """List the topics, and offer what may be changed."""
    return _sheet(request, who, Form())


@router.post("/topics", openapi_extra=view("directory"))
def change(request: Request, who: Who, form: Posted) -> Response:
    """Add, rename, move, retire or offer again one topic."""
    do, state = form.get("do"), request.app.state
    if do not in {*_NAMING, *_MOVES}:
        form.error("do", N_("Choose what to do."))
    elif do in _NAMING:
        _read(form)
    if not form.ok:
        return _sheet(request, who, form)
    try:
        with state.database.transaction() as db:
            _do(Hand(db, desk_of(who), form.get("seen"), state.settings.today()), form)
    except topics.Taken:
        form.error("name", N_("Another topic has this name, or nothing of it fits an address."))
        return _sheet(request, who, form)
    except Beaten as beaten:
        shown = {"code": beaten.code, "first": beaten.name, "words": "", "case_path": PATH}
        return sheet(request, who, "moderation/beaten.html", status=409, **shown)
    except NotThere as error:
        raise Refusal(404) from error
    first = _first(request)
    return see_other(request, PATH, **({"after": str(first)} if first else {}))


def _do(hand: Hand, form: Form) -> None:
    do, slug = form.get("do"), form.get("topic")
    if do == "add":
        hand.add(form.get("name"), form.get("name_zh"))
    elif do == "rename":
        hand.rename(slug, form.get("name"), form.get("name_zh"))
    else:
        _MOVES[do](hand, slug)


def _read(form: Form) -> None:
    """Put a message beside each name that is missing or too long."""
    for field in ("name", "name_zh"):
        if not names.key(form.get(field)):
            form.error(field, N_("A topic needs a name in both languages."))
        elif len(form.get(field)) > LONGEST:
            form.error(field, N_("This is too long: at most %(most)s characters."), most=LONGEST)


def _sheet(request: Request, who: Current, form: Form) -> Response:
    with request.app.state.database.reading() as db:
        found = topics.listed(db)
    first, status = _first(request), 200 if form.ok else 422
    next = first + PAGE if len(found.all) > first + PAGE else None
    shown = {
        "topics": found.all[first : first + PAGE],
        "seen": form.get("seen") or found.seen,
        "form": form,
        "after": first or None,
        "next": next,
    }
    return sheet(request, who, "moderation/directory_topics.html", status=status, **shown)


def _first(request: Request) -> int:
    """Return how many topics stand on the pages before this one; 0 for nonsense."""
    asked = request.query_params.get("after", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("10000") else 0
