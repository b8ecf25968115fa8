"""Two people in two browsers: removed, told why, appealed, restored; and the desk learns nothing.

What the moderator and the senior met, pages, addresses and headers, is kept and searched for
anything that would tell that the same person wrote in another thread.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database
from app.employers.models import Employer
from app.moderation.cases import path_of
from app.moderation.powers import Role
from app.threads.models import Post
from tests.browser.conftest import Site
from tests.browser.test_conversation import Colleague, the_employer
from tests.browser.test_desk import sits_down
from tests.moderation import desks
from tests.threads.accounts import Writer

pytestmark = pytest.mark.browser
ELSEWHERE = "Two of us share one desk since March"
TITLE = "Who signs the extra shifts?"
TEXT = "Ask manager Zhou Lin directly. Every shift goes over his desk."
WORDS = "Write of the role; a name finds the person."
ANSWER = "It has been so since spring."
APPEAL = "He is the managing director and signs as such in the annual report."


# tests/moderation/test_appeals.py tells the same over HTTP in every run.
@pytest.mark.deep
def test_removed_told_why_and_restored_while_the_desk_links_nothing(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    mei = Colleague(open_browser(width=1280), site, "en")
    the_employer(site)
    mei.joins()
    elsewhere, other_name = begins(mei, ELSEWHERE, "The one at the window is hers.")
    strange = begun_by_a_stranger(site)
    passed(site, elsewhere, strange)
    thread, name = begins(mei, TITLE, TEXT, warned=True)
    found_useful_and_answered(site, thread)

    ines = Judge(open_browser(width=1280), site)
    ines.opens_the_one_case()
    ines.removes(WORDS)
    mei.opens(thread)
    assert TEXT not in mei.thread
    assert "Removed by the moderators: names a person" in mei.thread

    mei.opens("/me")
    mei.page.locator("summary", has_text="Statement of reasons").click()
    for said in ("Removed: Names a person", "Zhou Lin", WORDS, "You can appeal here until"):
        assert said in mei.thread, said
    mei.page.get_by_role("link", name="Appeal", exact=True).click()
    mei.page.locator("[name=text]").fill(APPEAL)
    mei.presses("Send the appeal")
    expect(mei.page.locator("main")).to_contain_text("Your appeal waits for somebody")

    ines.reads("/desk")
    assert "Nothing waits" in ines.says
    sol = Judge(open_browser(width=1280), site, "senior")
    sol.reads("/desk/appeals")
    sol.opens_the_appeal()
    assert APPEAL in sol.says
    sol.restores("You are right.")

    mei.opens(thread)
    assert TEXT in mei.thread
    assert mei.name_of_the_post(0) == name
    expect(mei.page.locator("#v0")).to_contain_text("1")
    expect(mei.page.locator("#p1")).to_contain_text(ANSWER)
    mei.opens("/me")
    assert "it is back where it stood. You are right." in " ".join(mei.thread.split())

    met = "\n".join((*ines.met, *sol.met)).lower()
    assert name.lower() in met, "a moderator sees the pseudonym of the thread"
    tags = {mei.words, *tags_of(site, thread), *tags_of(site, elsewhere)}
    links = {*tags, ELSEWHERE, other_name, post_id(elsewhere).hex()}
    assert [link for link in links if link.lower() in met] == []
    # Whoever opens both cases finds nothing in common that a stranger's case does not have too.
    one, other, strangers = (ines.words_of(each) for each in (thread, elsewhere, strange))
    # Names are drawn for each thread anew: two of a list of a few hundred nouns may be the same.
    drawn = {*name.split(), *other_name.split()}
    assert {word for word in (one & other) - drawn if len(word) > 3} <= strangers
    assert not any(tag in page for tag in tags for page in ines.met)


class Judge:
    """Somebody of the desk at a browser; all that it shows them is kept."""

    def __init__(self, page: Page, site: Site, role: Role = "moderator") -> None:
        """Sign in."""
        self.page, self.met = page, list[str]()
        sits_down(site, page, role)
        page.on("response", lambda answer: self.met.append(f"{answer.url} {answer.headers}"))

    @property
    def says(self) -> str:
        """What the page says; its whole source is kept."""
        self.met.append(self.page.content())
        return self.page.locator("main").inner_text()

    def reads(self, path: str) -> None:
        """Open a page."""
        self.page.goto(path)
        assert self.says

    def words_of(self, thread: str) -> set[str]:
        """Open the case of a thread and return all that its source is made of."""
        self.reads(path_of("post", post_id(thread)))
        # The pictures of two pseudonyms may share a wall or a window by chance.
        return set(re.findall(r"\w+", re.sub("<svg.*?</svg>", "", self.page.content())))

    def opens_the_one_case(self) -> None:
        """Find it in the queue, where nothing else waits, and take it."""
        self.reads("/desk")
        self.page.keyboard.press("j")
        self.page.wait_for_url("**/desk/cases/**")
        self.page.keyboard.press("c")
        self.page.wait_for_selector("#lease[data-left]")
        assert "name" in self.says

    def removes(self, words: str) -> None:
        """Remove it as one that names a person."""
        self.page.keyboard.press("r")
        self.page.keyboard.press("1")
        self.page.fill("#words", words)
        expect(self.page.locator("#sor")).to_contain_text(words)
        assert words in self.says
        self.decides("Removed")

    def opens_the_appeal(self) -> None:
        """Open the one appeal of the list."""
        self.page.locator("main table a").click()
        self.page.wait_for_selector("#case")

    def restores(self, words: str) -> None:
        """Restore it, with an answer."""
        self.page.keyboard.press("a")
        self.page.fill("#words", words)
        self.decides("Restored")

    def decides(self, done: str) -> None:
        """Confirm what was chosen."""
        self.page.locator("button.go[data-go]").click()
        expect(self.page.locator(".undo")).to_contain_text(done)
        assert done in self.says


def begins(person: Colleague, title: str, text: str, *, warned: bool = False) -> tuple[str, str]:
    """Open a thread; return its address and the name that one bears in it."""
    person.begins_a_thread_about("Meridian Cloud")
    person.writes(title, text)
    if warned:
        person.presses("Post")
        person.presses("Post it anyway")
        expect(person.page.locator("#p0")).to_be_visible()
    else:
        person.posts()
    return person.page.url.partition("#")[0].partition("?")[0], person.name_of_the_post(0)


def post_id(thread: str) -> bytes:
    """Return the id of a thread and of its first post."""
    return bytes.fromhex(thread.rpartition("/")[2])


@contextmanager
def stored(site: Site) -> Iterator[Session]:
    """Look at what the site stores."""
    database = Database(site.settings.database_url)
    with database.transaction() as db:
        yield db
    database.close()


def begun_by_a_stranger(site: Site) -> str:
    """Let somebody else begin a thread about the same employer."""
    with stored(site) as db:
        about = db.scalars(select(Employer)).one()
        post = Writer().open(db, "So were we.", title="Seven", employer=about).post
        return f"/threads/{post.id.hex()}"


def passed(site: Site, *threads: str) -> None:
    """Let somebody of the desk have passed what was written."""
    database = Database(site.settings.database_url)
    with database.transaction() as db:
        desk = desks.staff(db, "early")
        posts = [db.get_one(Post, post_id(thread)) for thread in threads]
        for post in posts:
            post.state = "pending"
    for post in posts:
        desks.settled(database, site.settings, desk, post, desks.APPROVE)
    database.close()


def found_useful_and_answered(site: Site, thread: str) -> None:
    """Let somebody else vote for the first post of a thread and answer it."""
    with stored(site) as db:
        reader, post = Writer(), db.get_one(Post, post_id(thread))
        assert reader.vote(db, post.id) == "given"
        reader.answer(db, post, ANSWER)


def tags_of(site: Site, thread: str) -> set[str]:
    """Return what only the database knows of the posts of a thread: slots and writers' tags."""
    with stored(site) as db:
        posts = db.scalars(select(Post).where(Post.thread_id == post_id(thread))).all()
        return {tag.hex() for post in posts for tag in (post.slot, post.nym) if tag}
