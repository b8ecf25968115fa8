"""The page that finds: employers and posts, marked words, narrowing, paging, and what it says."""

import html
import logging
import re
from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from app.db import Database
from app.employers import directory, merging
from app.front.search import POSTS
from app.threads.models import Thread
from tests.front.conftest import Town
from tests.people import Person
from tests.threads.accounts import TODAY, Writer

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LATER = date(2027, 1, 5)


@pytest.fixture
def reader(client: TestClient) -> Person:
    return Person(client)


@pytest.fixture
def said(town: Town, database: Database) -> dict[str, str]:
    """Two threads, one of an employer, and comments of two quarters; their addresses by name."""
    town.employer("Meridian Cloud", name_zh="子午云")
    town.employer("Old Meridian")
    ana, bo = Writer(), Writer()
    with database.transaction() as db:
        cloud = directory.find(db, "meridian-cloud")
        first = ana.open(
            db, "They say 加班文化 is **over**.", title="Lights <b>out</b> & 加班", employer=cloud
        ).post
        other = bo.open(db, "Overtime at the B站 office, see the table.", title="Tables").post
        bo.answer(db, first, "Overtime again, every Wednesday.")
        bo.answer(db, first, "Still 加班 in January.", today=LATER)
    return {"first": f"/threads/{first.id.hex()}", "other": f"/threads/{other.id.hex()}"}


def test_words_find_posts_and_names_find_employers(said: dict[str, str], reader: Person) -> None:
    page = reader.open("/search?q=加班")
    assert page.html.index("Jan 5, 2027") < page.html.index("Nov 18, 2026"), "the newest first"
    assert f'href="{said["first"]}#p0"' in page.html
    assert f'href="{said["first"]}#p2"' in page.html
    assert f'href="{said["other"]}' not in page.html
    assert "Lights &lt;b&gt;out&lt;/b&gt; &amp; <mark>加班</mark>" in page.html
    assert "They say <mark>加班</mark>文化 is over." in page.html
    assert 'href="/employers/meridian-cloud">Meridian Cloud</a>' in page.html
    both = reader.open("/search?q=over")
    assert "They say 加班文化 is <mark>over</mark>." in both.html
    assert "Overtime" not in both.text, "whole words only"
    assert said["other"] in reader.open("/search?q=b站").html
    named = reader.open("/search?q=ziwuyun")
    assert "子午云" in named.text
    assert "No post has these words" in named.text


def test_a_search_is_narrowed_by_employer_topic_and_quarter(
    said: dict[str, str], reader: Person, database: Database
) -> None:
    everywhere = reader.open("/search?q=overtime")
    assert said["first"] in everywhere.html
    assert said["other"] in everywhere.html
    about = reader.open("/search?q=overtime&employer=meridian-cloud")
    assert said["first"] in about.html
    assert said["other"] not in about.html
    assert "Only what is said about Meridian Cloud." in about.text
    topic = reader.open("/search?q=overtime&topic=hours")
    assert said["first"] not in topic.html
    assert said["other"] in topic.html
    quarter = reader.open("/search?q=加班&quarter=2027Q1")
    assert "#p2" in quarter.html
    assert "#p0" not in quarter.html
    nonsense = reader.open("/search?q=overtime&employer=x%00&topic=x&quarter=2020Q9&after=x")
    assert said["first"] in nonsense.html
    with database.transaction() as db:
        old, new = (directory.find(db, slug) for slug in ("meridian-cloud", "old-meridian"))
        merging.merge(db, old, new)
    merged = reader.open("/search?q=overtime&employer=old-meridian")
    assert said["first"] in merged.html
    assert 'href="/employers/old-meridian">Old Meridian</a>' in merged.html


@ON_SQLITE
def test_what_cannot_be_searched_is_answered_with_a_sentence(
    said: dict[str, str], reader: Person
) -> None:
    sentences = {
        "": "Words written without a space",
        "班": "One Chinese character is in too many posts",
        "🔥": "Signs and emoji cannot be searched for",
        "x" * 101: "too long to search for",
        "xylophone": "Nothing was found",
        "加班 xylophone": "Nothing was found",
        "\x00": "Words written without a space",
    }
    for asked, sentence in sentences.items():
        answer = reader.client.get("/search", params={"q": asked})
        assert answer.status_code == 200
        assert sentence in answer.text, asked
    chinese = reader.client.get("/search", params={"q": "班", "lang": "zh"})
    assert "单个汉字" in chinese.text


@ON_SQLITE
def test_pages_join_and_hold_nothing_of_the_reader(
    town: Town, database: Database, reader: Person, caplog: pytest.LogCaptureFixture
) -> None:
    writer = Writer()
    with database.transaction() as db:
        thread = writer.open(db, "Start.").post
        for n in range(POSTS + 5):
            writer.answer(db, thread, "Quokka.", today=TODAY - timedelta(days=n))
    caplog.set_level(logging.DEBUG)
    first = reader.client.get("/search?q=quokka&topic=hours")
    assert first.headers["cache-control"].startswith("public")
    assert "set-cookie" not in first.headers
    assert first.text.count("<mark>Quokka</mark>") == POSTS
    again = reader.client.get(
        "/search?q=quokka&topic=hours", headers={"if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304
    following = re.search('rel="next" href="([^"]*)"', first.text)
    assert following
    last = reader.open(html.unescape(following[1]))
    assert last.html.count("<mark>Quokka</mark>") == 5
    assert 'rel="next"' not in last.html
    own = [each.getMessage() for each in caplog.records if not each.name.startswith("httpx")]
    assert not any("quokka" in message.lower() for message in own)


@ON_SQLITE
def test_what_was_withdrawn_is_found_no_more(database: Database, reader: Person) -> None:
    writer, other = Writer(), Writer()
    with database.transaction() as db:
        thread = writer.open(db, "A capybara.", title="Animals").post
        other.answer(db, thread, "Quokka.")
    assert "capybara" in reader.open("/search?q=capybara").html
    with database.transaction() as db:
        writer.withdraw(db, thread.id)
        assert db.get_one(Thread, thread.id).title is None
    assert "Nothing was found" in reader.open("/search?q=capybara").text
    left = reader.open("/search?q=quokka")
    assert "A thread out of sight" in left.text
    assert "Animals" not in left.text
