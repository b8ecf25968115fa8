"""Somebody opens a thread: about what, in which words, as whom."""

from collections.abc import Callable
from datetime import UTC, date, timedelta

import pytest
from sqlalchemy import select

from app.db import Database
from app.threads.models import DelayedPost, Poll, PollChoice, Post, Thread
from app.upkeep import appearing
from tests.people import Person
from tests.threads.talk import NEW, POLL, SAID, TEXT, TITLE

FORM = {"content-type": "application/x-www-form-urlencoded"}
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def threads(database: Database) -> list[Thread]:
    with database.reading() as db:
        return list(db.scalars(select(Thread)))


def test_a_thread_is_opened_once_however_often_its_form_is_sent(
    person: Person, people: Callable[..., Person], database: Database
) -> None:
    person.open(NEW + "?employer=meridian-cloud&topic=policy")
    name = person.text.partition("Here you write as ")[2].partition(".")[0]
    address, values = person.form(NEW)
    assert (values["employer"], values["topic"]) == ("Meridian Cloud", "policy")
    sent = {**values, **SAID}

    answer = person.client.post(address, data=sent)
    thread = threads(database)[0]
    path = f"/threads/{thread.id.hex()}"
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}#p0")
    assert (thread.title, thread.topic, thread.comments) == (TITLE, "policy", 0)
    assert name in person.open(path).text
    assert f"you are {name}." in person.open(f"{path}/mine").text

    again = person.client.post(address, data=sent)
    assert again.headers["location"] == answer.headers["location"]
    edited = person.post(address, **{**sent, "text": "Another text."})
    assert (edited.status, edited.form(f"{path}/{thread.id.hex()}/edit")[1]["text"]) == (
        409,
        "Another text.",
    )
    assert len(threads(database)) == 1

    # Another account that sends the same form again does not meet this thread's rows.
    other = people().post(address, **sent)
    assert other.status == 200
    assert other.path != path
    assert len(threads(database)) == 2


def test_a_poll_is_asked_with_a_thread(person: Person, database: Database) -> None:
    person.open(NEW).submit(NEW, **SAID, **POLL, closes="30", results="steps")
    assert "When do you leave?" in person.text
    with database.reading() as db:
        poll = db.scalars(select(Poll)).one()
        asked = {choice.number: choice.text for choice in db.scalars(select(PollChoice))}
    assert (poll.closes, poll.steps, poll.answers) == (date(2026, 12, 18), True, 0)
    assert asked == {0: "Before 19:00", 1: "After"}


def test_how_long_a_poll_is_open_says_nothing_of_how_long_it_waited(
    person: Person, database: Database
) -> None:
    person.open(NEW).submit(NEW, **SAID, **POLL, closes="7", later="week")
    with database.reading() as db:
        due = db.scalars(select(DelayedPost.due)).one()
        assert db.scalars(select(Poll.closes)).one() == due.date() + timedelta(days=7)
    stood_still = due.replace(tzinfo=UTC) + timedelta(days=2)
    assert appearing.appear(database, stood_still) == 1
    with database.reading() as db:
        assert db.scalars(select(Poll.closes)).one() == stood_still.date() + timedelta(days=7)


def test_what_is_missing_or_wrong_is_said_beside_its_field(
    person: Person, database: Database
) -> None:
    wrong: list[tuple[dict[str, str], set[str]]] = [
        ({"text": " \u200b\n"}, {"text"}),
        ({"title": ""}, {"title"}),
        ({"topic": ""}, {"topic"}),
        ({"topic": "gossip"}, {"topic"}),
        ({"employer": "Meridian"}, {"employer"}),
        ({"text": "a" * 10_001}, {"text"}),
        ({"text": "a\x00b", "title": "c" * 121}, {"text", "title"}),
        ({"later": "tomorrow"}, {"later"}),
        ({**POLL, "closes": "31"}, {"closes"}),
        ({**POLL, "closes": "१"}, {"closes"}),
        ({**POLL, "choice3": ""}, {"choice2"}),
        ({**POLL, "choice4": "BEFORE  19:00"}, {"choice4"}),
        ({**POLL, "question": ""}, {"question"}),
        ({**POLL, "choice6": "x" * 121}, {"choice6"}),
    ]
    person.open(NEW)
    address, values = person.form(NEW)
    for typed, fields in wrong:
        person.post(address, **{**values, **SAID, **typed})
        assert (person.status, set(person.errors)) == (422, fields), typed
        kept = person.form(NEW)[1]
        assert kept["title"] == {**SAID, **typed}["title"]
    assert "Meridian Cloud" in person.post(address, **{**values, "employer": "Meridian"}).text
    person.submit(NEW, press="meant=Meridian Cloud")
    assert person.form(NEW)[1]["employer"] == "Meridian Cloud"
    twice = person.client.post(address, data={**values, **SAID, "text": ["a", "b"]})
    lone = person.client.post(address, content=b"title=%ED%A0%80&text=x", headers=FORM)
    assert (twice.status_code, lone.status_code) == (422, 422)
    assert threads(database) == []


def test_a_form_that_was_signed_out_meanwhile_keeps_its_words(
    person: Person, database: Database
) -> None:
    address, values = person.open(NEW).form(NEW)
    person.client.cookies.clear()
    person.post(address, **{**values, **SAID})
    assert person.status == 422
    assert "You were signed out meanwhile." in person.text
    kept = person.form(NEW)[1]
    assert (kept["title"], kept["text"], kept["topic"]) == (TITLE, TEXT, "policy")
    assert person.client.post(f"{NEW}/image", data=values).status_code == 403
    assert person.client.post(f"{NEW}/check", data=SAID).status_code == 403
    assert person.open(f"{NEW}?employer=meridian-cloud").path == "/sign-in"
    assert person.form("/sign-in")[1]["next"] == f"{NEW}?employer=meridian-cloud"
    assert threads(database) == []


def test_markup_is_text_and_never_a_template(person: Person, database: Database) -> None:
    naughty = '<script>alert(1)</script> {{7*7}} %(name)s "onfocus="x" \u202e'
    person.open(NEW).submit(NEW, title=naughty, text=naughty, topic="policy")
    assert "<script>alert" not in person.html
    assert "49" not in person.text
    with database.reading() as db:
        assert db.scalars(select(Post.text)).one() == naughty
