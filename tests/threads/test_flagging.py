"""A reader asks the desk to look at a post: what that changes, and what it never does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import Database, random_id
from app.threads import flagging
from app.threads.flagging import severity
from app.threads.hand import NotThere
from app.threads.models import Flag, Post
from tests.people import Person
from tests.threads.accounts import TODAY, Writer
from tests.threads.talk import at, opened

HTMX = {"hx-request": "true"}


@pytest.mark.parametrize(
    ("given", "grave"),
    [
        ({}, None),
        ({"spam": 1}, None),
        ({"spam": 1, "off_topic": 1}, 3),
        ({"off_topic": 2}, 4),
        ({"person": 1}, 2),
        ({"threat": 1, "spam": 1}, 1),
        ({"off_topic": 5}, 3),
        ({"person": 5}, 2),  # many flags make no emergency
        ({"threat": 6}, 1),
    ],
)
def test_how_grave_flags_make_it(given: dict[str, int], grave: int | None) -> None:
    assert severity(given) == grave


def test_flags_put_a_post_before_the_desk_once_for_each_account(
    store: Database, ana: Writer, bo: Writer
) -> None:
    with store.transaction() as db:
        post = ana.open(db).post
        db.get_one(Post, post.id).state = "published"
        waiting = ana.answer(db, post).post
        db.get_one(Post, waiting.id).state = "removed"

    def flag(who: Writer, reason: str, days: int = 0, to: bytes = b"") -> str:
        tag = who.member.flag(to or post.id)
        with store.transaction() as db:
            day = TODAY + timedelta(days=days)
            return flagging.give(db, to or post.id, tag, who.hand, reason, day)

    def stands() -> tuple[object, ...]:
        with store.reading() as db:
            found = db.get_one(Post, post.id)
            return found.state, found.severity, found.why, found.waits_since, found.version

    assert flag(ana, "threat") == "own"
    assert (flag(bo, "off_topic"), stands()) == ("given", ("published", None, None, None, 1))
    assert flag(bo, "threat") == "already"
    assert flag(Writer(), "person") == "given"
    assert stands() == ("flagged", 2, "flags", TODAY, 1)
    for _ in range(3):
        assert flag(Writer(), "threat", days=2) == "given"
    assert stands() == ("flagged", 1, "flag_burst,flags", TODAY, 1)
    with store.transaction() as db:
        assert flagging.counts(db, post.id) == {"off_topic": 1, "person": 1, "threat": 3}
        judged = db.get_one(Post, post.id)
        judged.judged, judged.state = True, "published"
    assert flag(Writer(), "threat") == "judged"
    with store.reading() as db:
        assert len(db.scalars(select(Flag)).all()) == 5
    for nowhere in (waiting.id, random_id()):
        with pytest.raises(NotThere):
            flag(bo, "threat", to=nowhere)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_reader_flags_a_post_on_its_own_page(
    people: Callable[..., Person], database: Database
) -> None:
    ana, bo = people(), people()
    path = opened(ana)
    flag = f"{at(path)}/flag"
    assert f'href="{flag}"' in bo.client.get(path).text
    assert "Ask the desk to look at this" in bo.open(flag).text
    assert bo.client.post(flag, data={"reason": "other"}).status_code == 422
    assert bo.client.post(flag, data={"reason": ""}).status_code == 422
    assert "The desk has been asked" in bo.open(flag).submit(flag, reason="threat").text
    assert "You flagged this already" in bo.client.post(flag, data={"reason": "spam"}).text
    own = ana.client.post(flag, data={"reason": "spam"}, headers=HTMX).text
    assert "This is your own." in own
    bo.client.cookies.clear()
    for answer in (bo.client.get(flag), bo.client.post(flag, data={"reason": "spam"})):
        assert answer.headers["location"].startswith("/sign-in?next=%2Fthreads%2F")
    with database.reading() as db:
        assert [each.reason for each in db.scalars(select(Flag))] == ["threat"]
