"""Somebody answers a post, with or without htmx, at once or later."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db import Database
from app.threads.models import DelayedPost, Post
from tests.people import Person
from tests.threads.talk import at, name_in, opened, replied

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def posts(database: Database) -> list[Post]:
    with database.reading() as db:
        return list(db.scalars(select(Post).order_by(Post.position)))


def test_an_answer_is_posted_once_under_the_name_that_was_shown(
    people: Callable[..., Person], database: Database
) -> None:
    ana, bo = people(), people()
    path = opened(ana)
    bo.open(f"{at(path)}/reply")
    address, values = bo.form(f"{at(path)}/reply")
    promised = bo.text.partition("Here you write as ")[2].partition(".")[0]
    sent = {**values, "text": "With us too."}

    first = bo.client.post(address, data=sent)
    again = bo.client.post(address, data=sent)
    assert first.headers["location"] == again.headers["location"] == f"{path}#p1"
    assert [(post.position, post.parent, post.text) for post in posts(database)][1:] == [
        (1, 0, "With us too.")
    ]
    assert name_in(bo, path) == promised != name_in(ana, path)

    # The same writer keeps the name in this thread, and bears another in the next.
    answer = replied(bo, f"{path}/{posts(database)[1].id.hex()}", "And on Saturdays.")
    assert name_in(bo, path) == promised
    assert bo.open(path).text.count(promised) >= 2
    # Of two threads it may be the same once in ten thousand times, of three hardly ever.
    assert any(name_in(bo, opened(bo)) != promised for _ in range(2))
    assert answer.startswith(path)


@on_one_database
def test_htmx_gets_the_form_alone_and_a_stranger_the_way_in(
    people: Callable[..., Person],
) -> None:
    ana, stranger = people(), people()
    path = opened(ana)
    form = ana.client.get(f"{at(path)}/reply", headers={"hx-request": "true"})
    assert form.text.lstrip().startswith('<section class="reply" id="reply"')
    assert form.headers["cache-control"] == "no-store"

    stranger.client.cookies.clear()
    way = stranger.client.get(f"{at(path)}/reply", headers={"hx-request": "true"})
    assert (way.status_code, 'id="reply"' in way.text, "/sign-in" in way.text) == (200, True, True)
    assert stranger.open(f"{at(path)}/reply").path == "/sign-in"


@on_one_database
def test_what_cannot_be_posted_comes_back_with_its_words(
    person: Person, database: Database
) -> None:
    path = opened(person)
    address, values = person.open(f"{at(path)}/reply").form(f"{at(path)}/reply")
    for text in ("", " \n", "a" * 10_001, "a\x00b"):
        person.post(address, **{**values, "text": text})
        assert (person.status, set(person.errors)) == (422, {"text"})
    for token in ("", "x", person.open("/threads/new").form("/threads/new")[1]["token"]):
        person.post(address, **{**values, "text": "Kept.", "token": token})
        assert person.status == 422
        assert person.form(address)[1]["text"] == "Kept."
    person.client.cookies.clear()
    person.post(address, **{**values, "text": "Kept."})
    assert (person.status, person.form(address)[1]["text"]) == (422, "Kept.")
    assert len(posts(database)) == 1


@on_one_database
def test_there_is_no_form_under_what_is_not_there(people: Callable[..., Person]) -> None:
    ana, bo = people(), people()
    path = opened(ana)
    waiting = at(path, "0" * 32)
    for missing in (waiting, at("/threads/" + "0" * 32), at(path, "nothing"), at(path, "A" * 32)):
        assert bo.open(f"{missing}/reply").status == 404
        assert bo.post(f"{missing}/reply", text="x").status == 404
    bo.open(f"{at(path)}/reply")
    ana.open(f"{at(path)}/withdraw").submit(f"{at(path)}/withdraw")
    assert bo.submit(f"{at(path)}/reply", text="Too late.").status == 404


@on_one_database
def test_an_answer_may_wait_and_only_its_writer_sees_it(
    people: Callable[..., Person], database: Database
) -> None:
    ana, bo = people(), people()
    path = opened(ana)
    bo.open(f"{at(path)}/reply").submit(f"{at(path)}/reply", text="Later.", later="week")
    assert "It appears by itself at a random time" in bo.text
    edit = next(a.get("href", "") for a in bo.page.iter("a") if a.get("href", "").endswith("edit"))

    assert "Later." not in ana.open(path).text
    assert ana.open(edit).status == 404
    assert ana.open(edit.replace("edit", "reply")).status == 404
    assert ana.client.post(edit.replace("edit", "vote"), data={"vote": "give"}).status_code == 404
    assert "1 of yours waits to appear." in bo.open(f"{path}/mine").text

    bo.open(edit).submit(edit, text="Later, mended.")
    bo.open(edit.replace("edit", "withdraw")).submit(edit.replace("edit", "withdraw"))
    assert bo.path == "/me"
    with database.reading() as db:
        assert db.scalars(select(DelayedPost)).all() == []
        assert db.scalars(select(Post.text).where(Post.position.is_(None))).one() is None


@on_one_database
def test_nobody_sees_by_an_answer_what_waits(
    people: Callable[..., Person], database: Database
) -> None:
    ana, stranger = people(), people()
    opened(ana, later="week", text="Before its time.")
    (waiting,) = posts(database)
    place = f"/threads/{waiting.id.hex()}/{waiting.id.hex()}/reply"
    for client in (stranger.client, ana.client):
        for path in (place, f"{place}/image"):
            answer = client.post(path, data={"text": "What does it say?"})
            assert (answer.status_code, "Before its time" in answer.text) == (404, False)
