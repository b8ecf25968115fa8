"""From two mailboxes to two badges: one by keyboard in English, one without JavaScript in Chinese.

Site and issuer run as they do in production: two applications, two databases, two host names.
"""

import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select

from app.credentials import chain, published, text
from app.credentials.models import SpentCredential
from app.db import Database, random_id
from app.employers import domains
from app.employers.adding import Wanted, add
from app.issuing.application import create_issuer
from app.issuing.models import SigningKey
from app.settings import Settings
from app.upkeep import ceremonies
from tests.browser.conftest import Site, browsers_on, running, serve
from tests.credentials.standings import cases
from tests.issuing.conftest import wide_budgets
from tests.servers import Mailroom, smtp_server

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@dataclass
class Town:
    """A site, its issuer, a mail server, and the week's ceremony."""

    site: Site
    post: Mailroom
    databases: tuple[Database, Database]

    def hold(self, day: str) -> None:
        """Let a day come, and hold its ceremony."""
        self.come(day)
        ceremonies.weekly(*self.databases, self.site.settings, date.fromisoformat(day))

    def come(self, day: str) -> None:
        """Let a day come."""
        self.site.settings.clock = f"{day}T09:00:00"

    def named(self, credential: text.Credential) -> date:
        """Return the day that a credential names by the directory as published."""
        with self.databases[0].reading() as db:
            directory = published.current(db)
        signed = credential.signed["employer"]
        opening = directory.first(signed.key, "opening")
        return chain.named_day(opening.day, signed.prepared)


@pytest.fixture
def town(sqlite_template: Path, issuer_sqlite_template: Path, tmp_path: Path) -> Iterator[Town]:
    """Run a site with one employer, and its issuer under another host name."""
    shutil.copy(sqlite_template, tmp_path / "lamplight.db")
    shutil.copy(issuer_sqlite_template, tmp_path / "issuer.db")
    counter = socket.create_server(("127.0.0.1", 0))
    settings = Settings(
        var=tmp_path,
        schedule="off",
        issue_min=2,
        issuer_url=f"http://localhost:{counter.getsockname()[1]}",
        mail_from="office@letters.test",
    )
    site_database = Database(settings.database_url)
    databases = site_database, Database(settings.issuer_database_url)
    with site_database.transaction() as db:
        employer = add(db, random_id(), Wanted("Meridian Cloud", "子午云"))
        domains.add(db, employer, "meridian.example")
    with smtp_server() as post:
        settings.smtp_url = post.url
        with running(create_issuer(settings, budgets=wide_budgets()), counter):
            for site in serve(settings):
                site.issuer = settings.issuer_address
                made = Town(site, post, databases)
                made.hold("2026-11-18")
                yield made
    for database in databases:
        database.close()


@pytest.fixture
def open_town(chromium: object, town: Town) -> Iterator[Callable[..., Page]]:
    """Give a maker of browsers in the town."""
    yield from browsers_on(chromium, town.site)


def test_two_colleagues_prove_where_they_work(
    town: Town, open_town: Callable[..., Page], tmp_path: Path
) -> None:
    ann = Keyboard(open_town("en"), town, tmp_path)
    ann.join()
    ann.take_a_credential("ann@meridian.example")
    expect(ann.choose_file()).to_contain_text("Too few people have one yet.")

    lin = Pasting(open_town("zh", scripts=False), town, tmp_path)
    lin.join()
    lin.take_a_credential("lin@meridian.example")
    assert lin.look() == "Its pool has not opened. Look again on 2026-11-23 or later."
    town.hold("2026-11-23")

    days = {one: town.named(one.credential()) for one in (ann, lin)}
    ann.sign_in()
    named = f"Come back on {days[ann]:%B} {days[ann].day}, {days[ann].year}"
    expect(ann.choose_file()).to_contain_text(named)
    ann.press("Redeem it")
    expect(ann.page.locator("[data-wallet-say]")).to_contain_text(named)
    assert lin.look().startswith(f"Redeem it on {days[lin]} or later")

    for one, said in sorted(
        ((ann, "Verified at Meridian Cloud"), (lin, "已验证在子午云工作")),
        key=lambda each: days[each[0]],
    ):
        town.come(days[one].isoformat())
        one.sign_in()
        one.redeem()
        expect(one.page.locator("h1")).to_have_text(said)
        one.open("/me")
        expect(one.page.locator("main")).to_contain_text(said)
    assert_only_one_line_of_each_was_shown(town, ann.credential(), lin.credential())
    assert len(town.post.received) == 2
    # The wrong code's answer, which the browser notes as a failure to load.
    town.site.complaints.remove(f"422 {town.site.issuer}/issuer/sign")


