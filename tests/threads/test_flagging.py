"""A reader asks the desk to look at something: what that changes, and what it never does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import Database, random_id
from app.employers import merging
from app.employers.models import Employer
from app.replies import writing
from app.replies.models import Reply
from app.replies.writing import Hand as Answering
from app.threads import flagging
from app.threads.flagging import severity
from app.threads.hand import NotThere
from app.threads.models import Flag, Post
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.people import Person
from tests.threads.accounts import NOW, TODAY, Writer
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


@SQLITE_FIRST
def test_flags_put_an_answer_before_the_desk_by_the_same_rules(
    store: Database, acme: Employer
) -> None:
    with store.transaction() as db:
        ann = Answering(acme, desks.staff(db, "ann", "representative").id)
        reply = writing.write(db, ann, None, "We pay it.", TODAY)
        reply.state, reply.severity, reply.why, reply.waits_since = "published", None, None, None

    def flag(who: Writer, reason: str, to: bytes = b"") -> str:
        tag = who.member.flag(to or reply.id)
        with store.transaction() as db:
            return flagging.give_on_reply(db, to or reply.id, tag, reason, TODAY)

    def stands() -> tuple[object, ...]:
        with store.reading() as db:
            found = db.get_one(Reply, reply.id)
            return found.state, found.severity, found.why, found.waits_since, found.version

    bo = Writer()
    assert (flag(bo, "spam"), stands()) == ("given", ("published", None, None, None, 1))
    assert flag(bo, "threat") == "already"
    assert (flag(Writer(), "off_topic"), stands()) == ("given", ("flagged", 3, "flags", TODAY, 1))
    assert (flag(Writer(), "threat"), stands()) == ("given", ("flagged", 1, "flags", TODAY, 1))
    # An edit ends no flag, nor does what is written in the place of it.
    with store.transaction() as db:
        edited = writing.edit(db, reply.id, ann, "We pay all of it.", NOW)
        assert edited
        assert (edited.state, edited.severity) == ("pending", 1)
        assert "flags" in (edited.why or "")
        writing.withdraw(db, reply.id, acme, NOW)
    with pytest.raises(NotThere):
        flag(Writer(), "threat")
    with store.transaction() as db:
        assert writing.write(db, ann, None, "We pay all of it.", TODAY).state == "held"
    for state in ("held", "hidden", "removed"):
        with store.transaction() as db:
            db.get_one(Reply, reply.id).state = state
        with pytest.raises(NotThere):
            flag(Writer(), "threat")
    with store.transaction() as db:
        judged = db.get_one(Reply, reply.id)
        judged.judged, judged.state = True, "published"
    assert flag(Writer(), "threat") == "judged"
    with pytest.raises(NotThere):
        flag(bo, "threat", to=random_id())
    with store.reading() as db:
        assert flagging.counts(db, reply.id) == {"spam": 1, "off_topic": 1, "threat": 1}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_reader_flags_an_answer_where_it_stands(
    people: Callable[..., Person], database: Database, acme: Employer
) -> None:
    ana, bo, zhu = people(), people(), people("zh")
    with database.transaction() as db:
        thread = Writer().open(db, employer=acme).post.id
        ann = Answering(acme, desks.staff(db, "ann", "representative").id)
        inside = writing.write(db, ann, thread, "In the thread.", TODAY)
        page = writing.write(db, ann, None, "On the page.", TODAY)
    for number, (reply, place) in enumerate(
        ((inside, f"/threads/{thread.hex()}"), (page, "/employers/acme"))
    ):
        flag = f"/replies/{reply.id.hex()}/flag"
        shown = ana.client.get(place)
        assert f'href="{flag}"' in shown.text
        etag = shown.headers["etag"]
        ana.open(flag)
        for says in ("Ask the desk to look at this", reply.text or "", f"{place}#employer-reply"):
            assert says in ana.html.replace("%23", "#").replace("%2F", "/"), says
        assert "请审核台" in zhu.open(f"{flag}").text
        assert ana.client.post(flag, data={"reason": "other"}).status_code == 422
        said = ana.open(flag).submit(flag, reason="threat")
        assert "The desk has been asked" in said.text
        assert f"{place}#employer-reply" in said.html
        assert "You flagged this already" in ana.client.post(flag, data={"reason": "spam"}).text
        quick = bo.client.post(flag, data={"reason": "spam"}, headers=HTMX).text
        assert "The desk has been asked" in quick
        # Nobody can tell from the page; the kept one is good for everybody.
        kept = zhu.client.get(place, headers={"if-none-match": etag, "accept-language": "en"})
        assert kept.status_code == 304
        with database.reading() as db:
            assert len(db.scalars(select(Flag)).all()) == 2 * (number + 1)
            found = db.get_one(Reply, reply.id)
            assert (found.state, found.severity) == ("pending", 1)
    bo.client.cookies.clear()
    for answer in (bo.client.get(flag), bo.client.post(flag, data={"reason": "spam"})):
        assert answer.headers["location"].startswith("/sign-in?next=%2Freplies%2F")
    with database.transaction() as db:
        birch = factories.employer(db, "Birch")
        bob = Answering(birch, desks.staff(db, "bob", "representative").id)
        writing.write(db, bob, None, "On the other page.", TODAY)
        merged = merging.merge(db, db.get_one(Employer, acme.id), db.get_one(Employer, birch.id))
    assert ana.client.get(flag).status_code == 404, f"on {merged.slug} stands another"
    with database.transaction() as db:
        merging.undo(db, db.get_one(Employer, acme.id))
    assert ana.client.get(flag).status_code == 200
    with database.transaction() as db:
        db.get_one(Reply, page.id).state = "removed"
    for path in (flag, f"/replies/{bytes(16).hex()}/flag", "/replies/nonsense/flag"):
        assert ana.client.get(path).status_code == 404
        assert ana.client.post(path, data={"reason": "spam"}).status_code == 404
