"""`lamplight serve`: migrate, then answer requests until told to stop."""

import gc
from typing import Annotated
from urllib.parse import urlsplit

import typer
import uvicorn

from app.db import Database
from app.main import create_app
from app.ops import demonstrating
from app.ops.migrating import migrate
from app.settings import Settings
from app.web.wire import Wire

LOCAL = {"127.0.0.1", "localhost"}


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; BASE_URL's unless given.")] = 0,
    demo: Annotated[
        bool, typer.Option(help="Fill an empty database with a demonstration.")
    ] = False,
) -> None:
    """Bring the database up to date and serve the site."""
    settings = Settings()
    if port and urlsplit(settings.base_url).hostname in LOCAL:
        settings.base_url = f"http://127.0.0.1:{port}"
    _prepare(settings, demo)
    typer.echo(f"Lamplight is at {settings.base_url} (stop it with Ctrl-C)")
    app = create_app(settings)
    gc.freeze()  # what is there from the start stays; no collection need go through it
    uvicorn.run(
        app,
        host=host,
        port=port or urlsplit(settings.base_url).port or 8000,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=10,
        http=Wire,
    )


def _prepare(settings: Settings, demo: bool) -> None:
    database = Database(settings.database_url)
    migrate(database)
    if demo and demonstrating.is_empty(database):
        demonstrating.fill(database, settings)
    database.close()
