"""Atom feeds (RFC 4287): of the site, an employer, a topic, a thread; none of a person.

`updated` is the day at midnight, as nothing finer is stored.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from markupsafe import escape
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.db import Reading
from app.employers import directory
from app.threads import listing, reading
from app.threads.pages import id_of
from app.web.languages import N_, TAGS, language, translate
from app.web.refusals import Refusal
from app.web.templates import environment

router = APIRouter()

ENTRIES: Final = 30
COMMENTS: Final = 50
_NOTHING_YET: Final = date(1970, 1, 1)
_DESK: Final = "Lamplight"
# What XML 1.0 cannot hold, escaped or not.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SITE: Final = N_("Threads")
_EMPLOYER: Final = N_("Threads about %(name)s")
_COMMENTS: Final = N_("Comments on “%(title)s”")
_WITHDRAWN: Final = N_("A withdrawn thread")
_OUT_OF_SIGHT: Final = N_("A thread out of sight")
_COMMENT: Final = N_("%(name)s answers")


@dataclass(frozen=True)
class Entry:
    """One thread or comment of a feed; html is safe to put on a page."""

    path: str
    title: str
    author: str
    day: date
    html: str


@router.get("/feed.atom")
def of_the_site(request: Request, db: Reading) -> Response:
    """Give the newest threads."""
    newest = listing.threads(db, language(request), "new", limit=ENTRIES).rows
    return _feed(request, "/", translate(language(request), _SITE), _entries(request, db, newest))


@router.get("/topics/{slug}/feed.atom")
def of_a_topic(request: Request, slug: str, db: Reading) -> Response:
    """Give the newest threads of a topic."""
    lang = language(request)
    topic = listing.topic_named(db, slug, lang)
    if topic is None:
        raise Refusal(404)
    newest = listing.threads(db, lang, "new", topic=slug, limit=ENTRIES).rows
    return _feed(request, f"/topics/{slug}", topic.name, _entries(request, db, newest))


@router.get("/employers/{slug}/feed.atom")
def of_an_employer(request: Request, slug: str, db: Reading) -> Response:
    """Give the newest threads about an employer and those merged into it."""
    lang = language(request)
    employer = directory.find(db, slug)
    if employer is None:
        raise Refusal(404)
    family = directory.family(db, employer)
    newest = listing.threads(db, lang, "new", employers=family, limit=ENTRIES).rows
    title = translate(lang, _EMPLOYER, name=employer.name_in(lang))
    path = f"/employers/{employer.slug}/threads"
    return _feed(request, path, title, _entries(request, db, newest))


@router.get("/threads/{thread}/feed.atom")
def of_a_thread(request: Request, thread: str, db: Reading) -> Response:
    """Give the newest comments of a thread."""
    lang = language(request)
    head = reading.head(db, id_of(thread), lang)
    if head is None:
        raise Refusal(404)
    untitled = _WITHDRAWN if head.tomb and head.tomb.gone == "withdrawn" else _OUT_OF_SIGHT
    title = translate(lang, _COMMENTS, title=head.title or translate(lang, untitled))
    newest = reading.newest(db, head.id, COMMENTS, lang)
    entries = [_comment(head, post, lang) for post in newest]
    return _feed(request, head.path, title, entries, head.day)


def _comment(head: reading.Head, post: reading.Shown, lang: str) -> Entry:
    """Tell of a comment; of one that was taken out since, that it was."""
    path, day = f"{head.path}/at/{post.position}", post.day or head.day
    if post.tomb:
        return Entry(path, post.tomb.words, _DESK, day, str(escape(post.tomb.words)))
    title = translate(lang, _COMMENT, name=post.name)
    return Entry(path, title, post.name, day, str(post.html))


def _entries(request: Request, db: Session, rows: Sequence[listing.Row]) -> list[Entry]:
    first = reading.first_posts(db, [row.id for row in rows], language(request))
    return [
        Entry(row.path, row.title, post.name, row.day, str(post.html))
        for row in rows
        if (post := first.get(row.id))
    ]


def _feed(
    request: Request,
    path: str,
    title: str,
    entries: Sequence[Entry],
    began: date = _NOTHING_YET,
) -> Response:
    """Write a feed in the language asked for; began: its day while it has no entry."""
    lang = language(request)
    said = (
        environment(lang)
        .get_template("threads/feed.atom")
        .render(
            base=request.app.state.settings.base_url.rstrip("/"),
            address=request.url.path,
            path=path,
            title=title,
            entries=entries,
            day=max((entry.day for entry in entries), default=began),
        )
    )
    headers = {
        "Cache-Control": "public, no-cache",
        "Vary": "Accept-Language",
        "Content-Language": TAGS[lang],
    }
    return Response(_UNWRITABLE.sub("", said), 200, headers, media_type="application/atom+xml")
