"""`lamplight employers` and `lamplight domains`: what the desk does until there is a desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from app.employers import adding, directory, domains
from app.employers.models import Employer
from app.ops.migrating import opened
from app.ops.telling import fail
from app.settings import Settings

employers = typer.Typer(no_args_is_help=True, help="Look after the directory of employers.")
mail_domains = typer.Typer(no_args_is_help=True, help="Say which mail domains mean which employer.")

Slug = Annotated[str, typer.Argument(help="The employer's address: /employers/SLUG.")]


@employers.command("confirm")
def confirm(slug: Slug) -> None:
    """Confirm that an employer exists, so that its figures are shown."""
    with _writing() as db:
        new = adding.confirm(db, _employer(db, slug))
    typer.echo(f"{slug} is confirmed." if new else f"{slug} was confirmed already.")


@mail_domains.command("add")
def add_domain(
    employer: Slug, domain: Annotated[str, typer.Argument(help="A mail domain, such as a.example.")]
) -> None:
    """Let a mail domain mean an employer."""
    with _writing() as db:
        try:
            new = domains.add(db, _employer(db, employer), domain)
        except domains.DomainRefused as refused:
            fail(str(refused))
    typer.echo(f"{domain} means {employer}." if new else f"{domain} meant {employer} already.")


@mail_domains.command("list")
def list_domains(employer: Slug) -> None:
    """Print the mail domains of an employer, one a line."""
    with _writing() as db:
        for domain in domains.listed(db, _employer(db, employer)):
            typer.echo(domain)


def _employer(db: Session, slug: str) -> Employer:
    found = directory.find(db, slug)
    if found is None:
        fail(f"no employer has the address {slug!r}.")
    return found


@contextmanager
def _writing() -> Iterator[Session]:
    with opened(Settings()) as database, database.transaction() as db:
        yield db
