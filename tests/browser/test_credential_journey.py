"""From two mailboxes to two badges, by keyboard only: one with JavaScript, one without.

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
from functools import partial
from pathlib import Path
from typing import Literal

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
from app.web.languages import translate
from tests.browser.conftest import Site, browsers_on, running, serve
from tests.browser.sound import sound
from tests.conftest import wide_budgets
from tests.credentials.standings import cases
from tests.servers import Mailroom, smtp_server

ROOT = Path(__file__).parents[2]
Lang = Literal["en", "zh"]
EMPLOYER = {"en": "Meridian Cloud", "zh": "子午云"}
# What the two pages say, as their templates have it.
STRANGER = (
    "Do not go on: the directory of keys is not one for everybody. Load this page again; "
    "if this stays, tell others."
)
UNREACHABLE = "The site could not be reached. Nothing is lost: try again."
DONE = "Done. Keep it now: it is shown once."
WRONG = "This is not the code. Tries left: %(left)s."
WAITING = (
    "Too few colleagues have one yet. Keep the file and look again on %(day)s. Nothing was sent."
)
NAMED = (
    "Come back on %(day)s or later: that day was drawn for you, so that nobody can tell when "
    "you got it. Nothing was sent."
)
READY = "Everything agrees. You can send it: only the one line that is needed goes out."
pytestmark = pytest.mark.browser


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


@pytest.mark.deep  # its parts are in test_wallet_*.py and test_issuer_pages.py
@pytest.mark.parametrize(("scripted", "plain"), [("en", "zh"), ("zh", "en")])
def test_two_colleagues_prove_where_they_work(
    town: Town, open_town: Callable[..., Page], tmp_path: Path, scripted: Lang, plain: Lang
) -> None:
    ann = Scripted(open_town(scripted), town, tmp_path, scripted)
    ann.join()
    ann.take_a_credential("ann@meridian.example")
    monday = spelt(date(2026, 11, 23), scripted)
    expect(ann.choose_file()).to_have_text(ann.words(WAITING, day=monday))

    lin = Pasting(open_town(plain, scripts=False), town, tmp_path, plain)
    lin.join()
    lin.take_a_credential("lin@meridian.example")
    assert lin.look() == "Its pool has not opened. Look again on 2026-11-23 or later."
    town.hold("2026-11-23")

    days = {one: town.named(one.credential()) for one in (ann, lin)}
    named = ann.words(NAMED, day=spelt(days[ann], scripted))
    ann.sign_in()
    expect(ann.choose_file()).to_have_text(named)
    ann.press("Redeem it")
    expect(ann.page.locator("[data-wallet-say]")).to_have_text(named)
    assert lin.look().startswith(f"Redeem it on {days[lin]} or later")

    for one in sorted((ann, lin), key=lambda each: days[each]):
        town.come(days[one].isoformat())
        one.sign_in()
        one.redeem()
        badge = one.words("Verified at %(name)s", name=EMPLOYER[one.lang])
        expect(one.page.locator("h1")).to_have_text(badge)
        one.open("/me")
        expect(one.page.locator("main")).to_contain_text(badge)
    assert_only_one_line_of_each_was_shown(town, ann.credential(), lin.credential())
    assert len(town.post.received) == 2
    # The wrong code's answer, which the browser notes as a failure to load.
    town.site.complaints.remove(f"422 {town.site.issuer}/issuer/sign")


def spelt(day: date, lang: Lang) -> str:
    """Spell a day as the wallet does."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day:%B} {day.day}, {day.year}"


def assert_only_one_line_of_each_was_shown(town: Town, *kept: text.Credential) -> None:
    """Hold what the site spent against what the two kept; the issuer counted each once."""
    with town.databases[0].reading() as db:
        spent = set(db.scalars(select(SpentCredential.key)))
    assert spent == {one.signed["employer"].key for one in kept}
    with town.databases[1].reading() as db:
        assert sorted(db.scalars(select(SigningKey.gathered))) == [0, 2]


