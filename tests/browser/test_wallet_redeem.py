"""What the wallet says on /credential of each state, and what leaves the browser."""

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, Route, expect

from app.credentials import text
from tests.browser.conftest import Site
from tests.credentials.standings import Case, cases

pytestmark = pytest.mark.browser
PATH = "/.well-known/credential-keys.json"


class Redeeming:
    """Somebody signed in at /credential; notes what is sent.

    The network is played here, one directory a case; a real one is in the journey.
    """

    def __init__(self, page: Page) -> None:
        """Join, and open the page."""
        page.goto("/join")
        page.locator("main button").click()
        page.goto("/credential")
        self.page, self.document = page, b""
        self.sent: list[Request] = []
        self.words = page.locator("form[data-wallet]").evaluate("(form) => ({ ...form.dataset })")
        page.on("request", lambda r: self.sent.append(r) if r.method == "POST" else None)
        page.route(f"**{PATH}", self.serve)

    def serve(self, route: Route) -> None:
        """Answer with the case's directory."""
        route.fulfill(body=self.document)

    def paste(self, case: Case, content: str = "") -> None:
        """Put a credential into the field on the case's day."""
        self.document = case.document
        self.page.clock.set_fixed_time(f"{case.today}T12:00:00Z")
        self.page.locator("#credential").fill(content or text.write(case.credential))

    def press(self) -> None:
        """Press the button."""
        self.page.locator("main form button").last.click()

    def told(self) -> str:
        """Press the button and read the answer."""
        said = self.page.locator("[data-wallet-say]")
        said.evaluate("(p) => { p.textContent = ''; }")
        self.press()
        expect(said).not_to_have_text("")
        expect(said).not_to_have_text(self.words["sayWorking"])
        return said.inner_text()


def test_each_state_is_said_and_nothing_is_sent_before_the_day(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    worker = Redeeming(open_browser("zh"))
    # One of each: test_wallet_parts.py judges all of the table.
    states = {case.state: case for case in cases()}
    ready = states.pop("ready")
    for state, case in states.items():
        worker.paste(case)
        words = worker.words["sayDay" if state == "named" else f"say{state.title()}"]
        start, _, rest = words.partition("%(day)s")
        told = worker.told()
        assert (told.startswith(start), told.endswith(rest)) == (True, True), state
    worker.paste(ready, "Lamplight credential 1\nsite")
    assert worker.told() == worker.words["sayUnreadable"]
    worker.page.unroute(f"**{PATH}")
    worker.paste(ready)
    assert worker.told() == worker.words["sayUnreachable"]
    site.complaints.remove(f"404 {site.url}{PATH}")
    assert worker.sent == []


def test_on_the_day_one_line_is_sent_and_no_more(open_browser: Callable[..., Page]) -> None:
    worker = Redeeming(open_browser("en"))
    for case in (case for case in cases() if case.name in {"its day", "site-wide"}):
        worker.paste(case)
        with worker.page.expect_navigation():
            worker.press()
        line = case.credential.line("site" if case.label == "site" else "employer")
        assert [parse_qs(r.post_data or "") for r in worker.sent] == [{"credential": [line]}]
        worker.sent.clear()
