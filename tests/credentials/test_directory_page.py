"""/.well-known/credential-keys.json: the published bytes, for everybody alike."""

from starlette.testclient import TestClient

from app.db import Database
from app.web.sessions import COOKIE
from tests.conftest import SQLITE_FIRST
from tests.credentials.presenting import Published
from tests.people import Person

pytestmark = SQLITE_FIRST

PATH = "/.well-known/credential-keys.json"


def test_before_the_first_publication_it_says_so(client: TestClient) -> None:
    answer = client.get(PATH)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "No directory of keys has been published here yet."


def test_the_published_bytes_are_served_to_all_alike(
    client: TestClient, database: Database
) -> None:
    site = Published(database)
    site.key(0, b"a" * 16)
    Person(client).open("/join").submit()
    assert COOKIE in client.cookies
    seen = client.get(PATH)
    client.cookies.clear()
    for headers in ({}, {"accept-language": "zh"}, {"cache-control": "no-cache"}):
        answer = client.get(PATH, headers=headers)
        assert answer.content == seen.content == site.issuer.document()
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["cache-control"].startswith("public")
        assert answer.headers["etag"] == seen.headers["etag"]
        assert "set-cookie" not in answer.headers
    unchanged = client.get(PATH, headers={"if-none-match": seen.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_a_new_publication_is_served_at_once(client: TestClient, database: Database) -> None:
    site = Published(database)
    site.key(0, b"a" * 16)
    before = client.get(PATH)
    site.key(1, None)
    after = client.get(PATH)
    assert after.content == site.issuer.document() != before.content
    assert after.headers["etag"] != before.headers["etag"]
