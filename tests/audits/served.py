"""Both applications as they are served: one process, two ports, the real wire, the real log."""

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO

from fastapi import FastAPI

from app.ops import listening
from app.settings import Settings
from app.web import logs


@dataclass
class Served:
    """Where both answer, and what they log."""

    site: int
    issuer: int
    log: StringIO = field(repr=False)


@contextmanager
def served(settings: Settings, site: FastAPI, issuer: FastAPI) -> Iterator[Served]:
    """Serve the site and the issuer on free ports as the commands do, until the block ends."""
    with _logging() as log:
        servers = [listening.server(app, settings, "127.0.0.1", 0) for app in (site, issuer)]
        thread = threading.Thread(target=_run, args=(servers,), daemon=True)
        thread.start()
        try:
            yield Served(*(_port(server) for server in servers), log)
        finally:
            for server in servers:
                server.should_exit = True
            thread.join(timeout=20)


def _run(servers: list[listening.Server]) -> None:
    async def all_() -> None:
        await asyncio.gather(*(server.serve() for server in servers))

    asyncio.run(all_())


def _port(server: listening.Server) -> int:
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port


@contextmanager
def _logging() -> Iterator[StringIO]:
    """Log as a command does, into memory; afterwards as before."""
    root, ours = logging.getLogger(), logging.getLogger("lamplight")
    before = root.handlers[:], root.level, ours.level
    said = StringIO()
    logs.install()
    installed = root.handlers[0]
    assert isinstance(installed, logging.StreamHandler)
    installed.setStream(said)
    try:
        yield said
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        ours.setLevel(before[2])
