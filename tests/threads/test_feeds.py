"""Atom feeds: well-formed, complete, a day and no finer, safe to show."""

from xml.etree import ElementTree

from starlette.testclient import TestClient

from app.db import Database
from tests import factories
from tests.threads.accounts import Writer

_ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: TestClient, path: str) -> ElementTree.Element:
    """Fetch a feed and check what RFC 4287 asks of every one."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "set-cookie" not in answer.headers
    root = ElementTree.fromstring(answer.content)  # noqa: S314 (our own)
    assert root.tag == f"{_ATOM}feed"
    links = {each.get("rel"): each.get("href") for each in root.findall(f"{_ATOM}link")}
    assert links["self"] == f"https://lamplight.test{path}"
    ids = [root.findtext(f"{_ATOM}id")]
    for each in (root, *root.findall(f"{_ATOM}entry")):
        updated = each.findtext(f"{_ATOM}updated") or ""
        assert updated.endswith("T00:00:00Z")
        assert each.findtext(f"{_ATOM}title")
        assert each.find(f"{_ATOM}author") is not None
    ids += [each.findtext(f"{_ATOM}id") for each in root.findall(f"{_ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def titles(root: ElementTree.Element) -> list[str | None]:
    return [each.findtext(f"{_ATOM}title") for each in root.findall(f"{_ATOM}entry")]


def test_feeds_of_site_topic_employer_and_thread(
    database: Database, client: TestClient, ana: Writer, bo: Writer
) -> None:
    assert titles(feed(client, "/feed.atom")) == []
    with database.transaction() as db:
        employer = factories.employer(db, "Acme & Sons")
        about = ana.open(db, "one\x0b < two", title="Acme <b>& co</b>", employer=employer).post
        ana.open(db, title="On hours")
        answer = bo.answer(db, about, "**yes** <script>alert(1)</script>").post
        gone = bo.answer(db, about, "never mind").post
        bo.withdraw(db, gone.id)
    assert sorted(map(str, titles(feed(client, "/feed.atom")))) == ["Acme <b>& co</b>", "On hours"]
    assert titles(feed(client, "/topics/hours/feed.atom")) == ["On hours"]
    of_employer = feed(client, f"/employers/{employer.slug}/feed.atom")
    assert titles(of_employer) == ["Acme <b>& co</b>"]
    of_thread = feed(client, f"/threads/{about.id.hex()}/feed.atom")
    (entry,) = of_thread.findall(f"{_ATOM}entry")
    assert entry.findtext(f"{_ATOM}content") == (
        "<p><strong>yes</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )
    assert (entry.findtext(f"{_ATOM}id") or "").endswith(f"/at/{answer.position}")
    assert client.get("/threads/x/feed.atom").status_code == 404
    with database.transaction() as db:
        ana.withdraw(db, about.id)
    assert titles(feed(client, "/feed.atom")) == ["On hours"]
