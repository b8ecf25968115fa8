"""The issuer's directory as the site shows it: the same bytes for everybody, no cookie."""

from fastapi import APIRouter
from starlette.responses import Response

from app.credentials import published
from app.db import Reading
from app.web.languages import N_
from app.web.refusals import Refusal

router = APIRouter()
_NOTHING = N_("No directory of keys has been published here yet.")


@router.get("/.well-known/credential-keys.json")
def keys(db: Reading) -> Response:
    """Give the published document byte for byte."""
    document = published.document(db)
    if document is None:
        raise Refusal(404, _NOTHING)
    headers = {"Cache-Control": "public, no-cache"}
    return Response(document, headers=headers, media_type="application/json")
