"""`lamplight serve`: migrate, then answer requests until told to stop."""

from typing import Annotated
from urllib.parse import urlsplit

import typer
import uvicorn

from app.db import Database
from app.main import create_app
from app.ops.migrating import migrate
from app.settings import Settings


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
) -> None:
    """Migrate the database and serve the site (port: BASE_URL's unless given)."""
    settings = Settings()
    if port:
        settings.base_url = settings.base_url if _foreign(settings) else f"http://{host}:{port}"
    database = Database(settings.database_url)
    migrate(database)
    database.close()
    typer.echo(f"Lamplight is at {settings.base_url}")
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port or urlsplit(settings.base_url).port or 8000,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=32_768,
    )


def _foreign(settings: Settings) -> bool:
    return urlsplit(settings.base_url).hostname not in {"127.0.0.1", "localhost"}
