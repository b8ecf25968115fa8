"""Somebody finds a post useful, takes it back, answers a poll."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db import Database
from app.threads.models import PollAnswer, PollChoice, Post, Vote
from tests.people import Person
from tests.threads.talk import POLL, at, opened, replied

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HTMX = {"hx-request": "true"}


def test_a_vote_counts_once_and_is_taken_back_once(
    people: Callable[..., Person], database: Database
) -> None:
    ana, bo = people(), people()
    path = opened(ana)
    vote = f"{at(path)}/vote"
    bo.open(path).submit(vote, press="vote=give")
    assert bo.path == path
    swapped = bo.client.post(vote, data={"vote": "give"}, headers=HTMX)
    assert 'id="v0"' in swapped.text
    assert 'aria-pressed="true"' in swapped.text
    assert bo.client.get(f"{path}/mine", headers=HTMX).text.count('aria-pressed="true"') == 1
    taken = bo.client.post(vote, data={"vote": "take_back"}, headers=HTMX)
    assert 'aria-pressed="false"' in taken.text
    over = bo.client.post(vote, data={"vote": "give"}, headers=HTMX)
    assert "You took this vote back" in over.text
    assert "This is your own." in ana.client.post(vote, data={"vote": "give"}, headers=HTMX).text
    with database.reading() as db:
        assert [each.counted for each in db.scalars(select(Vote))] == [False]
        assert db.scalars(select(Post.votes)).one() == 0


def test_who_may_not_vote(people: Callable[..., Person], database: Database) -> None:
    ana, bo = people(), people()
    path = opened(ana)
    comment = replied(ana, at(path), "A comment.")
    for wish in ("", "twice", "give\x00"):
        assert bo.client.post(f"{comment}/vote", data={"vote": wish}).status_code == 422
    bo.client.cookies.clear()
    answer = bo.client.post(f"{comment}/vote", data={"vote": "give"})
    assert answer.headers["location"].startswith("/sign-in?next=%2Fthreads%2F")
    swapped = bo.client.post(f"{comment}/vote", data={"vote": "give"}, headers=HTMX)
    assert (swapped.status_code, 'id="v1"' in swapped.text) == (200, True)
    with database.reading() as db:
        assert db.scalars(select(Vote)).all() == []


def test_a_poll_takes_one_answer_of_each(people: Callable[..., Person], database: Database) -> None:
    ana, bo = people(), people()
    path = opened(ana, **POLL)
    assert bo.post(f"{path}/poll", choice="0").path == path
    again = bo.client.post(f"{path}/poll", data={"choice": "1"}, headers=HTMX)
    assert "You answered already." in again.text
    assert "You answered its poll." in bo.open(f"{path}/mine").text
    for choice, status in (("", 422), ("2", 404), ("9", 422), ("-1", 422), ("٠", 422)):
        assert ana.post(f"{path}/poll", choice=choice).status == status, choice
    assert ana.post(f"{opened(ana)}/poll", choice="0").status == 404
    ana.client.cookies.clear()
    assert ana.post(f"{path}/poll", choice="0").path == "/sign-in"
    with database.reading() as db:
        assert len(db.scalars(select(PollAnswer)).all()) == 1
        given = {each.number: each.given for each in db.scalars(select(PollChoice))}
    assert given == {0: 1, 1: 0}
