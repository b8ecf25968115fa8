"""Requests that no browser sends: none breaks a page, misleads a reader or stops the site."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers import adding
from app.employers.adding import Wanted
from app.main import Site
from app.members.card import Card
from app.members.phrase import fresh, read
from app.settings import Settings
from tests.conftest import SQLITE_FIRST
from tests.people import Person

pytestmark = SQLITE_FIRST

SECONDS = 2.0  # of the processor: a busy machine adds none
PATIENCE = 20.0  # what waits for what never comes waits longer
Browsers = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def employer(database: Database) -> None:
    with database.transaction() as db:
        adding.add(db, random_id(), Wanted("Meridian Cloud", confirmed=True))


def multipart(client: TestClient, charset: str, value: bytes) -> int:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="phrase"\r\n\r\n' + value + b"\r\n--B--\r\n"
    )
    kind = f"multipart/form-data; boundary=B; charset={charset}"
    return client.post("/sign-in", content=body, headers={"content-type": kind}).status_code


@pytest.mark.parametrize(
    ("path", "doubled", "single"),
    [
        ("/", [("accept-language", "en"), ("accept-language", "zh")], {"accept-language": "zh"}),
        ("/employers", [("hx-request", ""), ("accept-language", "en")], {"hx-request": "true"}),
        ("/employers", [("hx-request", ""), ("hx-request", "true")], {"hx-request": "true"}),
    ],
)
def test_a_strange_head_does_not_choose_the_page_of_the_next_reader(
    app: Site, path: str, doubled: list[tuple[str, str]], single: dict[str, str]
) -> None:
    def fetched(client: TestClient) -> bytes:
        return client.get(path, headers={"accept-language": "en", **single}).content

    with TestClient(app, base_url="https://lamplight.test") as client:
        wanted = fetched(client)
        app.pages.kept.clear()
        with app.state.database.transaction() as db:
            db.connection().exec_driver_sql("DELETE FROM finished_page")
        del client.headers["user-agent"]
        client.get(path, headers=doubled)
        assert fetched(client) == wanted


def test_of_two_values_the_last_counts_whoever_asked_first(client: TestClient) -> None:
    client.get("/employers?q=zzz&q=Meridian")
    assert "zzz" in client.get("/employers?q=Meridian&q=zzz").text.partition("<main")[2]


def test_long_addresses_take_no_memory(app: Site, client: TestClient) -> None:
    before = sum(len(part) for key in app.pages.kept for part in key[:2])
    for number in range(20):
        assert client.get(f"/robots.txt?{number}" + "%E9" * 2_000).status_code == 200
    assert sum(len(part) for key in app.pages.kept for part in key[:2]) == before


def test_no_link_leads_to_a_host_named_in_the_address(app: Site) -> None:
    with TestClient(app, base_url="https://lamplight.test") as client:
        for path in ("//evil.test", "/%09/evil.test", "///evil.test"):
            answer = client.get(f"https://lamplight.test{path}")
            assert answer.status_code == 404
            assert '"/evil.test?lang=zh"' in answer.text
        # Browsers take a backslash for a slash.
        assert '"/%5Cevil.test?lang=zh"' in client.get("/%5Cevil.test").text


def test_an_origin_that_cannot_be_read_is_another_site(app: Site) -> None:
    with TestClient(app, base_url="https://lamplight.test") as client:
        for origin in ("http://[", "https://[lamplight.test", "null", ""):
            answer = client.post("/sign-out", headers={"origin": origin})
            assert answer.status_code == 403


def test_a_form_in_another_encoding_is_refused(client: TestClient) -> None:
    for charset in ("undefined", "idna", "punycode", "utf-16", "hex"):
        assert multipart(client, charset, b"xn--" + b"z" * 40_000) == 415
    assert multipart(client, "UTF-8", "十二".encode()) == 422


def test_a_huge_field_of_the_employer_form_costs_little(client: TestClient) -> None:
    for field in ("name", "other_name", "cities", "place", "industry", "website"):
        for unit in (" ", "a/", "上 "):
            typed = {"name": "Meridian", "place": "CN", field: "a" + unit * 50_000 + "b"}
            began = time.process_time()
            assert client.post("/employers/new", data=typed).status_code == 422
            assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("slug", ["%00", "a%00b", "%ED%A0%80", "a" * 9_000])
def test_an_address_of_no_employer_is_a_404(client: TestClient, slug: str) -> None:
    for rest in ("", ".json", "/claims", "/report", "/report/change", "/report/preview"):
        assert client.get(f"/employers/{slug}{rest}").status_code == 404
    assert client.get("/employers/meridian-cloud/claims?after=%00_a_1_00").status_code == 200


def test_the_card_of_another_account_changes_no_words(
    browsers: Browsers, settings: Settings
) -> None:
    other, person = Person(browsers()), Person(browsers())
    taken = read(other.open("/join").submit().words)
    own = person.open("/join").submit().words
    for entropy in (taken, read(own)):
        person.post("/me/words", card=Card.deal(settings, entropy, "en").token)
        assert person.status == 200
    assert Person(browsers()).open("/sign-in").submit(phrase=own).path == "/me"
    assert person.post("/me/words", card=Card.deal(settings, fresh(), "en").token).status == 200
    assert Person(browsers()).open("/sign-in").submit(phrase=own).status == 422


def test_many_pages_at_once_do_not_wait_for_each_others_connections(app: Site) -> None:
    with TestClient(app, base_url="https://lamplight.test") as client:
        client.get("/health")
        # Whatever a page needs of the editions while it holds a connection, it has already.
        look, app.state.watch._every = app.state.watch.numbers, 0.0
        with ThreadPoolExecutor(1) as pool, app.state.watch._looking:
            assert pool.submit(app.state.site).result(PATIENCE)["release"] == 0
        assert look() == app.state.watch.seen
