"""The public pages of the conversation: a thread, one comment of it, lists by topic and employer.

The same bytes for everybody of one language; what is somebody's own comes into the slot `mine`.
"""

import re
from typing import Any, Final

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.db import Reading
from app.employers import directory
from app.figures import charts
from app.figures import reading as figures
from app.threads import documents, listing, markup, reading
from app.threads.tree import ORDERS, Order
from app.web import redirects
from app.web.languages import language
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter()

EXCERPT: Final = 160
PUBLIC: Final = {"Cache-Control": "public, no-cache", "Vary": "Accept-Language"}
_ID: Final = re.compile(r"[0-9a-f]{32}")
_POSITION: Final = re.compile(r"[1-9]\d{0,6}")


@router.get("/threads")
def threads(request: Request) -> Response:
    """Lead to the front page, which is the list of threads."""
    return redirects.see_other(request, "/")


@router.get("/threads/{thread}.json")
def as_json(request: Request, thread: str, db: Reading) -> Response:
    """Give what a thread's page shows as JSON."""
    return JSONResponse(documents.thread(_read(request, db, thread)), 200, PUBLIC)


@router.get("/threads/{thread}")
def thread(request: Request, thread: str, db: Reading) -> Response:
    """Show a thread, its poll, and a page of its comments."""
    read = _read(request, db, thread)
    return page(
        request,
        "threads/thread.html",
        public=True,
        read=read,
        after=_after(request),
        excerpt=markup.excerpt(read.first.text, EXCERPT),
        **_aside(db, read.head),
    )


@router.get("/threads/{thread}/at/{position}")
def branch(request: Request, thread: str, position: str, db: Reading) -> Response:
    """Show one comment, what it answers and what answers it."""
    thread_id = id_of(thread)
    if position == "0":
        return redirects.see_other(request, f"/threads/{thread_id.hex()}")
    if not _POSITION.fullmatch(position):
        raise Refusal(404)
    read = reading.branch(db, thread_id, int(position), language(request))
    if read is None:
        raise Refusal(404)
    return page(request, "threads/branch.html", public=True, read=read)


@router.get("/topics")
def topics(request: Request, db: Reading) -> Response:
    """Name every topic, with how many threads it has."""
    named = listing.topics(db, language(request))
    return page(request, "threads/topics.html", public=True, topics=named)


@router.get("/topics/{slug}")
def topic(request: Request, slug: str, db: Reading) -> Response:
    """List the threads of a topic."""
    lang = language(request)
    named = listing.topic_named(db, slug, lang)
    if named is None:
        raise Refusal(404)
    found = _list(request, db, topic=slug)
    return page(request, "threads/topic.html", public=True, topic=named, **found)


@router.get("/employers/{slug}/threads")
def about_employer(request: Request, slug: str, db: Reading) -> Response:
    """List the threads about an employer and those merged into it."""
    employer = directory.find(db, slug)
    if employer is None:
        raise Refusal(404)
    if employer.slug != slug:
        return redirects.see_other(request, f"/employers/{employer.slug}/threads")
    named = listing.named(slug, employer.name, employer.name_zh, language(request))
    found = _list(request, db, employers=directory.family(db, employer))
    return page(request, "threads/employer.html", public=True, employer=named, **found)


def id_of(thread: str) -> bytes:
    """The id of a thread by its part of an address, or a 404."""
    if not _ID.fullmatch(thread):
        raise Refusal(404)
    return bytes.fromhex(thread)


def _read(request: Request, db: Session, thread: str) -> reading.Read:
    """The page of a thread that a reader asked for."""
    settings = request.app.state.settings
    asked = request.query_params.get("order")
    order: Order = next((each for each in ORDERS if each == asked), "best")
    read = reading.thread(
        db,
        id_of(thread),
        language(request),
        today=settings.today(),
        least=settings.release_min_reports,
        order=order,
        after=_after(request),
    )
    if read is None:
        raise Refusal(404)
    return read


def _after(request: Request) -> int:
    asked = request.query_params.get("after", "")
    return int(asked) if _POSITION.fullmatch(asked) else 0


def _list(request: Request, db: Session, **of: Any) -> dict[str, Any]:
    """What a list's template needs: its order, its rows, and whether it is not the first page."""
    query = request.query_params
    sort, after = listing.sort_of(query.get("sort")), query.get("after", "")
    found = listing.threads(db, language(request), sort, after=after, **of)
    return {"sort": sort, "found": found, "after": after}


def _aside(db: Session, head: reading.Head) -> dict[str, Any]:
    """The figures of the employer that a thread is about, if it has any."""
    known = head.employer_id is not None and head.confirmed
    week = figures.snapshot(db, head.employer_id) if known and head.employer_id else None
    return {"week": week, "picture": week and charts.house(week["lights"])}
