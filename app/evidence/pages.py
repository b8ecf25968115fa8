"""Drafts of pictures, known by name alone, and how any picture is served.

Those of posts that everybody sees: app/threads/pictures.py.
"""

import re
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.refusals import Refusal

router = APIRouter(prefix="/evidence")
# A picture is all that it is: opened by itself it may do nothing, fetch nothing and run nothing.
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox",
    "Content-Disposition": 'inline; filename="evidence.webp"',
}
_ID: Final = re.compile("[0-9a-f]{32}")


@router.get("/drafts/{name}.webp")
def draft(request: Request, name: str) -> Response:
    """Show a picture that waits for its post."""
    found = request.app.state.drafts.get(name) if _ID.fullmatch(name) else None
    if found is None:
        raise Refusal(404)
    return served(found.picture.data, "no-store")


def served(data: bytes, cache: str) -> Response:
    """Answer with a picture and nothing that it could do; cache: a Cache-Control."""
    headers = {**HEADERS, "Cache-Control": cache}
    return Response(data, media_type="image/webp", headers=headers)