def assert_only_one_line_of_each_was_shown(town: Town, *kept: text.Credential) -> None:
    """Hold what the site spent against what the two kept; the issuer counted each once."""
    with town.databases[0].reading() as db:
        spent = set(db.scalars(select(SpentCredential.key)))
    assert spent == {one.signed["employer"].key for one in kept}
    with town.databases[1].reading() as db:
        assert sorted(db.scalars(select(SigningKey.gathered))) == [0, 2]


class Worker:
    """What both do alike: twelve words, a mailbox."""

    def __init__(self, page: Page, town: Town, folder: Path) -> None:
        """Sit down at a browser."""
        self.page, self.town, self.folder, self.words = page, town, folder, ""
        self.file = folder / f"{type(self).__name__}.txt"

    def open(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.town.site.url + path)

    def credential(self) -> text.Credential:
        """Read the file that was kept."""
        return text.read(self.file.read_text("utf-8"))

    def code(self, address: str) -> str:
        """Read the newest mail."""
        mail = self.town.post.received[-1]
        assert mail.recipients == [address]
        return mail.code


class Keyboard(Worker):
    """Somebody with JavaScript and no pointer: Tab, Enter and letters."""

    def join(self) -> None:
        """Get twelve words and be signed in."""
        # From the start: a chooser that opens before anybody listens is lost.
        self.page.on("filechooser", lambda chooser: chooser.set_files(self.file))
        self.look_at_the_clock()
        self.open("/join")
        self.press("Show me my twelve words")
        expect(self.page.locator(".words li")).to_have_count(12)
        self.words = " ".join(self.page.locator(".words li").all_inner_texts())

    def look_at_the_clock(self) -> None:
        """Let the browser's clock agree with the town's."""
        self.page.clock.set_fixed_time(f"{self.town.site.settings.clock}Z")

    def sign_in(self) -> None:
        """Come back later."""
        self.look_at_the_clock()
        self.open("/sign-in")
        self.type(self.page.get_by_label("Your twelve words"), self.words)
        self.press("Sign in")
        expect(self.page.locator("h1")).to_have_text("My page")

    def take_a_credential(self, address: str) -> None:
        """Go to the issuer, lose its first answer, and keep the file of the second."""
        self.open("/credential")
        self.reach(self.page.get_by_role("link", name="Go to the issuer"))
        self.page.keyboard.press("Enter")
        self.type(self.page.get_by_label("Your work address"), address)
        self.press("Send me a code")
        expect(self.page.get_by_label("Two blinded lines")).to_be_hidden()
        code = self.page.get_by_label("Six digits")
        said = self.page.get_by_role("status")

        self.type(code, "000000")
        self.page.route("**/issuer/keys.json", serve_another_directory, times=1)
        self.page.keyboard.press("Enter")
        expect(said).to_contain_text("Do not go on")
        assert self.page.evaluate("sessionStorage.length") == 0
        self.page.keyboard.press("Enter")
        expect(said).to_contain_text("code")
        expect(code).to_be_focused()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(self.code(address))
        self.page.route("**/issuer/sign", lose_the_answer, times=1)
        self.page.keyboard.press("Enter")
        expect(said).to_contain_text("could not be reached")
        self.page.reload()
        self.type(code, self.code(address))
        self.page.keyboard.press("Enter")
        expect(said).to_contain_text("Done.")
        expect(self.page.locator("[data-wallet-out]")).to_be_focused()
        with self.page.expect_download() as download:
            self.press("Keep it as a file", "link")
        assert download.value.suggested_filename == "lamplight Meridian Cloud 2026Q4.txt"
        download.value.save_as(self.file)
        assert (
            self.file.read_text("utf-8") == self.page.get_by_label("Your credential").input_value()
        )
        assert self.page.evaluate("sessionStorage.length") == 0

    def choose_file(self) -> Locator:
        """Open the kept file on the site; return what the wallet says."""
        self.open("/credential")
        self.reach(self.page.get_by_label("The file that you kept"))
        self.page.keyboard.press("Space")
        return self.page.locator("[data-wallet-say]")

    def redeem(self) -> None:
        """Show the kept file."""
        expect(self.choose_file()).to_contain_text("Everything agrees.")
        self.press("Redeem it")

    def press(self, name: str, role: str = "button") -> None:
        """Go to a button and press it."""
        self.reach(self.page.locator("main").get_by_role(role, name=name))  # type: ignore[arg-type]
        self.page.keyboard.press("Enter")

    def type(self, field: Locator, letters: str) -> None:
        """Go to a field and type."""
        self.reach(field)
        self.page.keyboard.type(letters)

    def reach(self, wanted: Locator) -> None:
        """Go on by Tab until something has the focus."""
        for _ in range(60):
            if wanted.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{wanted} is out of reach")


