"""`lamplight keys`: the ceremony by hand, for an issuer on a machine of its own."""

from typing import Annotated

import typer
from sqlalchemy import select

from app.credentials import chain
from app.credentials.chain import Directory, NotADirectory
from app.credentials.published import Contradiction
from app.db import Database
from app.issuing import ceremony
from app.issuing.models import KnownEmployer
from app.ops.migrating import opened
from app.ops.telling import fail, shown
from app.settings import Settings
from app.upkeep import ceremonies
from app.weeks.quarters import Quarter

commands = typer.Typer(no_args_is_help=True, help="Hold the ceremony of the signing keys.")
_STATES = {"opening": "open since", "withheld": "withheld since", "retired": "retired on"}


@commands.command("mint")
def mint() -> None:
    """Make this quarter's keys: one for each employer with a mail domain, one for the site."""
    settings = Settings()
    quarter = str(Quarter.of(settings.today()))
    with opened(settings) as site, opened(settings, "issuer") as issuer:
        ceremonies.introduce(site, issuer)
        made = _made(issuer, settings, quarter)
    new = f"{made} new keys for {quarter}. Publish, so that everybody knows."
    typer.echo(new if made else f"{quarter} has all its keys.")


def _made(issuer: Database, settings: Settings, quarter: str) -> int:
    """Make the keys that a quarter lacks and return how many those were."""
    with issuer.reading() as db:
        total = len(ceremony.missing(db, quarter))
    steps = ceremony.mint(issuer, settings, quarter)
    return sum(1 for _ in shown(steps, total, "Minting", "keys"))


@commands.command("retire")
def retire(
    employer: Annotated[str, typer.Argument(help="The employer's address: /employers/SLUG.")],
    quarter: Annotated[str, typer.Argument(help="The quarter, such as 2026Q4.")],
) -> None:
    """Retire an employer's key of a quarter for good: nothing it signed counts any more."""
    settings = Settings()
    with opened(settings, "issuer") as issuer, issuer.transaction() as db:
        id = db.scalar(select(KnownEmployer.id).where(KnownEmployer.slug == employer))
        try:
            new = ceremony.retire(db, id or b"", quarter, settings.today())
        except ceremony.NoSuchKey:
            fail(f"{employer!r} has no key of {quarter!r}.")
    state = "is retired. Publish, so that everybody knows" if new else "was retired already"
    typer.echo(f"The key of {employer} for {quarter} {state}.")


@commands.command("list")
def listed() -> None:
    """Print quarter, employer, key and state of every key that is kept, one a line."""
    settings = Settings()
    with opened(settings, "issuer") as issuer, issuer.reading() as db:
        directory = chain.read(ceremony.document(db, settings))
        slugs = {row.id: row.slug for row in db.scalars(select(KnownEmployer))}
    for key in directory.keys.values():
        whose = slugs.get(key.employer, key.name) if key.employer else "(site-wide)"
        typer.echo(f"{key.quarter}  {whose}  {key.id.hex()}  {_state(directory, key.id)}")


@commands.command("publish")
def publish() -> None:
    """Do the week's work: open pools, destroy what is over, give the site the directory."""
    settings = Settings()
    with opened(settings) as site, opened(settings, "issuer") as issuer:
        try:
            new = ceremonies.publish(site, issuer, settings, settings.today())
        except (NotADirectory, Contradiction) as refused:
            fail(f"not published: {refused}.")
    typer.echo("The directory is published." if new else "The published directory is up to date.")


def _state(directory: Directory, key: bytes) -> str:
    events = [event for _, event in directory.events if event.key == key]
    return f"{_STATES[events[-1].kind]} {events[-1].day}" if events else "waiting"
