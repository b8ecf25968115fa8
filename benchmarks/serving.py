"""The servers under measure: `python -m benchmarks.serving bare|site|cold PORT`.

bare: an ASGI application that returns a constant page of 12 KB.
site: Lamplight. cold: Lamplight whose page cache may keep nothing.
"""

import gc
import sys

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from app import main
from app.settings import Settings
from app.web.wire import Wire

PAGE = b"<!doctype html>" + b"x" * 12_000
HEADERS = [(b"content-type", b"text/html"), (b"content-length", str(len(PAGE)).encode())]


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer everything with the same page."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": PAGE})


def application(kind: str) -> ASGIApp:
    """Return one of the three applications."""
    if kind == "bare":
        return bare
    if kind == "cold":
        main.CACHE_BYTES = 0
    return main.create_app(Settings())


if __name__ == "__main__":
    served = application(sys.argv[1])
    gc.freeze()  # as `lamplight serve` does
    uvicorn.run(
        served,
        port=int(sys.argv[2]),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        http="httptools" if sys.argv[1] == "bare" else Wire,
    )