def serve_another_directory(route: Route) -> None:
    """Put a second key of the same employer into the directory."""
    case = next(case for case in cases() if case.name == "second key")
    route.fulfill(body=case.document, content_type="application/json")


def lose_the_answer(route: Route) -> None:
    """Let a request through, and its answer be lost."""
    assert route.fetch().status == 200
    route.abort()


class Pasting(Worker):
    """Somebody without JavaScript, with a terminal."""

    def join(self) -> None:
        """Get twelve words and be signed in."""
        self.open("/join")
        self.page.locator("main button").click()
        self.words = " ".join(self.page.locator(".words li").all_inner_texts())

    def sign_in(self) -> None:
        """Come back later."""
        self.open("/sign-in")
        self.page.locator("#phrase").fill(self.words)
        self.page.locator("main button").click()
        expect(self.page.locator("h1")).to_have_text("我的")

    def take_a_credential(self, address: str) -> None:
        """Run what the issuer's pages say, and paste out and in."""
        self.page.goto(f"{self.town.site.issuer}/issuer")
        self.page.locator("#address").fill(address)
        self.page.locator("main button").click()
        expect(self.page.locator("[data-wallet-out]")).to_be_hidden()
        self.page.locator("#code").fill(self.code(address))
        blinded = self.run(self.page.locator("main code").inner_text())
        self.page.locator("#blinded").fill(blinded)
        self.page.locator("main button:visible").click()
        (self.folder / "answer.txt").write_text(self.page.locator("#signatures").input_value())
        finish, self.ready = self.page.locator("main pre code").inner_text().splitlines()
        self.run(finish)
        (self.folder / "credential.txt").rename(self.file)

    def look(self) -> str:
        """Ask the wallet where the credential stands."""
        day = self.town.site.settings.clock[:10]
        asked = self.ready.replace("credential.txt", str(self.file))
        return self.run(f"{asked} --today {day}").strip()

    def redeem(self) -> None:
        """Paste the one line."""
        self.open("/credential")
        self.page.locator("#credential").fill(self.look())
        self.page.locator("main form button").click()

    def run(self, command: str) -> str:
        """Run a command as shown, with nothing installed."""
        lamplight, wallet, *words = shlex.split(command)
        assert (lamplight, wallet) == ("lamplight", "wallet")
        plain = [sys.executable, "-S", "-E", "-s", "-c", IN_CLONE, str(ROOT), *words]
        done = subprocess.run(plain, cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout


# As `python3 -m app.credentials.wallet` in a clone, with the files of the worker's own folder.
IN_CLONE = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from app.credentials.wallet import main
sys.exit(main())
"""
