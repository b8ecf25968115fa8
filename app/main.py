"""Assembly: the application from its settings, its database and its rooms."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.credentials import pages as credentials_pages
from app.db import Database
from app.employers import pages as employers_pages
from app.evidence import pages as evidence_pages
from app.evidence import store
from app.evidence.drafts import Drafts
from app.evidence.uploads import Landing
from app.figures import pages as figures_pages
from app.front import crawling, me, privacy
from app.front import pages as front_pages
from app.front import search as search_pages
from app.hours import pages as hours_pages
from app.hours import raising
from app.members import credential
from app.members import pages as members_pages
from app.moderation import all_pages as desk_pages
from app.moderation import (
    appeal_pages,
    asked_pages,
    log,
    notice_pages,
    open_pages,
    reply_appeals,
    reply_forms,
    reply_pages,
)
from app.replies import pages as replies_pages
from app.settings import Settings
from app.staff import own_pages as staff_own_pages
from app.staff import pages as staff_pages
from app.threads import (
    answering,
    feeds,
    flag_pages,
    opening,
    own_pages,
    own_slot,
    pictures,
    voting_pages,
)
from app.threads import pages as threads_pages
from app.upkeep import schedule
from app.web import editions, refusals, versions
from app.web.bare import BARE
from app.web.cache import PageCache
from app.web.editions import Watch
from app.web.files import VersionedStatic
from app.web.forms import BODY_BYTES
from app.web.headers import Headers, fixed
from app.web.limits import BUDGETS, Budget, Limits
from app.web.origins import Origins
from app.web.sessions import Sessions
from app.web.shelf import Shelf
from app.web.templates import STATIC

CACHE_BYTES = 96_000_000
# Home, the list, one employer, one thread: what most readers come for. Emptied every night.
SHELVED: Final = re.compile(r"/((employers(/[a-z0-9-]{1,80})?)?|threads/[0-9a-f]{32})")
_THREAD: Final = re.compile(r"/threads/([0-9a-f]{32})(?:[/.]|$)")
_EMPLOYER: Final = re.compile(r"/employers/([a-z0-9-]{1,80})(?:[/.]|$)")
_OPEN: Final = re.compile(r"/transparency(/.*)?")
_LISTS: Final = re.compile(r"/|/feed\.atom|/search|/topics(/.*)?|/threads|/sitemap\.xml")
# The order counts where addresses overlap: /employers/new and {slug}.json come before {slug}.
ROUTERS: list[Any] = [
    employers_pages.router,
    figures_pages.router,
    credentials_pages.router,
    members_pages.router,
    credential.router,
    staff_pages.router,
    staff_own_pages.router,
    desk_pages.router,
    evidence_pages.router,
    pictures.router,
    me.router,
    appeal_pages.router,
    raising.router,
    hours_pages.router,
    opening.router,
    own_slot.router,
    voting_pages.router,
    answering.router,
    flag_pages.router,
    own_pages.router,
    feeds.router,
    threads_pages.router,
    asked_pages.router,
    notice_pages.router,
    replies_pages.router,
    reply_pages.router,
    reply_appeals.router,
    reply_forms.router,
    crawling.router,
    privacy.router,
    open_pages.router,
    search_pages.router,
    front_pages.router,
]


class Site(FastAPI):
    """The application behind its page cache.

    As a middleware the cache would stand inside FastAPI's own layers, which cost a kept page
    more than all the rest.
    """

    pages: PageCache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the cache where that is right; HEAD as GET, whose body servers leave out."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.pages(scope, receive, send)

    @property
    def inner(self) -> ASGIApp:
        """The application without its page cache."""
        return super().__call__


def create_app(settings: Settings, budgets: Mapping[str, Budget] = BUDGETS) -> Site:
    """Build the application of one process; its `state` holds what pages share."""
    app = Site(title="Lamplight", max_body_size=BODY_BYTES, lifespan=_lifespan, **BARE)
    database = Database(settings.database_url)
    watch = Watch(database, settings.today, daily=log.head)
    app.state.settings = settings
    app.state.database = database
    app.state.watch = watch
    _remember(app, settings, budgets)
    app.state.site = lambda: _site(watch)
    app.state.frame = "base.html"
    app.state.store = store.of(settings)
    app.state.landing = Landing()
    refusals.install(app)
    app.add_api_route("/health", _health, methods=["GET"])
    app.mount("/static", VersionedStatic(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router)
    _wrap(app, settings, watch)
    return app


def _remember(app: Site, settings: Settings, budgets: Mapping[str, Budget]) -> None:
    """Keep sessions, counts and drafts in memory, or in the Valkey of several processes."""
    if not settings.valkey_url:
        app.state.limits, app.state.sessions = Limits(budgets), Sessions()
        app.state.drafts = Drafts()
        return
    # Its client takes a quarter of a second to import, which one process need not wait for.
    from app.web.shared import Shared  # noqa: PLC0415

    shared = Shared(settings.valkey_url)
    app.state.limits = Limits(budgets, shared.counts, shared.key)
    app.state.sessions = Sessions(shared)
    app.state.drafts = Drafts(shared)


def _wrap(app: Site, settings: Settings, watch: Watch) -> None:
    """Put the pure ASGI layers around the routes, the innermost first."""
    added, hosts = fixed(settings.hsts == "on"), _hosts(settings)
    app.add_middleware(Origins)
    app.add_middleware(refusals.LastResort)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    app.pages = PageCache(
        # Not as a middleware: Starlette's own bound on bodies answers outside of those.
        Headers(app.inner, added),
        watch,
        Shelf(app.state.database, added),
        program=versions.program(settings),
        language=settings.default_language,
        hosts=hosts,
        shelved=SHELVED,
        scopes=scopes,
        fixed=added,
        most_bytes=CACHE_BYTES,
    )


def _hosts(settings: Settings) -> list[str]:
    own = [urlsplit(url).hostname for url in (settings.base_url, settings.onion_url) if url]
    return [host for host in own if host]


def scopes(path: str) -> tuple[str, ...]:
    """Name the scoped editions that the page at a path shows."""
    if found := _THREAD.match(path):
        return (editions.thread_scope(bytes.fromhex(found[1])), editions.DAY)
    if found := _EMPLOYER.match(path):
        return (editions.employer_scope(found[1]),)
    if _OPEN.fullmatch(path):
        return (editions.DAY,)
    return (editions.TALK,) if _LISTS.fullmatch(path) else ()


def _site(watch: Watch) -> dict[str, Any]:
    """Return what the frame of every page says of the site."""
    numbers = watch.seen
    return {
        "demo": "demo" in numbers,
        "release": numbers.get("release", 0),
        "head": watch.of_today,
    }


def _health(request: Request) -> Response:
    """Answer 200 when the database answers."""
    request.app.state.watch.numbers()
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state = app.state
    own = schedule.start(state.database, state.settings) if schedule.is_on(state.settings) else None
    yield
    if own:
        await schedule.stop(own)
    state.database.close()
