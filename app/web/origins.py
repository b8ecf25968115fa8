"""Who sends a form: only our own pages may.

Browsers say where a request comes from (Fetch Metadata, W3C). A page of another site, or a
request that bears our cookie and says nothing, is refused before any page runs.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.refusals import Refusal, respond

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


class Origins:
    """Pure ASGI: refuses unsafe requests that another site sent."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 403."""
        if scope["type"] == "http" and scope["method"] not in SAFE:
            request = Request(scope, receive)
            if not _ours(request):
                await respond(request, Refusal(403))(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _ours(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is not None:
        return origin.partition("://")[2] == request.headers.get("host")
    return "cookie" not in request.headers
