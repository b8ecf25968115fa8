"""Readers in browsers flag what an employer answers, one with JavaScript and one without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.db import Database
from app.replies import writing
from app.replies.models import Reply
from app.replies.writing import Hand
from tests import factories
from tests.browser.conftest import Site
from tests.browser.sound import sound
from tests.browser.test_conversation import Colleague
from tests.moderation import desks
from tests.threads.accounts import TODAY, Writer

pytestmark = pytest.mark.browser
THANKS = "The desk has been asked to look at it. Your flag says nothing of who you are."


# tests/threads/test_flagging.py tells the same over HTTP in every run.
@pytest.mark.deep
def test_an_answer_is_flagged_in_a_thread_and_on_the_page_of_an_employer(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    store = Database(site.settings.database_url)
    with store.transaction() as db:
        acme = factories.employer(db, "Acme")
        ann = Hand(acme, desks.staff(db, "ann", "representative").id)
        thread = Writer().open(db, employer=acme).post.id
        writing.write(db, ann, thread, "We pay every hour.", TODAY)
        writing.write(db, ann, None, "We are sixty people.", TODAY)
    for lang, scripts, place, words in (
        ("en", True, f"/threads/{thread.hex()}", "We pay every hour."),
        ("zh", False, "/employers/acme", "We are sixty people."),
    ):
        reader = Colleague(open_browser(lang, scripts=scripts), site, lang)
        reader.joins()
        reader.opens(place)
        if scripts:
            sound(reader.page)
        reader.page.locator("#employer-reply a[href$='/flag']").click()
        expect(reader.page.locator("blockquote")).to_have_text(words)
        if scripts:
            sound(reader.page)
        reader.page.locator("input[value=threat]").check()
        reader.presses("Flag it")
        expect(reader.page.get_by_role("status")).to_have_text(reader.say(THANKS))
        reader.page.get_by_role("link", name=reader.say("Back to the page")).click()
        expect(reader.page.locator("#employer-reply")).to_contain_text(words)
    with store.reading() as db:
        found = [(row.severity, row.state) for row in db.scalars(select(Reply))]
    store.close()
    assert found == [(1, "pending")] * 2
