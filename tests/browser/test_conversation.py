"""Two people in two browsers: evidence of a promise, an answer, and what is left a quarter later.

One has JavaScript and reads English, the other has neither.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from app.db import Database, random_id
from app.employers.adding import Wanted, add
from app.threads.models import Post
from app.web.languages import translate
from tests.browser.conftest import Site
from tests.browser.sound import sound

pytestmark = pytest.mark.browser

TITLE = "They announced the end of 996. The stand-up moved to 21:15."
TEXT = "In January all of us got the mail. Then manager John Smith moved the stand-up."
SAFE = "In January all of us got the mail."
SHOWN = "A calendar week with a meeting at 21:15 every day"
ANSWER = "我们组也一样，大小周改名叫对齐会，周六照常。"
CALLED = "大小周"
BLACK = (0, 0, 0)


@pytest.mark.deep
def test_a_promise_its_evidence_and_the_quarter_after(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    mei = Colleague(open_browser("en", width=1280), site, "en")
    lin = Colleague(open_browser("zh", scripts=False), site, "zh")
    the_employer(site)

    mei.joins()
    mei.begins_a_thread_about("Meridian Cloud")
    mei.writes(TITLE, TEXT)
    mei.covers_the_names_on(a_screenshot())
    mei.says_what_it_shows(SHOWN)
    mei.is_warned_of("John Smith")
    mei.takes_it_out()
    mei.posts()
    assert "John Smith" not in mei.thread
    assert SAFE in mei.thread
    assert mei.picture_at(0.1, 0.5) == BLACK
    first_name = mei.name_of_the_post(0)

    lin.joins()
    lin.finds_on_the_page_of("子午云", TITLE)
    assert lin.picture_at(0.1, 0.5) == BLACK
    lin.answers(ANSWER)
    answering_name = lin.name_of_the_post(1)
    lin.finds_useful(0, votes=1)
    lin.finds_useful(0, votes=1)

    mei.hears_of(ANSWER[:8])
    mei.finds_useful(1, votes=1)

    three_months_later(site)
    mei.signs_in()
    lin.signs_in()
    assert lin.searches(CALLED) == [TITLE]
    assert lin.searches("stand-up 21:15") == [TITLE]
    assert lin.searches(CALLED, quarter="2026Q4") == [TITLE]

    mei.begins_a_thread_about("Meridian Cloud")
    mei.writes("Has anybody seen double pay on a payslip?", "The reply of October says so.")
    mei.posts()
    lin.opens(mei.page.url)
    lin.answers("没有见过，工资条上只有一行。")
    second = {lin.name_in("en", 0), mei.name_of_the_post(0), lin.name_in("en", 1)}
    assert len(second) == 2, "the same for both readers, and no two writers of one name"
    # One of them may bear the name of before once in ten thousand times, both hardly ever.
    kept = [first_name == mei.name_of_the_post(0), answering_name == lin.name_of_the_post(1)]
    assert not all(kept)
    assert len(tags(site)) == 4, "what names are drawn from is another in each thread"


class Colleague:
    """Somebody who works at Meridian Cloud, at a browser."""

    def __init__(self, page: Page, site: Site, lang: str) -> None:
        """Sit down."""
        self.page, self.site, self.lang, self.words = page, site, lang, ""

    def say(self, message: str, **values: object) -> str:
        """Return what the pages say in this person's language."""
        return translate(self.lang, message, **values)

    @property
    def thread(self) -> str:
        """All that the page says."""
        return self.page.locator("main").inner_text()

    def opens(self, path: str) -> None:
        """Open a page."""
        self.page.goto(path)

    def joins(self) -> None:
        """Get twelve words and write them down."""
        self.opens("/join")
        self.presses("Show me my twelve words")
        self.words = " ".join(self.page.locator(".words li").all_inner_texts())

    def signs_in(self) -> None:
        """Come back with the words."""
        self.opens("/sign-in")
        if self.page.get_by_label(self.say("Your twelve words"), exact=True).count():
            self.page.get_by_label(self.say("Your twelve words"), exact=True).fill(self.words)
            self.presses("Sign in")

    def presses(self, name: str) -> None:
        """Press the one button of a name."""
        self.page.get_by_role("button", name=self.say(name), exact=True).last.click()

    def begins_a_thread_about(self, employer: str) -> None:
        """Go from an employer's page to the form."""
        self.opens("/employers")
        self.page.get_by_role("link", name=employer).first.click()
        self.page.locator('main a[href*="/threads/new"]').first.click()
        expect(self.page.get_by_label(self.say("Employer"), exact=True)).to_have_value(employer)

    def writes(self, title: str, text: str) -> None:
        """Fill in the form."""
        self.page.locator("[name=title]").fill(title)
        self.page.locator("[name=text]").fill(text)

    def covers_the_names_on(self, picture: bytes) -> None:
        """Choose a picture and draw over its left side."""
        self.page.locator("[name=file]").set_input_files(
            {"name": "calendar.png", "mimeType": "image/png", "buffer": picture}
        )
        canvas = self.page.locator("#image canvas")
        expect(canvas).to_be_visible()
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box
        mouse = self.page.mouse
        mouse.move(box["x"] + 2, box["y"] + 2)
        mouse.down()
        mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] - 2)
        mouse.up()
        sound(self.page)
        self.presses("Show it as others will see it")

    def says_what_it_shows(self, words: str) -> None:
        """Give the picture its alternative in words."""
        self.page.locator("[name=alternative]").fill(words)

    def is_warned_of(self, passage: str) -> None:
        """Try to post, and be shown what names somebody."""
        self.presses("Post")
        expect(self.page.locator("#warning mark").first).to_contain_text(passage)
        expect(self.page.locator("[name=alternative]")).to_have_value(SHOWN)
        sound(self.page)

    def takes_it_out(self) -> None:
        """Have the passage removed, and the rest of its sentence too."""
        self.presses("Remove all of it")
        expect(self.page.locator("#warning")).to_have_count(0)
        kept = self.page.locator("[name=text]").input_value()
        assert "Smith" not in kept
        assert kept.startswith(SAFE)

    def posts(self) -> None:
        """Send it."""
        self.presses("Post")
        expect(self.page.locator("#p0")).to_be_visible()

    def finds_on_the_page_of(self, employer: str, title: str) -> None:
        """Go to the employer's page and open the thread there."""
        self.opens("/employers")
        self.page.get_by_role("link", name=employer).first.click()
        self.page.get_by_role("link", name=title).first.click()
        expect(self.page.locator("h1")).to_have_text(title)

    def answers(self, text: str) -> None:
        """Answer the first post."""
        self.page.locator('#p0 a[href$="/reply"]').click()
        self.page.locator("[name=text]").fill(text)
        self.presses("Post")
        expect(self.page.locator("#p1")).to_contain_text(text)

    def finds_useful(self, position: int, votes: int) -> None:
        """Press the vote of a post; pressed again it counts once."""
        self.page.locator(f"#v{position} button[value=give]").click()
        expect(self.page.locator(f"#v{position}")).to_contain_text(str(votes))

    def hears_of(self, words: str) -> None:
        """Find the answer on the own page, and go there."""
        self.opens("/me")
        answer = self.page.locator("main li").filter(has_text=words)
        answer.locator("a").first.click()
        expect(self.page.locator("#p1")).to_contain_text(words)

    def searches(self, words: str, quarter: str = "") -> list[str]:
        """Return the titles of the threads in which the words are found."""
        more = f"&quarter={quarter}" if quarter else ""
        self.opens(f"/search?q={words}{more}")
        found = self.page.locator("main a[href*='/threads/']").filter(has_not_text="Atom")
        return sorted({text.strip() for text in found.all_inner_texts() if text.strip()})

    def name_of_the_post(self, position: int) -> str:
        """Return who wrote a post, as this page says it."""
        return _name(self.page, position)

    def name_in(self, lang: str, position: int) -> str:
        """Return who wrote a post, as the page says it in a language."""
        here = self.page.url
        path = here.partition("#")[0].partition("?")[0]
        self.opens(f"{path}?lang={lang}")
        name = _name(self.page, position)
        self.opens(here)
        return name

    def picture_at(self, x: float, y: float) -> tuple[int, ...]:
        """Return the colour of the shown picture at a place, as everybody gets it."""
        image = self.page.locator("#p0 img")
        assert image.get_attribute("alt") == SHOWN
        answer = self.page.request.get(self.site.url + str(image.get_attribute("src")))
        with Image.open(io.BytesIO(answer.body())) as opened:
            drawn = opened.convert("RGB")
            return drawn.getpixel((int(x * drawn.width), int(y * drawn.height)))  # type: ignore[return-value]  # RGB


