"""The issuer with keys of two employers, a real mail server, and workers at its counter."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.db import Database
from app.issuing.application import create_issuer
from app.issuing.ceremony import Known
from app.settings import Settings
from tests import keyring
from tests.conftest import browsers_of, wide_budgets
from tests.issuing.wallets import Wallet
from tests.people import Person
from tests.servers import Mailroom, smtp_server

MERIDIAN = Known(b"meridian".ljust(16), "meridian", "Meridian Cloud", "子午云", ("meridian.test",))
LEE = "wei.lee@meridian.test"
HARBOUR = Known(b"harbour".ljust(16), "harbour", "Harbour", None, ("harbour.test",))


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Mailroom]:
    """Start one mail server for this worker."""
    with smtp_server() as room:
        yield room


@pytest.fixture
def post(mail_server: Mailroom) -> Mailroom:
    """Give the mail server with nothing in it."""
    mail_server.received.clear()
    mail_server.answer, mail_server.seconds = "", 0.0
    return mail_server


@pytest.fixture
def settings(settings: Settings, issuer_url: str, post: Mailroom) -> Settings:
    """Give settings of an issuer that can send mail."""
    settings.issuer_database_url = issuer_url
    settings.smtp_url = post.url
    settings.mail_from = "office@letters.test"
    return settings


@pytest.fixture
def issuer(settings: Settings) -> Iterator[FastAPI]:
    """Build the real issuer with keys of this quarter."""
    app = create_issuer(settings, budgets=wide_budgets())
    known = [MERIDIAN, HARBOUR]
    keyring.minted(app.state.database, settings, known, settings.today(), keyring.premade())
    yield app
    app.state.database.close()


@pytest.fixture
def books(issuer: FastAPI) -> Database:
    """Give the issuer's own database."""
    return issuer.state.database


@pytest.fixture
def visitors(issuer: FastAPI) -> Iterator[Callable[..., TestClient]]:
    """Give a maker of clients of the issuer: each a private window without JavaScript."""
    yield from browsers_of(issuer, "https://issuer.test")


@pytest.fixture
def worker(visitors: Callable[..., TestClient]) -> Person:
    """Give somebody at the counter."""
    return Person(visitors())


def asked(person: Person, address: str = LEE) -> Person:
    """Have a code sent to an address."""
    return person.open("/issuer").submit(address=address)


def wallet(person: Person, quarter: str = "2026Q4") -> Wallet:
    """Blind two messages for the keys that the counter serves."""
    return Wallet(person.client.get("/issuer/keys.json").content, MERIDIAN.id, quarter)
