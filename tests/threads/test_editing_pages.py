"""Somebody changes or withdraws what they wrote; nobody else can."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db import Database
from app.threads.models import Post, Thread
from tests.people import Person
from tests.threads.talk import TITLE, at, opened, replied

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_anothers_post_is_refused_like_one_that_is_not_there(
    people: Callable[..., Person], database: Database
) -> None:
    ana, bo = people(), people()
    path = opened(ana)
    comment = replied(ana, at(path), "Mine.")
    missing = at(path, "0" * 32)
    for act in ("edit", "withdraw"):
        said = {(bo.open(f"{post}/{act}").status, bo.text) for post in (at(path), comment, missing)}
        for post in (at(path), comment, missing):
            sent = bo.post(f"{post}/{act}", title="Taken", text="Taken over.")
            said.add((sent.status, sent.text))
        assert len(said) == 1
        assert bo.status == 404
    # A comment under another thread's address is not there either.
    assert ana.open(f"{opened(ana)}/{comment.rpartition('/')[2]}/edit").status == 404
    with database.reading() as db:
        assert "Taken over." not in db.scalars(select(Post.text)).all()


def test_a_long_post_is_as_long_in_its_form(person: Person) -> None:
    long = "Every evening. " * 600
    edit = f"{at(opened(person, text=long))}/edit"
    assert person.open(edit).errors == {}
    assert person.form(edit)[1]["text"] == long.strip()


def test_the_words_change_and_say_so(person: Person, database: Database) -> None:
    path = opened(person)
    edit = f"{at(path)}/edit"
    person.open(edit)
    assert person.form(edit)[1]["title"] == TITLE
    person.submit(edit, title="Another title", text="Another text.")
    assert (person.path, "edited" in person.text) == (path, True)
    assert "Another title" in person.text
    for wrong, fields in (({"title": " "}, {"title"}), ({"text": "a" * 10_001}, {"text"})):
        person.open(edit).submit(edit, **wrong)
        assert (person.status, set(person.errors)) == (422, fields)
    values = person.open(edit).form(edit)[1]
    person.client.cookies.clear()
    person.post(edit, **{**values, "text": "Typed while signed out."})
    assert person.status == 422
    assert person.form(edit)[1]["text"] == "Typed while signed out."


def test_withdrawing_asks_first_and_leaves_a_tombstone(
    people: Callable[..., Person], database: Database
) -> None:
    ana, bo = people(), people()
    path = opened(ana)
    replied(bo, at(path), "It stays.")
    withdraw = f"{at(path)}/withdraw"
    assert "It stays." in ana.open(path).text
    ana.open(withdraw).submit(withdraw)
    assert ana.path == path
    assert "It stays." in ana.text
    assert TITLE not in ana.text
    assert ana.post(withdraw).path == path  # the same form again
    assert ana.open(withdraw).status == ana.open(f"{at(path)}/edit").status == 404
    with database.reading() as db:
        thread = db.scalars(select(Thread)).one()
        first = db.get_one(Post, thread.id)
    assert (thread.title, thread.listed, first.text, first.nym) == (None, False, None, None)
