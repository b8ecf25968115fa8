"""Assembly of the issuer: its own application, with its own database and secrets.

It holds no accounts, no sessions and no page cache, and shares with the site only the plumbing.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from limits import parse
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app.db import Database
from app.issuing import pages
from app.issuing.codes import Codes
from app.issuing.mailing import Mailer
from app.issuing.served import Served
from app.settings import Settings
from app.web import refusals
from app.web.bare import BARE
from app.web.files import VersionedStatic
from app.web.headers import Headers, fixed
from app.web.languages import N_
from app.web.limits import Budget, Limits
from app.web.origins import Origins
from app.web.refusals import Refusal
from app.web.templates import STATIC

BODY_BYTES: Final = 20_000
# A whole office may share one network; everybody together asks less than codes remember in a day.
BUDGETS: Final[Mapping[str, Budget]] = {
    "asking_for_code": Budget(parse("40 per hour"), parse("60 per minute")),
    "signing": Budget(parse("120 per hour"), parse("240 per minute")),
}
_COOKIE = N_(
    "Your browser sent a cookie, and this page answers only whom it cannot know. Open it in a "
    "private window."
)


class Issuer(FastAPI):
    """The application of the issuer; HEAD as GET, whose body servers leave out."""

    added: list[tuple[bytes, bytes]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        # Not as a middleware: Starlette's own bound on bodies answers outside of those.
        await Headers(super().__call__, self.added)(scope, receive, send)


class Cookieless:
    """Pure ASGI: refuses every request that bears a cookie, so that none can carry a name in."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 400."""
        if scope["type"] == "http" and any(name == b"cookie" for name, _ in scope["headers"]):
            refused = refusals.respond(Request(scope, receive), Refusal(400, _COOKIE))
            await refused(scope, receive, send)
            return
        await self.app(scope, receive, send)


def create_issuer(settings: Settings, budgets: Mapping[str, Budget] = BUDGETS) -> Issuer:
    """Build the issuer of one process; its `state` holds what pages share."""
    app = Issuer(title="Issuer", max_body_size=BODY_BYTES, lifespan=_lifespan, **BARE)
    app.state.settings = settings
    app.state.database = Database(settings.issuer_database_url)
    app.state.limits = Limits(budgets)
    app.state.codes = Codes()
    app.state.directory = Served(settings)
    app.state.mailer = Mailer(settings)
    app.state.site = lambda: {"demo": False, "release": 0}
    app.state.frame = "issuing/frame.html"
    refusals.install(app)
    app.mount("/static", VersionedStatic(directory=STATIC), name="static")
    app.include_router(pages.router)
    host = urlsplit(settings.issuer_address).hostname or "localhost"
    app.add_middleware(Origins)
    app.add_middleware(Cookieless)
    app.add_middleware(refusals.LastResort)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[host], www_redirect=False)
    app.added = fixed(settings.hsts == "on")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.database.close()
