"""The issuer's pages, in both languages: accessible, within their width, asking nobody else."""

import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.issuing.application import create_issuer
from app.mail import CONSOLE
from app.settings import Settings
from tests import keyring
from tests.browser.conftest import Site, browsers_on, running
from tests.browser.sound import fits, sound
from tests.conftest import wide_budgets

pytestmark = pytest.mark.browser
DAY = date(2026, 11, 18)


@pytest.fixture
def counter(issuer_sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    """Run an issuer with one employer."""
    shutil.copy(issuer_sqlite_template, tmp_path / "issuer.db")
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://localhost:{listening.getsockname()[1]}"
    settings = Settings(var=tmp_path, issuer_url=url, smtp_url=CONSOLE, clock=f"{DAY}T12:00:00")
    app = create_issuer(settings, budgets=wide_budgets())
    known = [keyring.employer(1, "e1.example")]
    keyring.minted(app.state.database, settings, known, DAY, keyring.premade())
    with running(app, listening):
        yield Site(url, settings)


@pytest.fixture
def open_counter(chromium: object, counter: Site) -> Iterator[Callable[..., Page]]:
    """Give a maker of browsers at the counter."""
    yield from browsers_on(chromium, counter)


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.deep)])
def test_every_page_of_the_counter_is_sound(open_counter: Callable[..., Page], lang: str) -> None:
    page = open_counter(lang, width=360)
    page.goto("/")
    sound(page)
    ask(page, "a@nowhere.example")
    sound(page)
    ask(page, "a@e1.example")
    expect(page.locator("#blinded")).to_be_hidden()
    show = "(name) => document.querySelector(`[data-wallet-${name}]`).hidden = false"
    for part in ("out", "without"):
        page.evaluate(show, part)
    sound(page)
    assert page.context.cookies() == []


def test_the_way_without_scripts_fits(open_counter: Callable[..., Page]) -> None:
    page = open_counter("zh", width=360, scripts=False)
    page.goto("/")
    ask(page, "a@e1.example")
    fits(page)
    page.fill("#code", "1")
    page.fill("#blinded", "employer")
    page.click("button.go")
    assert page.locator("[aria-invalid=true]").count() == 1
    fits(page)


def ask(page: Page, address: str) -> None:
    """Ask for a code."""
    page.fill("#address", address)
    page.click("button.go")
