"""The public pages of a thread: what everybody reads, the same for each."""

import json
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from fastapi import FastAPI
from sqlalchemy import insert
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers.models import Employer
from app.evidence.models import EvidenceImage
from app.threads import pseudonyms
from app.threads.models import Post
from tests import factories
from tests.threads.accounts import TODAY, Writer, asked

# The statements run on PostgreSQL too in the first test.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def acme(database: Database) -> Employer:
    with database.transaction() as db:
        return factories.employer(db, "Acme")


def parsed(html: str) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def by_id(page: Any, name: str) -> Any:
    return next(each for each in page.iter() if each.get("id") == name)


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_thread_with_all_that_a_thread_can_have(
    database: Database, client: TestClient, ana: Writer, bo: Writer
) -> None:
    employer = acme(database)
    with database.transaction() as db:
        first = ana.open(
            db,
            "**We** stay until nine.\n\n[memo](https://news.example/memo)",
            title="They announced <the> end",
            employer=employer,
            poll=asked(("before nine", "after nine")),
        ).post
        db.add(
            EvidenceImage(
                id=random_id(), post_id=first.id, alternative="A week", width=640, height=200
            )
        )
        one = bo.answer(db, first, "我们也是，每天都到九点。").post
        two = ana.answer(db, one, "So it is not only us.").post
        two.badge, two.edited = "employer", True
        bo.vote(db, two.id)
        name = pseudonyms.words(first.name or 0, "en")
        other = pseudonyms.words(one.name or 0, "en")
    path = f"/threads/{first.id.hex()}"
    answer = client.get(path)
    assert answer.headers["cache-control"] == "public, no-cache"
    assert "set-cookie" not in answer.headers
    page = parsed(answer.text)
    assert words(next(page.iter("h1"))) == "They announced <the> end"
    start = words(by_id(page, "p0"))
    assert f"{name} verified worker" in start
    assert "memo (news.example)" in start
    assert "before nine" in words(by_id(page, "poll"))
    (image,) = page.iter("img")
    assert (image.get("alt"), image.get("width")) == ("A week", "640")
    assert other in words(by_id(page, "p1"))
    (text,) = [each for each in by_id(page, "p1").iter() if each.get("class") == "txt"]
    assert text.get("lang") == "zh-CN"
    reply = words(by_id(page, "p2"))
    assert name in reply
    assert "started this" in reply
    assert "verified here" in reply
    assert "edited" in reply
    assert by_id(page, "v2").get("action") == f"{path}/{two.id.hex()}/vote"
    (kids,) = [each for each in page.iter("ol") if each.get("class") == "kids"]
    assert by_id(kids, "p2") is not None
    assert by_id(page, "mine").get("hx-get") == f"{path}/mine"
    assert "noindex" not in answer.text
    for tag in (first.nym, first.slot, one.nym, two.slot):
        assert (tag or b"").hex() not in answer.text

    chinese = client.get(path, headers={"accept-language": "zh"}).text
    assert pseudonyms.words(first.name or 0, "zh") in chinese
    assert 'lang="en"' in chinese

    said = client.get(f"{path}.json").json()
    visible = answer.text
    assert [post["position"] for post in said["posts"]] == [0, 1, 2]
    assert said["posts"][2] == {
        "position": 2,
        "answers": 1,
        "name": name,
        "started": True,
        "badge": "employer",
        "text": "So it is not only us.",
        "day": "2026-11-18",
        "edited": True,
        "votes": 1,
        "image": None,
    }
    assert said["poll"]["choices"][0] == {"text": "before nine", "share": None}
    for post in said["posts"]:
        assert post["name"] in visible
    for tag in (first.nym, first.slot, one.id):
        assert (tag or b"").hex() not in json.dumps(said["posts"])


