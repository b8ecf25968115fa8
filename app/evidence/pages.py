"""Addresses of pictures: those of posts, which everybody sees, and drafts, known by name alone."""

import re
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.evidence import attaching
from app.evidence.store import Unreachable
from app.web.refusals import Refusal

router = APIRouter(prefix="/evidence")
# A picture is all that it is: opened by itself it may do nothing, fetch nothing and run nothing.
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox",
    "Content-Disposition": 'inline; filename="evidence.webp"',
}
SECONDS: Final = 600  # a withdrawn picture is in no cache for longer
_ID: Final = re.compile("[0-9a-f]{32}")


@router.get("/drafts/{name}.webp")
def draft(request: Request, name: str) -> Response:
    """Show a picture that waits for its post."""
    found = request.app.state.drafts.get(name) if _ID.fullmatch(name) else None
    if found is None:
        raise Refusal(404)
    return _picture(found.picture.data, "no-store")


@router.get("/{name}.webp")
def picture(request: Request, name: str) -> Response:
    """Show the picture of a post; one that was withdrawn is gone although a copy were left."""
    if not _ID.fullmatch(name):
        raise Refusal(404)
    image_id = bytes.fromhex(name)
    with request.app.state.database.reading() as db:
        known = attaching.known(db, [image_id])
    try:
        data = request.app.state.store.get(image_id) if known else None
    except Unreachable as error:
        raise Refusal(503) from error
    if data is None:
        raise Refusal(404)
    return _picture(data, f"public, max-age={SECONDS}")


def _picture(data: bytes, cache: str) -> Response:
    headers = {**HEADERS, "Cache-Control": cache}
    return Response(data, media_type="image/webp", headers=headers)