class Worker:
    """Somebody with a mailbox and no pointer: Tab, Enter, letters and pasting."""

    def __init__(self, page: Page, town: Town, folder: Path, lang: Lang) -> None:
        """Sit down at a browser."""
        self.page, self.town, self.folder, self.lang, self.phrase = page, town, folder, lang, ""
        self.words = partial(translate, lang)
        self.file = folder / f"{type(self).__name__}.txt"
        # From the start: a chooser that opens before anybody listens is lost.
        page.on("filechooser", lambda chooser: chooser.set_files(self.file))

    def open(self, path: str) -> None:
        """Open a page of the site, on the day that it is."""
        self.page.clock.set_fixed_time(f"{self.town.site.settings.clock}Z")
        self.page.goto(self.town.site.url + path)

    def join(self) -> None:
        """Get twelve words and be signed in."""
        self.open("/join")
        self.press("Show me my twelve words")
        expect(self.page.locator(".words li")).to_have_count(12)
        self.phrase = " ".join(self.page.locator(".words li").all_inner_texts())

    def sign_in(self) -> None:
        """Come back later."""
        self.open("/sign-in")
        self.type("Your twelve words", self.phrase)
        self.press("Sign in")
        expect(self.page.locator("h1")).to_have_text(self.words("My page"))

    def ask_for_a_code(self, address: str) -> str:
        """Go to the issuer, give an address, read the mail."""
        self.open("/credential")
        self.press("Go to the issuer", "link")
        self.type("Your work address", address)
        self.press("Send me a code")
        expect(self.page.locator("h1")).to_have_text(self.words("Type the code"))
        mail = self.town.post.received[-1]
        assert mail.recipients == [address]
        return mail.code

    def credential(self) -> text.Credential:
        """Read the file that was kept."""
        return text.read(self.file.read_text("utf-8"))

    def press(self, name: str, role: Literal["button", "link"] = "button") -> None:
        """Go to a button and press it."""
        main = self.page.locator("main")
        self.reach(main.get_by_role(role, name=self.words(name), exact=True))
        self.page.keyboard.press("Enter")

    def type(self, label: str, letters: str) -> None:
        """Go to a field and put letters into it."""
        self.reach(self.page.get_by_label(self.words(label), exact=True))
        self.page.keyboard.insert_text(letters)

    def reach(self, wanted: Locator) -> None:
        """Go on by Tab until something has the focus."""
        for _ in range(60):
            if wanted.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{wanted} is out of reach")


class Scripted(Worker):
    """Somebody with JavaScript."""

    def take_a_credential(self, address: str) -> None:
        """Keep the file, after another directory, a wrong code, and an answer lost."""
        right = self.ask_for_a_code(address)
        expect(self.page.locator("#blinded")).to_be_hidden()
        said, code = self.page.get_by_role("status"), self.page.locator("#code")

        self.type("Six digits", "000000")
        self.page.route("**/issuer/keys.json", serve_another_directory, times=1)
        self.page.keyboard.press("Enter")
        expect(said).to_have_text(self.words(STRANGER))
        assert self.page.evaluate("sessionStorage.length") == 0
        self.page.keyboard.press("Enter")
        expect(code).to_have_attribute("aria-invalid", "true")
        expect(code).to_have_accessible_description(self.words(WRONG, left=4))
        expect(code).to_be_focused()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(right)
        self.page.route("**/issuer/sign", lose_the_answer, times=1)
        self.page.keyboard.press("Enter")
        expect(said).to_have_text(self.words(UNREACHABLE))
        self.page.reload()
        self.type("Six digits", right)
        self.page.keyboard.press("Enter")
        expect(said).to_have_text(self.words(DONE))
        expect(self.page.locator("h1")).to_have_text(self.words("Keep your credential"))
        expect(code).to_be_hidden()
        expect(self.page.locator("a[download]")).to_be_focused()
        sound(self.page)
        with self.page.expect_download() as download:
            self.press("Keep it as a file", "link")
        assert download.value.suggested_filename == "lamplight Meridian Cloud 2026Q4.txt"
        download.value.save_as(self.file)
        assert self.file.read_text("utf-8") == self.page.locator("#credential").input_value()
        assert self.page.evaluate("sessionStorage.length") == 0

    def choose_file(self) -> Locator:
        """Open the kept file on the site; return what the wallet says."""
        self.open("/credential")
        self.reach(self.page.get_by_label(self.words("The file that you kept")))
        self.page.keyboard.press("Space")
        return self.page.locator("[data-wallet-say]")

    def redeem(self) -> None:
        """Show the kept file."""
        expect(self.choose_file()).to_have_text(self.words(READY))
        self.press("Redeem it")


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

    def take_a_credential(self, address: str) -> None:
        """Run what the issuer's pages say, and paste out and in."""
        right = self.ask_for_a_code(address)
        expect(self.page.locator("[data-wallet-out]")).to_be_hidden()
        blinded = self.run(self.page.locator("main code").inner_text())
        self.type("Six digits", right)
        self.type("Two blinded lines", blinded)
        self.press("Get my credential")
        expect(self.page.locator("h1")).to_have_text(self.words("Signed"))
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
        self.type("Credential", self.look())
        self.press("Redeem it")

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
