"""Refusals: every no is a page for people, a fragment for htmx, problem+json for programs."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.db import Busy
from app.web import redirects
from app.web.languages import N_, language, translate
from app.web.templates import page

log = logging.getLogger("lamplight")

MESSAGES = {
    400: N_("This request could not be read."),
    403: N_("This came from another site, so nothing was done."),
    404: N_("There is nothing at this address."),
    405: N_("This address does not do that."),
    409: N_("Somebody was first. Nothing of yours was lost."),
    413: N_("This is too large to take."),
    415: N_("This kind of content is not taken here."),
    422: N_("Something in this request is not right."),
    429: N_("Too many at once. Wait a little and send it again."),
    500: N_("Something broke on our side. Nothing you typed was kept here."),
    503: N_("Busy just now. Wait a little and send it again."),
}
RETRY_SECONDS = 5


class Refusal(Exception):
    """A no with a status, a message id and what fills it; raised anywhere under a page."""

    def __init__(
        self, status: int, message: str = "", retry_after: int | None = None, **values: Any
    ) -> None:
        """Refuse with an HTTP status; retry_after is in seconds."""
        super().__init__(status)
        self.status = status
        self.message = message or MESSAGES[status]
        self.retry_after = retry_after
        self.values = values


def respond(request: Request, refusal: Refusal, headers: dict[str, str] | None = None) -> Response:
    """Answer a refusal in the form its asker can use."""
    headers = dict(headers or {})
    if refusal.status in {429, 503}:
        headers["Retry-After"] = str(refusal.retry_after or RETRY_SECONDS)
    text = translate(language(request), refusal.message, **refusal.values)
    if _program(request):
        body = {"type": "about:blank", "title": text, "status": refusal.status}
        return JSONResponse(
            body,
            refusal.status,
            {**headers, "Cache-Control": "no-store"},
            media_type="application/problem+json",
        )
    name = "_error.html" if request.headers.get("hx-request") else "error.html"
    return page(
        request, name, status=refusal.status, headers=headers, text=text, code=refusal.status
    )


def _program(request: Request) -> bool:
    path = request.url.path
    asked = request.headers.get("accept") == "application/json"
    return asked or path.startswith("/api/") or path.endswith(".json")


def install(app: FastAPI) -> None:
    """Answer every kind of failure of an application."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(redirects.Elsewhere, redirects.answer)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Busy, _busy)
    app.add_exception_handler(OperationalError, _unavailable)
    app.add_exception_handler(PoolTimeout, _unavailable)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 (registered for this class)
    return respond(request, error)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (registered for this class)
    status = error.status_code if error.status_code in MESSAGES else 400
    return respond(request, Refusal(status), dict(error.headers or {}))


def _invalid(request: Request, error: Exception) -> Response:
    # FastAPI's own answer echoes what was sent; ours names the status and nothing else.
    return respond(request, Refusal(422))


def _busy(request: Request, error: Exception) -> Response:
    return respond(request, Refusal(503))


def _unavailable(request: Request, error: Exception) -> Response:
    log.warning("database unavailable")
    return respond(request, Refusal(503))


class LastResort:
    """Pure ASGI: whatever else is raised becomes a 500 that says nothing of the error.

    It stands inside the headers layer, where Starlette's own handler would stand outside.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer 500 where nothing was answered yet."""
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except ClientDisconnect:
            return  # nobody is left to answer, and a person who walks away is no failure
        except Exception:
            if scope["type"] != "http" or started:
                raise
            log.exception("a page failed")
            await respond(Request(scope, receive), Refusal(500))(scope, receive, send)
