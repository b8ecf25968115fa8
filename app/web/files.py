"""Static files: the stylesheet, the scripts and the pictures of every page."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class VersionedStatic(StaticFiles):
    """Static files; an address that names its content's hash may be kept for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file of static/."""
        response = await super().get_response(path, scope)
        kept = b"v=" in scope["query_string"]
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if kept else "public, max-age=3600"
        )
        return response
