"""/me: what an account said, who answered it, and that closing withdraws it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from app.db import Database
from app.members.models import Account
from app.settings import Settings
from app.threads.models import Post, Vote
from tests.conftest import SQLITE_FIRST
from tests.people import Person

LATE = "The lamp over my desk is never off."


@pytest.fixture
def people(browsers: Callable[..., TestClient]) -> Callable[..., Person]:
    """Give a maker of people who have joined."""
    return lambda lang="en": Person(browsers(lang)).open("/join").submit()


def say(person: Person, title: str, text: str = LATE, **more: str) -> str:
    """Open a thread on working hours and give its address."""
    person.open("/threads/new?topic=hours").submit(title=title, text=text, **more)
    assert person.status == 200, person.errors
    return person.path


def answer(person: Person, thread: str, text: str) -> Person:
    """Answer the first post of a thread."""
    form = f"{thread}/{thread[-32:]}/reply"
    return person.open(form).submit(form, text=text)


@SQLITE_FIRST
def test_ones_own_words_and_their_answers_are_found_and_withdrawn_with_the_account(
    people: Callable[..., Person], database: Database
) -> None:
    writer, reader = people(), people("zh")
    assert "Nothing said yet." in writer.open("/me").text
    thread = say(writer, "Lights out at seven")
    assert "None this week." in writer.open("/me").text
    answer(reader, thread, "八点还亮着。")
    answer(writer, thread, "Mine too.")
    reader.post(f"{thread}/{thread[-32:]}/vote", vote="give")

    text = writer.open("/me").text
    answers, own = text.split("My threads and comments")
    assert "八点还亮着。" in answers
    assert "Mine too." not in answers
    assert own.index("Mine too.") < own.index(LATE)
    assert "1 vote" in own
    for ending in ("/edit", "/withdraw"):
        assert writer.html.count(f'{ending}"') == 2
    assert "八点还亮着" in reader.open("/me").text
    assert LATE not in reader.text
    kept = writer.client.get("/me.json").json()
    assert [post["text"] for post in kept["posts"]] == ["Mine too.", LATE]
    assert [post["text"] for post in kept["answers"]] == ["八点还亮着。"]
    assert "votes and answers to polls stay" in writer.open("/me/close").text.lower()
    assert "Your 2 threads and comments are withdrawn" in writer.text
    assert "withdraw some yourself on other days first" in writer.text

    writer.submit("/me/close")
    assert writer.status == 200
    page = reader.open(thread)
    assert LATE not in page.html
    assert "八点还亮着。" in page.text
    assert "Lights out" not in reader.open("/").text
    with database.reading() as db:
        words = [text for text in db.scalars(select(Post.text)) if text]
        assert words == ["八点还亮着。"]
        assert db.scalar(select(func.count()).select_from(Vote)) == 1
        assert db.scalar(select(func.count()).select_from(Account)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_waits_says_within_what_time_it_appears(people: Callable[..., Person]) -> None:
    writer = people()
    say(writer, "Not yet", later="three_days")
    text = writer.open("/me").text
    assert "Waits: appears within " in text
    assert "Not yet" in text
    assert writer.client.get("/me.json").json()["posts"][0]["state"] == "delayed"
    assert "Not yet" not in people().open("/").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_answers_are_new_for_seven_days(
    people: Callable[..., Person], database: Database, settings: Settings
) -> None:
    writer, reader = people(), people()
    answer(reader, say(writer, "Lights out"), "Ours are on.")
    for days, new in ((7, True), (8, False)):
        with database.transaction() as db:
            day = settings.today() - timedelta(days=days)
            db.execute(update(Post).where(Post.parent.is_not(None)).values(day=day))
        assert ("Ours are on." in writer.open("/me").text) is new
