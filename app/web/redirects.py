"""Redirects inside this site: they keep an explicit language and never lead to another host."""

import re
from typing import Final
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from app.web.languages import LANGUAGES

# A path of ours and its query; "//host" and "/\host" are other hosts to a browser.
_OURS: Final = re.compile(r"/(?!/)[A-Za-z0-9/_.\-]*(\?[A-Za-z0-9/_.\-=&%+]*)?")


class Elsewhere(Exception):
    """Another page comes first; raised anywhere under a page."""

    def __init__(self, path: str, **query: str) -> None:
        """Send the asker to a path of this site."""
        super().__init__(path)
        self.path = path
        self.query = query


def see_other(request: Request, path: str, place: str = "", **query: str) -> Response:
    """Answer 303 to a path of this site, in the language that was explicitly asked for.

    place: the id of the element that the browser is to show.
    """
    lang = request.query_params.get("lang", "")
    kept = {**query, **({"lang": lang} if lang in LANGUAGES else {})}
    joint = "&" if "?" in path else "?"
    url = f"{path}{joint}{urlencode(kept)}" if kept else path
    url += f"#{place}" if place else ""
    return RedirectResponse(url, 303, {"Cache-Control": "no-store"})


def ours(path: str) -> bool:
    """Tell whether a path that came from outside leads to a page of this site."""
    return _OURS.fullmatch(path) is not None


def answer(request: Request, error: Exception) -> Response:
    """Turn Elsewhere into its redirect; registered as an exception handler."""
    assert isinstance(error, Elsewhere)  # noqa: S101 (registered for this class)
    return see_other(request, error.path, **error.query)
