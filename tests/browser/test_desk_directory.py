"""The directory and the topics at the desk, on a telephone in both languages; and the sample."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.db import Database
from app.employers.models import Employer
from app.moderation.desk import Verdict
from tests import factories
from tests.browser.conftest import Site
from tests.browser.sound import sound
from tests.browser.test_desk import NOW, sits_down
from tests.moderation import desks

# tests/moderation/test_directory.py and test_sampling.py tell the same over HTTP in every run.
pytestmark = [pytest.mark.browser, pytest.mark.deep]
BOTH = pytest.mark.parametrize("lang", ["en", "zh"])
NEW = ("Acme Kettles", "Meridan Cloud", "Nowhere Mills")


def presses(page: Page, do: str) -> None:
    """Press what does something, and wait for the page that comes of it."""
    with page.expect_navigation():
        page.locator(f"button[value={do}]").first.click()


@pytest.fixture
def known(site: Site) -> Database:
    """Let three employers wait, one of them another spelling of one that is there."""
    database = Database(site.settings.database_url)
    with database.transaction() as db:
        factories.employer(db, "Meridian Cloud", confirmed=True)
        for name in NEW:
            factories.employer(db, name, confirmed=False)
    return database


@BOTH
def test_the_directory_is_worked_through(
    site: Site, open_browser: Callable[..., Page], known: Database, lang: str
) -> None:
    page = open_browser(lang, width=390)
    sits_down(site, page)
    page.goto("/desk/directory")
    sound(page)
    for name, do in ((NEW[0], "confirm"), (NEW[2], "turn_down")):
        page.get_by_role("link", name=name, exact=True).click()
        presses(page, do)
        expect(page).to_have_url(f"{site.url}/desk/directory")
    page.get_by_role("link", name="Meridan Cloud / Meridian Cloud").or_(
        page.get_by_role("link", name="Meridian Cloud / Meridan Cloud")
    ).click()
    sound(page)
    presses(page, "into_other" if page.locator("[value=into_other]").count() else "into_this")
    page.get_by_role("link", name="Meridan Cloud", exact=True).click()
    presses(page, "unmerge")
    page.get_by_role("link", name="Meridan Cloud", exact=True).click()
    sound(page)
    with known.reading() as db:
        found = {each.name: (each.status, each.merged_into_id) for each in db.query(Employer)}
    known.close()
    assert [found[name] for name in NEW] == [
        ("confirmed", None),
        ("unconfirmed", None),
        ("turned_down", None),
    ]


@BOTH
def test_the_topics_are_put_in_order(
    site: Site, open_browser: Callable[..., Page], lang: str
) -> None:
    page = open_browser(lang, width=390)
    sits_down(site, page)
    page.goto("/desk/topics")
    page.fill("#name-new", "Night work")
    presses(page, "add")
    sound(page)  # with what is missing beside its field
    page.fill("#name_zh-new", "夜班")
    presses(page, "add")
    expect(page.locator("#name-night-work")).to_have_value("Night work")
    form = page.locator("form", has=page.locator("#name-night-work"))
    with page.expect_navigation():
        form.locator("[value=retire]").click()
    expect(form.locator("[value=offer]")).to_be_visible()
    sound(page)


@BOTH
def test_the_sample_is_sound(site: Site, open_browser: Callable[..., Page], lang: str) -> None:
    database = Database(site.settings.database_url)
    with database.transaction() as db:
        ines = desks.staff(db, "ines")
        post = desks.waiting(db, "Ask Mr Zhang, 138 1234 5678.", since=desks.TODAY - desks.DAY)
    out = Verdict("remove", "contact", ("138 1234 5678",), "Leave the number out.")
    desks.settled(database, site.settings, ines, post, out, NOW - desks.DAY)
    database.close()
    page = open_browser(lang, width=390)
    sits_down(site, page, "auditor")
    page.goto("/desk/sample")
    sound(page)
    page.locator("main li a").click()
    presses(page, "disagree")
    sound(page)
    page.locator("[value=too_hard]").check()
    presses(page, "disagree")
    expect(page).to_have_url(f"{site.url}/desk/sample")
    expect(page.locator("main .mark")).to_be_visible()
