"""Every page, in both languages and schemes: accessible, within its width, asking nobody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.sound import fits, sound

PUBLIC = (
    "/",
    "/?sort=new",
    "/employers",
    "/employers?q=meridian",
    "/employers?q=nobody-has-this-name",
    "/employers/new",
    "/employers/meridian-cloud",
    "/employers/meridian-cloud?by=self_reported",
    "/employers/alder-robotics",
    "/employers/meridian-cloud/claims",
    "/employers/meridian-cloud/threads",
    "/employers/meridian-cloud/report",
    "/topics",
    "/topics/policy",
    "/search",
    "/search?q=overtime",
    "/search?q=nobody-says-this",
    "/methodology",
    "/privacy",
    "/guidelines",
    "/transparency",
    "/transparency/log",
    "/notice",
    "/notice/receipt",
    "/desk/sign-in",
    "/desk/set-up",
    "/reply",
    "/reply/apply",
    "/join",
    "/sign-in",
    "/credential",
    "/no-such-page",
)
# One of each kind: lists, an employer, a form, a long text, what was found, what is not there.
KINDS = (
    "/",
    "/employers?q=meridian",
    "/employers/meridian-cloud",
    "/employers/meridian-cloud/report",
    "/methodology",
    "/search?q=overtime",
    "/topics/policy",
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


@pytest.mark.parametrize(
    ("lang", "paths"),
    [
        pytest.param("en", KINDS, id="kinds"),
        pytest.param("en", PUBLIC, id="en", marks=pytest.mark.deep),
        pytest.param("zh", PUBLIC, id="zh", marks=pytest.mark.deep),
    ],
)
def test_public_pages_are_sound(
    open_demo: Callable[..., Page], lang: str, paths: tuple[str, ...]
) -> None:
    page = open_demo(lang, width=360)
    page.goto("/")
    thread = page.locator('main a[href^="/threads/"]').filter(has_not_text="Atom").nth(1)
    for path in (*paths, str(thread.get_attribute("href"))):
        page.goto(path)
        sound(page)
        page.set_viewport_size({"width": 1280, "height": 844})
        fits(page)
        page.set_viewport_size({"width": 360, "height": 844})
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


def test_pages_read_without_scripts_and_styles_of_others(open_demo: Callable[..., Page]) -> None:
    page = open_demo("zh", scripts=False)
    for path in PUBLIC[::2]:
        page.goto(path)
        assert page.locator("h1").count() == 1
        fits(page)
