"""Run one or several applications in this process until it is told to stop."""

import asyncio
import gc
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from app.settings import Settings
from app.web.wire import Wire

DRAIN_SECONDS = 10
_STOPPING = (signal.SIGINT, signal.SIGTERM)


class Server(uvicorn.Server):
    """uvicorn's server, which here leaves the signals to `run`: a process has one set of them."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def server(app: ASGIApp, settings: Settings, host: str, port: int) -> Server:
    """Make the server of one application."""
    return Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            timeout_graceful_shutdown=DRAIN_SECONDS,
            http=Wire,
        )
    )


def run(servers: Sequence[Server]) -> None:
    """Serve until SIGINT or SIGTERM, then let every server finish what it is answering.

    A second Ctrl-C ends without waiting. A server that cannot start ends the others, and exits 1.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        for one in servers:
            one.handle_exit(number, frame)

    before = {number: signal.signal(number, stop) for number in _STOPPING}
    gc.freeze()  # what is there from the start stays; no collection need go through it
    try:
        factory = servers[0].config.get_loop_factory()
        with asyncio.Runner(loop_factory=factory) as runner:
            started = runner.run(_all(servers))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if not started:
        sys.exit(1)


async def _all(servers: Sequence[Server]) -> bool:
    return all(await asyncio.gather(*(_one(one, servers) for one in servers)))


async def _one(server: Server, servers: Sequence[Server]) -> bool:
    try:
        await server.serve()
    except SystemExit:  # uvicorn's own way to say that it could not start, and it has said why
        for other in servers:
            other.should_exit = True
        return False
    return True
