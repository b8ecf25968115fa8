"""Pages full of hostile texts in a real browser: nothing of them runs, asks or opens a dialog."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from app.db import Database, random_id
from app.employers.adding import Wanted, add
from app.threads import posting
from app.threads.hand import Asked, Hand, Written
from tests.browser.conftest import Site
from tests.hostile import corpus
from tests.threads.accounts import TODAY, Writer

pytestmark = pytest.mark.browser

FOCUSED = "a[href], button, input, select, textarea, summary, [tabindex]"
# Whoever hovers and goes through a page by the keyboard, with everything that it opens.
TOUCH = """async () => {
  document.querySelectorAll('details').forEach((each) => { each.open = true; });
  for (const each of document.querySelectorAll('main *')) {
    for (const kind of ['mouseover', 'mouseenter', 'pointerover', 'focusin', 'animationend']) {
      each.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
  for (const each of document.querySelectorAll('%s')) each.focus();
  window.scrollTo(0, document.body.scrollHeight);
  await new Promise((done) => setTimeout(done, 50));
}""".replace("%s", FOCUSED)


@pytest.mark.parametrize(
    "every", [pytest.param(240, id="some"), pytest.param(1, id="all", marks=pytest.mark.deep)]
)
def test_nothing_of_them_runs(site: Site, open_browser: Callable[..., Page], every: int) -> None:
    """The watched browser fails the test in its end for a dialog, a stranger or a broken policy."""
    paths = [*written(site, corpus.some(corpus.TAKEN, every))]
    page = open_browser(width=1280)
    page.add_init_script("window.hit = 0; window.alert = () => { window.hit += 1; };")
    page.goto("/join")
    page.locator("main form button").click()
    expect(page.locator(".words li")).to_have_count(12)
    for path in paths:
        page.goto(path)
        expect(page.locator("#mine svg")).to_be_visible()  # htmx has run
        page.evaluate(TOUCH)
        page.locator(".txt").first.hover()
        assert page.evaluate("window.hit") == 0, path
    first = paths[0]
    page.locator(
        f'#p0 a[href*="{first[:20]}"][href$="/reply"], #p0 a[href$="/reply"]'
    ).first.click()
    typed = next(corpus.batches(corpus.some(corpus.TAKEN, max(every, 60)), 3_000))
    page.locator("#reply [name=text]").fill(f"{typed} call 13812345678")
    expect(page.locator("#seen-live")).to_contain_text("13812345678")
    page.locator("#reply button.btn", has_text="Post").last.click()
    expect(page.locator("#warning")).to_be_visible()
    page.evaluate(TOUCH)
    for address in ("/", "/search?q=alert", "/employers/meridian-cloud/threads", "/me"):
        page.goto(address)
        page.evaluate(TOUCH)
    assert page.evaluate("window.hit") == 0


def written(site: Site, texts: tuple[str, ...]) -> Iterator[str]:
    """Write threads whose titles, texts and polls are these, many in each post; give addresses."""
    database = Database(site.settings.database_url)
    writer = Writer()
    hand: Hand = writer.hand
    turn = iter(texts * 40)
    with database.transaction() as db:
        employer = add(db, random_id(), Wanted("Meridian Cloud", confirmed=True))
    for batch in corpus.batches(texts, 9_500):
        with database.transaction() as db:
            choices = [f"{next(turn)[:100]} {number}" for number in range(6)]
            outcome = posting.open_thread(
                db,
                random_id(),
                hand,
                Written(batch),
                title=next(turn)[:119] + "!",
                employer=employer,
                topic="policy",
                poll=Asked(next(turn)[:199] + "?", choices, TODAY, False),
                today=TODAY,
            )
            yield f"/threads/{outcome.post.id.hex()}"
    database.close()
