"""A real Chromium against the real site on a real port; every page is watched."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)

from app.db import Database
from app.main import create_app
from app.ops.demo import loading
from app.settings import Settings
from tests.conftest import wide_budgets

# What is looked for comes in milliseconds; a busy machine may take a while.
expect.set_options(timeout=20_000)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Site:
    """A running site: its address, its settings and what its visitors' browsers complained of.

    issuer: the one other address that its visitors may open, where a test runs one.
    """

    url: str
    settings: Settings
    issuer: str = ""
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, else Playwright's own; its event loop ends with this package."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    """Serve an empty, migrated site on a free port."""
    shutil.copy(sqlite_template, tmp_path / "lamplight.db")
    yield from serve(Settings(var=tmp_path, schedule="off", clock="2026-11-18T12:00:00"))


def serve(settings: Settings) -> Iterator[Site]:
    """Serve a site from a thread until the test is done."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings.base_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with running(create_app(settings, budgets=wide_budgets()), listening):
        yield Site(settings.base_url, settings)


@contextmanager
def running(app: FastAPI, listening: socket.socket) -> Iterator[None]:
    """Run an application on a socket from a thread."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def demo_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load a small demonstration once; the tests copy its file."""
    path = tmp_path_factory.mktemp("demo") / "lamplight.db"
    shutil.copy(sqlite_template, path)
    settings = Settings(var=path.parent, clock="2026-11-18T12:00:00")
    database = Database(settings.database_url)
    for _ in loading.load(database, settings, employers=22, reports=1200, threads=12, seed=1):
        pass
    database.close()
    return path


@pytest.fixture
def demo_site(demo_template: Path, tmp_path: Path) -> Iterator[Site]:
    """Serve the demonstration on a free port."""
    shutil.copy(demo_template, tmp_path / "lamplight.db")
    pictures = (demo_template.parent / "evidence").as_uri()
    yield from serve(
        Settings(var=tmp_path, storage_url=pictures, schedule="off", clock="2026-11-18T12:00:00")
    )


@pytest.fixture
def open_browser(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Give a maker of browsers on an empty site."""
    yield from browsers_on(chromium, site)


@pytest.fixture
def open_demo(chromium: Browser, demo_site: Site) -> Iterator[Callable[..., Page]]:
    """Give a maker of browsers on the demonstration."""
    yield from browsers_on(chromium, demo_site)


def browsers_on(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Make browsers: each is one person's, watched for policy and foreign hosts."""
    contexts: list[BrowserContext] = []

    def make(
        lang: str = "en", *, width: int = 390, dark: bool = False, scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            locale={"en": "en-US", "zh": "zh-CN"}[lang],
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            base_url=site.url,
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, site)
        return page

    yield make
    for context in contexts:
        context.close()
    assert site.complaints == []


def watch(page: Page, site: Site) -> None:
    """Note what must not happen: console errors (a broken policy is one), dialogs, strangers."""

    def complain_of(message: ConsoleMessage) -> None:
        # A page that is meant to be a 404 or a 422 says this too; broken parts are seen below.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            site.complaints.append(message.text)

    def complain_of_part(response: Response) -> None:
        if response.status >= 500 or (
            response.status >= 400 and response.request.resource_type != "document"
        ):
            site.complaints.append(f"{response.status} {response.url}")

    page.on("console", complain_of)
    page.on("response", complain_of_part)
    page.on("pageerror", lambda error: site.complaints.append(str(error)))
    page.on("dialog", lambda dialog: site.complaints.append(f"dialog {dialog.message}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((site.url, site.issuer or site.url))
            else site.complaints.append(request.url)
        ),
    )
