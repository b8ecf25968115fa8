"""`lamplight staff`: the named accounts, as the operator of the machine makes and ends them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import typer

from app.employers import directory
from app.moderation.appointing import Hand
from app.ops.demo import desk
from app.ops.migrating import opened
from app.ops.telling import fail
from app.settings import Settings
from app.staff import adding
from app.staff.models import ROLES, Role, Staff

commands = typer.Typer(no_args_is_help=True, help="Look after the people of the desk.")

Name = Annotated[str, typer.Argument(help="The name that they sign in with.")]
AsRole = Annotated[Role, typer.Option("--role", help=", ".join(ROLES))]
ToRole = Annotated[Role, typer.Argument(help=", ".join(ROLES))]
Slug = Annotated[str, typer.Argument(help="The employer's address: /employers/SLUG.")]
Whose = Annotated[str, typer.Option("--employer", help="Whom a representative speaks for.")]


@dataclass(frozen=True)
class _Office(Hand):
    """A hand that finds people and employers by name, or ends the command."""

    def somebody(self, name: str) -> Staff:
        found = adding.find(self.db, name)
        if found is None:
            fail(f"nobody of the staff has the name {name!r}.")
        return found

    def employer(self, slug: str) -> bytes:
        found = directory.find(self.db, slug)
        if found is None:
            fail(f"no employer has the address {slug!r}.")
        return found.id

    def represented(self, role: Role, slug: str) -> bytes | None:
        if (role == "representative") != bool(slug):
            fail("a representative, and nobody else, needs --employer.")
        return self.employer(slug) if slug else None


@commands.command("add")
def add(name: Name, role: AsRole, employer: Whose = "") -> None:
    """Make an account, and print the one-time secret with which its owner sets it up."""
    with _office() as office:
        try:
            word = office.hire(name, role, office.represented(role, employer))
        except adding.NotTaken:
            fail(f"{name!r} is taken, or is no name: 2 to 40 letters, digits, '.', '_' and '-'.")
    _hand_over(office, name, word)


@commands.command("renew")
def renew(name: Name) -> None:
    """Have an account set up anew, as when a telephone is lost; what opened it before is over."""
    with _office() as office:
        word = office.renew(office.somebody(name))
    _hand_over(office, name, word)


@commands.command("list")
def listed() -> None:
    """Print name, role and state of everybody, one a line."""
    with _office() as office:
        for staff in adding.everybody(office.db):
            ready = "ready" if staff.password else "not set up"
            typer.echo(f"{staff.name}  {staff.role}  {ready if staff.active else 'disabled'}")


@commands.command("role")
def role(name: Name, role: ToRole, employer: Whose = "") -> None:
    """Give somebody another role; they sign in anew."""
    with _office() as office:
        represented = office.represented(role, employer)
        new = office.change_role(office.somebody(name), role, represented)
    typer.echo(f"{name} is {role} {'from now on' if new else 'already'}.")


@commands.command("disable")
def disable(name: Name) -> None:
    """Turn an account off at once, with all its sessions."""
    with _office() as office:
        new = office.disable(office.somebody(name))
    typer.echo(f"{name} is disabled." if new else f"{name} was disabled already.")


@commands.command("tie")
def tie(name: Name, employer: Slug) -> None:
    """Keep an employer's items from somebody who is tied to it."""
    with _office() as office:
        new = office.tie(office.somebody(name), office.employer(employer))
    typer.echo(f"{name} never gets items of {employer}{'' if new else ' already'}.")


@commands.command("untie")
def untie(name: Name, employer: Slug) -> None:
    """Take back that somebody is tied to an employer."""
    with _office() as office:
        new = office.untie(office.somebody(name), office.employer(employer))
    typer.echo(f"{name} is {'no longer' if new else 'not'} tied to {employer}.")


@commands.command("demo")
def demo() -> None:
    """Print how to sign in to the desk of a demonstration, with the codes of this moment."""
    settings = Settings()
    with opened(settings) as database:
        told = desk.told(database, settings)
    typer.echo(told) if told else fail("this is no demonstration.")


def _hand_over(office: _Office, name: str, word: str) -> None:
    typer.echo(f"{name} sets the account up at {office.settings.base_url}/desk/set-up")
    typer.echo(f"with this one-time secret, within {adding.SETUP_DAYS} days: {word}")


@contextmanager
def _office() -> Iterator[_Office]:
    settings = Settings()
    with opened(settings) as database, database.transaction() as db:
        yield _Office(db, settings)
