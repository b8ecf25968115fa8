"""Every page, in both languages and schemes: accessible, within its width, asking nobody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.sound import fits, sound

PUBLIC = (
    "/",
    "/employers",
    "/employers?q=meridian",
    "/employers?q=nobody-has-this-name",
    "/employers/new",
    "/employers/meridian-cloud",
    "/employers/meridian-cloud?by=self_reported",
    "/employers/alder-robotics",
    "/employers/meridian-cloud/claims",
    "/employers/meridian-cloud/report",
    "/methodology",
    "/privacy",
    "/join",
    "/sign-in",
    "/credential",
    "/no-such-page",
)
PRIVATE = (
    "/me",
    "/me/words",
    "/me/close",
    "/threads/new",
    "/credential",
    "/employers/northgate-games/report",
    "/employers/meridian-cloud/report/raise",
)

pytestmark = pytest.mark.browser
# A language changes neither roles nor colours; the Chinese pages' width is looked at below.
LANGUAGES = ["en", pytest.param("zh", marks=pytest.mark.deep)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_public_pages_are_sound(open_demo: Callable[..., Page], lang: str) -> None:
    page = open_demo(lang, width=360)
    for path in PUBLIC:
        page.goto(path)
        sound(page)
    assert page.context.cookies() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workers_pages_are_sound(open_demo: Callable[..., Page], lang: str) -> None:
    page = open_demo(lang, width=360)
    page.goto("/employers/meridian-cloud/report")
    page.locator("[name=city]").select_option(index=1)
    page.locator("[name=role]").select_option("engineering")
    page.get_by_role("button", name={"en": "File it", "zh": "提交"}[lang]).click()
    page.wait_for_selector(".words")
    sound(page)
    for path in PRIVATE:
        page.goto(path)
        sound(page)


def test_wide_pages_fit(open_demo: Callable[..., Page]) -> None:
    page = open_demo("en", width=1280)
    for path in PUBLIC:
        page.goto(path)
        fits(page)


def test_pages_read_without_scripts_and_styles_of_others(open_demo: Callable[..., Page]) -> None:
    page = open_demo("zh", scripts=False)
    for path in PUBLIC:
        page.goto(path)
        assert page.locator("h1").count() == 1
        fits(page)
