"""Finding an employer in a browser: as you type, by keyboard, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_the_street_follows_what_is_typed(open_demo: Callable[..., Page]) -> None:
    page = open_demo("en", width=1280)
    page.goto("/employers?lang=en")
    page.evaluate("window.stayed = true")
    names = page.locator("#street .name a")
    page.get_by_label("Employer", exact=True).focus()
    page.keyboard.type("ziwuyun")
    expect(names).to_have_text(["Meridian Cloud"])
    expect(page).to_have_url("/employers?q=ziwuyun&lang=en")

    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(page).to_have_url("/employers?lang=en")
    page.get_by_label("City").select_option("Wuxi")
    expect(names).to_have_text(["Ninefold Semiconductor"])
    page.get_by_label("Employer", exact=True).fill("Zephyr")
    expect(page.locator("#street h2")).to_have_text("No employer is known by “Zephyr”")
    assert page.evaluate("window.stayed")

    page.get_by_role("link", name="Add this employer").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Zephyr")


def test_the_form_finds_the_same_without_scripts(open_demo: Callable[..., Page]) -> None:
    page = open_demo("en", scripts=False)
    page.goto("/employers?lang=en")
    page.get_by_label("Employer", exact=True).fill("子午云")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#street .name a")).to_have_text(["Meridian Cloud"])
    assert "lang=en" in page.url


def test_from_the_front_page_to_a_form_in_three_steps(open_demo: Callable[..., Page]) -> None:
    page = open_demo("en")
    page.goto("/")
    page.locator("main").get_by_role("link", name="Report your hours").click()
    page.get_by_label("Employer", exact=True).fill("meridian cloud")
    page.get_by_role("link", name="Meridian Cloud").click()
    expect(page).to_have_url("/employers/meridian-cloud/report")


def test_the_words_behind_a_picture_open_by_keyboard(open_demo: Callable[..., Page]) -> None:
    page = open_demo("en")
    page.goto("/employers/meridian-cloud")
    for figure in page.locator("figure:has(summary)").all():
        expect(figure.locator("table")).to_be_hidden()
        figure.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(figure.locator("table")).to_be_visible()
    assert page.locator("figure table").count() >= 2
