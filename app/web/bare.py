"""What both applications switch off in FastAPI, so that neither can forget it."""

from typing import Any, Final

# No page that lists the routes, and no telemetry of requests.
BARE: Final[dict[str, Any]] = {
    "docs_url": None,
    "redoc_url": None,
    "openapi_url": None,
    "telemetry": {"tracing": False, "metrics": False},
}
