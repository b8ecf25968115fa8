"""The addresses of pictures that everybody sees: those of visible posts, and no others."""

import re
from typing import Final

from fastapi import APIRouter, Request
from sqlalchemy import select
from starlette.responses import Response

from app.evidence.models import EvidenceImage
from app.evidence.pages import served
from app.evidence.store import Unreachable
from app.threads.models import Post
from app.triage.states import VISIBLE
from app.web.refusals import Refusal

router = APIRouter(prefix="/evidence")
SECONDS: Final = 600  # a withdrawn picture is in no cache for longer
_ID: Final = re.compile("[0-9a-f]{32}")
_SEEN: Final = select(Post.id).join(EvidenceImage, EvidenceImage.post_id == Post.id)


@router.get("/{name}.webp")
def picture(request: Request, name: str) -> Response:
    """Show the picture of a post; one that waits or is out of sight is not there."""
    if not _ID.fullmatch(name):
        raise Refusal(404)
    image_id = bytes.fromhex(name)
    asked = _SEEN.where(EvidenceImage.id == image_id, Post.state.in_(VISIBLE))
    with request.app.state.database.reading() as db:
        seen = db.scalar(asked)
    try:
        data = request.app.state.store.get(image_id) if seen else None
    except Unreachable as error:
        raise Refusal(503) from error
    if data is None:
        raise Refusal(404)
    return served(data, f"public, max-age={SECONDS}")