def _name(page: Page, position: int) -> str:
    by: Locator = page.locator(f"#p{position} header").first
    return by.locator("b, h3, h4").first.inner_text()


def the_employer(site: Site) -> None:
    """List the employer that both work for."""
    database = Database(site.settings.database_url)
    with database.transaction() as db:
        add(db, random_id(), Wanted("Meridian Cloud", "子午云", confirmed=True))
    database.close()


def tags(site: Site) -> set[bytes | None]:
    """Return the tags of all writers in all threads."""
    database = Database(site.settings.database_url)
    with database.reading() as db:
        found = set(db.scalars(select(Post.nym)))
    database.close()
    return found


def three_months_later(site: Site) -> None:
    """Let it be next quarter; nobody's session lasts as long."""
    site.settings.clock = datetime(2027, 2, 18, 9, tzinfo=UTC).replace(tzinfo=None).isoformat()


def a_screenshot() -> bytes:
    """Draw a calendar with names on its left side."""
    picture = Image.new("RGB", (640, 360), "white")
    pen = ImageDraw.Draw(picture)
    for row in range(6):
        pen.text((20, 20 + 60 * row), f"Zhang Wei {row}", fill="navy")
        pen.rectangle((220, 15 + 60 * row, 620, 60 * row + 60), outline="gray")
        pen.text((240, 25 + 60 * row), "21:15 stand-up", fill="black")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
