"""The report form in a browser: every change is answered, every state of it is sound."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.db import Database, random_id
from app.employers.adding import Wanted, add
from tests.browser.conftest import Site
from tests.browser.sound import sound

FORM = "/employers/meridian-cloud/report"
pytestmark = pytest.mark.browser


@pytest.fixture
def employer(site: Site) -> None:
    """Add an employer to file for."""
    database = Database(site.settings.database_url)
    with database.transaction() as db:
        add(db, random_id(), Wanted("Meridian Cloud", "子午云", cities=("beijing", "shanghai")))
    database.close()


def test_every_change_is_answered(employer: None, open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto(FORM)
    preview, echo = page.locator("#preview"), page.locator("#echo")
    expect(preview).to_contain_text("55 h present a week, 45 h working.")

    page.fill("#start", "09:00")
    expect(preview).to_contain_text("60 h present a week")
    expect(echo).to_contain_text("09:00 to 21:00, 12 h a day.")
    page.locator("[name=days][value='6']").check(force=True)
    expect(preview).to_contain_text("996.")
    page.get_by_role("button", name="Lunch, 15 minutes more").click()
    expect(page.locator("#lunch")).to_have_value("75")
    expect(preview).to_contain_text("72 h present a week, 58.5 h working.")
    page.fill("#end", "08:45")
    expect(echo).to_contain_text("Leaving in the evening?")
    page.get_by_role("button", name="Use 20:45").click()
    expect(page.locator("#end")).to_have_value("20:45")
    expect(page.locator("#lunch")).to_have_value("75")

    page.select_option("#city", "beijing")
    page.select_option("#role", "engineering")
    page.get_by_role("button", name="File it").click()
    expect(page.locator(".words li")).to_have_count(12)


@pytest.mark.parametrize(
    ("lang", "dark"), [pytest.param("en", False, marks=pytest.mark.deep), ("zh", True)]
)
def test_the_form_is_sound_when_it_complains(
    employer: None, open_browser: Callable[..., Page], site: Site, lang: str, dark: bool
) -> None:
    page = open_browser(lang, width=360, dark=dark)
    page.goto(FORM)
    page.fill("#friday_end", "07:00")
    page.fill("#rest_days", "40")
    page.locator(".preview .go").click()
    expect(page.locator(".errors li")).to_have_count(4)
    sound(page)
    assert [line for line in site.complaints if "422" not in line] == []
    site.complaints.clear()  # Chromium calls a form that comes back a resource that failed


def test_enter_files_the_form_and_presses_no_small_button(
    employer: None, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(scripts=False)
    page.goto(FORM)
    page.select_option("#city", "shanghai")
    page.select_option("#role", "other")
    page.press("#lunch", "Enter")
    expect(page.locator(".words li")).to_have_count(12)
