"""`lamplight serve` and `lamplight issuer`: migrate, then answer requests until told to stop."""

from typing import Annotated
from urllib.parse import urlsplit

import typer

from app import mail
from app.credentials.chain import NotADirectory
from app.credentials.published import Contradiction
from app.db import Database
from app.issuing.application import create_issuer
from app.main import create_app
from app.ops import demonstrating, listening
from app.ops.demo import desk
from app.ops.migrating import opened
from app.settings import Settings
from app.upkeep import ceremonies

LOCAL = {"127.0.0.1", "localhost"}
Host = Annotated[str, typer.Option(help="Address to listen on.")]


def serve(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; BASE_URL's unless given.")] = 0,
    demo: Annotated[
        bool, typer.Option(help="Fill an empty database with a demonstration.")
    ] = False,
    with_issuer: Annotated[
        bool, typer.Option("--with-issuer", help="Run the issuer as well, one port further.")
    ] = False,
) -> None:
    """Bring the database up to date and serve the site."""
    settings = Settings()
    if port and urlsplit(settings.base_url).hostname in LOCAL:
        settings.base_url = f"http://127.0.0.1:{port}"
    port = port or urlsplit(settings.base_url).port or 8000
    _prepare(settings, demo)
    servers = [listening.server(create_app(settings), settings, host, port)]
    if with_issuer:
        _prepare_issuer(settings, demo)
        servers.append(_issuer(settings, host, port + 1))
    typer.echo(f"Lamplight is at {settings.base_url} (stop it with Ctrl-C)")
    if with_issuer:
        typer.echo(f"Its issuer is at {settings.issuer_address}/issuer")
    if demo and (told := _of_the_desk(settings)):
        typer.echo(told)
    listening.run(servers)


def issuer(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; ISSUER_URL's unless given.")] = 0,
) -> None:
    """Bring the issuer's database up to date and serve the issuer alone."""
    settings = Settings()
    if port and not settings.issuer_url:
        settings.issuer_url = f"http://localhost:{port}"
    _prepare_issuer(settings, demo=False)
    typer.echo(f"The issuer is at {settings.issuer_address}/issuer (stop it with Ctrl-C)")
    listening.run([_issuer(settings, host, port or 8001)])


def _issuer(settings: Settings, host: str, port: int) -> listening.Server:
    """Make the issuer's server; a port in its own address wins."""
    own = urlsplit(settings.issuer_address).port or port
    return listening.server(create_issuer(settings), settings, host, own)


def _prepare(settings: Settings, demo: bool) -> None:
    with opened(settings) as database:
        if demo and demonstrating.is_empty(database):
            demonstrating.fill(database, settings)


def _of_the_desk(settings: Settings) -> str:
    database = Database(settings.database_url)
    try:
        return desk.told(database, settings)
    finally:
        database.close()


def _prepare_issuer(settings: Settings, demo: bool) -> None:
    """Migrate; for a demonstration, have keys from the first page on, and print mails."""
    with opened(settings, "issuer") as own:
        if demo:
            settings.smtp_url = settings.smtp_url or mail.CONSOLE
            _have_keys(settings, own)


def _have_keys(settings: Settings, own: Database) -> None:
    """Hold the ceremony now; a directory that the site must not take stops nothing else."""
    site = Database(settings.database_url)
    typer.echo("Making the keys of this quarter, where any is missing.")
    try:
        ceremonies.weekly(site, own, settings, settings.today())
    except (NotADirectory, Contradiction) as refused:
        typer.echo(f"lamplight: the directory of keys is not published: {refused}.", err=True)
    site.close()