@ON_SQLITE
def test_a_page_is_kept_until_the_thread_changes(
    database: Database, client: TestClient, app: FastAPI, ana: Writer, bo: Writer
) -> None:
    with database.transaction() as db:
        first = ana.open(db, title="Lights").post
    path = f"/threads/{first.id.hex()}"
    before = client.get(path)
    again = client.get(path, headers={"if-none-match": before.headers["etag"]})
    assert again.status_code == 304
    with database.transaction() as db:
        answer = bo.answer(db, first, "a new answer").post
    assert "a new answer" in client.get(path).text
    with database.transaction() as db:
        ana.withdraw(db, first.id)
    gone = client.get(path)
    assert gone.status_code == 200
    page = parsed(gone.text)
    assert words(next(page.iter("h1"))) == "A withdrawn thread"
    assert "Withdrawn by its writer." in words(by_id(page, "p0"))
    assert "a new answer" in words(by_id(page, "p1"))
    assert '<meta name="robots" content="noindex">' in gone.text
    with database.transaction() as db:
        bo.withdraw(db, answer.id)
    alone = client.get(f"{path}/at/1")
    assert "Withdrawn by its writer." in alone.text
    assert "a new answer" not in alone.text + client.get(path).text
    said = client.get(f"{path}.json").json()
    assert len(said["posts"]) == 1
    assert said["title"] is None
    assert said["posts"][0] == {"position": 0, "answers": None, "withdrawn": True}


@ON_SQLITE
def test_one_comment_and_a_long_thread(database: Database, client: TestClient, ana: Writer) -> None:
    with database.transaction() as db:
        first = ana.open(db, title="Long").post
        rows = [_comment(first, n, parent=n - 1 if n < 9 else 0) for n in range(1, 131)]
        db.execute(insert(Post), rows)
    path = f"/threads/{first.id.hex()}"
    start = client.get(f"{path}?order=oldest").text
    assert "comment 7<" in start
    assert "comment 130<" not in start
    page = parsed(start)
    (following,) = [each for each in page.iter("a") if each.get("rel") == "next"]
    rest = client.get(following.get("href")).text
    assert "comment 130<" in rest
    assert 'content="noindex"' in rest
    deep = words(by_id(page, "p7"))
    assert "answers" in deep

    one = client.get(f"{path}/at/7")
    assert one.status_code == 200
    assert [f"comment {n}<" in one.text for n in (1, 2, 6, 7, 8, 9)] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]
    assert 'content="noindex"' in one.text
    assert client.get(f"{path}/at/0").headers["location"] == path
    for nothing in ("/at/131", "/at/x", "/at/01"):
        assert client.get(path + nothing).status_code == 404
    for nothing in (f"/threads/{'0' * 32}", "/threads/x", f"/threads/{'0' * 32}.json"):
        assert client.get(nothing).status_code == 404


@ON_SQLITE
def test_lists_by_topic_and_employer(database: Database, client: TestClient, ana: Writer) -> None:
    employer = acme(database)
    with database.transaction() as db:
        ana.open(db, title="About Acme", employer=employer)
        ana.open(db, title="关于工时")
    assert client.get("/threads").headers["location"] == "/"
    assert "Working hours" in client.get("/topics").text
    topic = client.get("/topics/hours?sort=new").text
    assert "关于工时" in topic
    assert "About Acme" not in topic
    parsed(topic)
    about = client.get(f"/employers/{employer.slug}/threads").text
    assert "About Acme" in about
    assert "关于工时" not in about
    parsed(about)
    assert "The first thread can be yours" in client.get("/topics/policy").text
    for nothing in ("/topics/nothing", "/employers/nothing/threads"):
        assert client.get(nothing).status_code == 404


def _comment(first: Post, n: int, parent: int) -> dict[str, Any]:
    return {
        "id": random_id(),
        "thread_id": first.thread_id,
        "position": n,
        "parent": parent,
        "slot": random_id(),
        "nym": random_id(),
        "name": n,
        "text": f"comment {n}",
        "day": TODAY - timedelta(days=1),
        "edited": False,
        "votes": 0,
        "state": "published",
    }
