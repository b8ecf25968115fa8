"""The desk in Chromium: thirty cases by keyboard alone, and pages that everybody can use."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from app.db import Database
from app.employers.models import Employer
from app.moderation import cohorts
from app.moderation.cases import path_of
from app.moderation.powers import Role
from app.staff import sessions
from app.staff.current import COOKIE
from app.threads.models import Post
from tests import factories
from tests.browser.conftest import Site
from tests.browser.sound import sound
from tests.moderation import desks, held
from tests.threads.accounts import Writer

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
TODAY = date(2026, 11, 18)
HELD = "Ask manager Zhou Lin directly, his number is 138 1234 5678. Every shift goes over his desk."
# What one sees of a moderator's mouse: not one of these in the whole session.
MICE = """
    window.mice = 0;
    for (const kind of ["pointerdown", "mousedown", "mousemove", "wheel", "touchstart"])
        addEventListener(kind, () => mice++, true);
"""


def sits_down(site: Site, page: Page, role: Role = "moderator") -> None:
    """Sign somebody new in."""
    database = Database(site.settings.database_url)
    with database.transaction() as db:
        token = sessions.start(db, desks.staff(db, f"mira the {role}", role).id, NOW)
    database.close()
    cookie = {"name": COOKIE, "value": token, "url": site.url.replace("http:", "https:")}
    page.context.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Strict"}])


def let_wait(site: Site, many: int, at: str = "Longwharf Logistics") -> list[str]:
    """Let things wait for the desk; return the addresses of their cases."""
    database = Database(site.settings.database_url)
    with database.transaction() as db:
        acme = factories.employer(db, at)
        first = Writer().open(db, "So who signs the extra shifts?", employer=acme).post
        made = [desks.waiting(db, HELD, to=first, severity=1, why="phone,name", state="held")]
        for number in range(1, many):
            text = f"Ms Zhang Wei of the night shift said no, {number} times."
            made.append(desks.waiting(db, text, to=first, severity=2 + number % 3))
    database.close()
    return [path_of("comment", post.id) for post in made]


def let_hold(site: Site) -> str:
    """Let an alarm hold a cohort of the employer that everything else is about; its address."""
    database = Database(site.settings.database_url)
    with database.transaction() as db:
        acme = db.query(Employer).one()
        made = held.hold(db, acme, held.BURST, held.ALIKE, held.SHIFT).id
    database.close()
    return cohorts.path_of(made)


def states(site: Site) -> list[str]:
    """Return the states of all that waited."""
    database = Database(site.settings.database_url)
    with database.reading() as db:
        found = [post.state for post in db.query(Post).where(Post.position > 0, Post.parent == 0)]
        found += [post.state for post in db.query(Post).where(Post.position.is_(None))]
    database.close()
    return found


@pytest.mark.parametrize("cases", [6, pytest.param(30, marks=pytest.mark.deep)])
def test_cases_by_keyboard_alone(site: Site, open_browser: Callable[..., Page], cases: int) -> None:
    let_wait(site, cases + 1)
    page = open_browser(width=1280)
    page.add_init_script(MICE)
    sits_down(site, page)
    page.goto("/desk")
    key = page.keyboard.press
    key("j")
    page.wait_for_url("**/desk/cases/**")
    key("c")
    page.wait_for_selector("#lease[data-left]")
    # The first one is removed, its words said, its statement read; typing is not pressing keys.
    key("r")
    key("2")
    expect(page.locator("#sor")).to_contain_text("addresses, phone, identity")
    page.locator("#words").focus()
    page.keyboard.type("are jacks use")
    key("Escape")
    key("Enter")
    expect(page.locator(".undo")).to_contain_text("Removed")
    for number in range(1, cases):
        before = page.url
        key(("a", "a", "e")[number % 3])
        if number % 3 == 2:
            key("1")
            key("Enter")
        page.wait_for_url(lambda url, before=before: url.partition("?")[0] != before)
    expect(page.locator(".undo")).to_contain_text("Sent back")
    expect(page.locator("[data-pace]")).to_contain_text(f"{cases} in")
    assert page.evaluate("mice") == 0
    found = states(site)
    returned = cases // 3
    told = [found.count(state) for state in ("removed", "returned", "published")]
    assert told == [1, returned, cases - returned - 1]
    # The last decision is taken back, and one case is left besides.
    key("u")
    page.wait_for_url("**/desk/cases/**")
    expect(page.locator("#standing")).to_contain_text("2 waiting")
    assert page.evaluate("mice") == 0


LISTS = (
    *("/desk", "/desk/appeals", "/desk/proposals", "/desk/log", "/desk/help"),
    *("/desk/own", "/desk/prove", "/desk/events", "/desk/events/new"),
)


@pytest.mark.deep
def test_the_lists_of_the_desk_are_sound(site: Site, open_browser: Callable[..., Page]) -> None:
    let_wait(site, 2)
    page = open_browser(width=390)
    sits_down(site, page, "senior")
    for at in (*LISTS, "/desk/cohorts", let_hold(site)):
        page.goto(at)
        sound(page)


@pytest.mark.deep
def test_a_case_is_sound_and_news_takes_nothing_typed(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    path = let_wait(site, 3)[0]
    page = open_browser(width=1280)
    sits_down(site, page, "senior")
    page.goto(path)
    sound(page)
    page.set_viewport_size({"width": 390, "height": 844})
    sound(page)
    page.keyboard.press("r")
    page.fill("#words", "Half a sentence")
    let_wait(site, 2, "Redwillow Commerce")
    with page.expect_response("**/desk/queue?**"):
        page.evaluate(
            "htmx.ajax('GET', document.querySelector('#queue').getAttribute('hx-get'),"
            " {target: '#queue', swap: 'innerMorph'})"
        )
    expect(page.locator("#standing")).to_contain_text("5 waiting")
    assert page.input_value("#words") == "Half a sentence"
