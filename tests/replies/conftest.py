"""What tests of replies stand on: a mail server, a name server, an employer with a domain."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.db import Database
from app.employers import domains
from app.employers.models import Employer
from app.settings import Settings
from app.staff import passwords
from tests import factories
from tests.replies.names import Names, name_server
from tests.servers import Mailroom, smtp_server
from tests.staff.conftest import CHEAP
from tests.staff.people import Colleague


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Mailroom]:
    """Start one mail server for this worker."""
    with smtp_server() as room:
        yield room


@pytest.fixture(scope="session")
def name_servers() -> Iterator[Names]:
    """Start one name server for this worker."""
    with name_server() as names:
        yield names


@pytest.fixture
def names(name_servers: Names) -> Names:
    """Give the name server with nothing in it."""
    name_servers.texts.clear()
    name_servers.silent = False
    return name_servers


@pytest.fixture
def post(mail_server: Mailroom) -> Mailroom:
    """Give the mail server with nothing in it."""
    mail_server.received.clear()
    mail_server.answer = ""
    return mail_server


@pytest.fixture
def settings(
    settings: Settings, post: Mailroom, names: Names, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Give settings of a site that can send mail and ask for names; passwords cost nothing."""
    settings.smtp_url, settings.mail_from = post.url, "desk@lamplight.test"
    settings.nameserver = names.address
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    return settings


@pytest.fixture
def acme(database: Database) -> Employer:
    """Add an employer with a mail domain."""
    with database.transaction() as db:
        employer = factories.employer(db, "Acme")
        domains.add(db, employer, "acme.test")
    return employer


class Speaker(Colleague):
    """Somebody who asks to answer for an employer: a page that is theirs alone."""

    page_path = ""

    def ask(self, address: str, employer: str = "Acme") -> "Speaker":
        """Fill in the first form."""
        self.open("/reply/apply").submit(
            "/reply/apply", employer=employer, name=self.name, address=address
        )
        self.page_path = self.path
        return self

    def step(self, name: str, /, **typed: str) -> "Speaker":
        """Take one step of one's own page."""
        # A browser says that it sends a form even where the form has no field.
        self.post(f"{self.page_path}/{name}", **(typed or {"pressed": "1"}))
        return self

    def prove(self, names: Names, post: Mailroom) -> "Speaker":
        """Let the domain's DNS and the mailbox vouch for oneself."""
        names.texts.setdefault("acme.test", []).append(self.record)
        self.step("record").step("mail")
        assert self.status == 200, self.text
        self.step("code", code=post.received[-1].code)
        assert self.status == 200, self.text
        return self

    @property
    def record(self) -> str:
        """The record that the page asks for."""
        return next(e.text or "" for e in self.page.iter("code") if e.get("id") == "record")

    def begin(self) -> "Speaker":
        """Take the account and set it up as the page says."""
        self.step("account", name=self.name)
        secret = next(e.text or "" for e in self.page.iter("code") if e.get("id") == "secret")
        self.open("/desk/set-up").set_up(secret)
        return self


@pytest.fixture
def speaker(
    app: FastAPI, browsers: Callable[..., TestClient], acme: Employer
) -> Callable[[str], Speaker]:
    """Give a maker of people who ask to answer for Acme."""
    return lambda name: Speaker(app, browsers, name)
