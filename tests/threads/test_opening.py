"""Somebody opens a thread: about what, in which words, as whom."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db import Database
from app.threads.models import Poll, PollChoice, Post, Thread
from tests.people import Person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEW = "/threads/new"
SAID = {"title": "The stand-up moved to 21:15", "text": "For six weeks it was true."}


def threads(database: Database) -> list[Thread]:
    with database.reading() as db:
        return list(db.scalars(select(Thread)))


def test_a_thread_is_opened_once_however_often_its_form_is_sent(
    person: Person, database: Database
) -> None:
    person.open(NEW + "?employer=meridian-cloud&topic=policy")
    name = person.text.partition("you will be ")[2].partition(".")[0]
    address, values = person.form(NEW)
    assert values["employer"] == "Meridian Cloud"

    answer = person.client.post(address, data={**values, **SAID})
    assert answer.status_code == 303
    thread = threads(database)[0]
    assert answer.headers["location"] == f"/threads/{thread.id.hex()}#p0"
    assert (thread.title, thread.topic, thread.comments) == (SAID["title"], "policy", 0)

    again = person.client.post(address, data={**values, **SAID})
    assert (again.status_code, again.headers["location"]) == (303, answer.headers["location"])
    assert len(threads(database)) == 1
    assert f"you are {name}." in person.open(f"/threads/{thread.id.hex()}/mine").text
