"""Public pages are made once, the same for everyone, and never older than their edition."""

import asyncio
from collections.abc import Callable

import pytest
from fastapi import APIRouter, Request
from sqlalchemy import text
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from app.main import Site
from app.web.editions import bump
from app.web.languages import language
from tests.conftest import SQLITE_FIRST

pytestmark = SQLITE_FIRST


@pytest.fixture
def made(app: Site) -> list[str]:
    """Add two pages to the application and count how often they are made."""
    made: list[str] = []
    router = APIRouter()

    @router.get("/open")
    def open_page(request: Request) -> Response:
        made.append("open")
        said = f"{language(request)} {request.query_params.get('q', '')}" + "x" * 500
        return PlainTextResponse(said, headers={"Cache-Control": "public, no-cache"})

    @router.get("/closed")
    def closed_page() -> Response:
        made.append("closed")
        return PlainTextResponse("yours", headers={"Cache-Control": "no-store"})

    app.include_router(router)
    return made


def test_a_public_page_is_made_once_for_all(
    made: list[str], browsers: Callable[..., TestClient]
) -> None:
    first = browsers().get("/open", headers={"cookie": "__Host-lamplight=a"})
    second = browsers().get("/open", headers={"cookie": "__Host-lamplight=b"})
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    assert made == ["open"]


def test_a_private_page_is_made_each_time(made: list[str], client: TestClient) -> None:
    assert client.get("/closed").text == client.get("/closed").text
    assert made == ["closed", "closed"]


def test_languages_and_queries_are_apart(made: list[str], client: TestClient) -> None:
    assert client.get("/open").text.startswith("en ")
    assert client.get("/open", headers={"accept-language": "zh"}).text.startswith("zh ")
    assert client.get("/open?lang=zh").text.startswith("zh ")
    assert client.get("/open?q=a").text.startswith("en a")
    assert client.get("/open?lang=en&q=a").text == client.get("/open?q=a&lang=en").text
    assert len(made) == 5


def test_a_known_etag_is_a_304_without_a_body(made: list[str], client: TestClient) -> None:
    etag = client.get("/open").headers["etag"]
    again = client.get("/open", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag


def test_a_new_edition_makes_the_page_anew(app: Site, made: list[str], client: TestClient) -> None:
    client.get("/open")
    with app.state.database.transaction() as db:
        bump(db, "directory")
    client.get("/open")
    client.get("/open")
    assert made == ["open", "open"]


def test_compression_is_offered_only_to_who_asks(made: list[str], client: TestClient) -> None:
    plain = client.get("/open", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    small = client.get("/open", headers={"accept-encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(plain.content)
    assert small.content == plain.content
    assert "Accept-Encoding" in small.headers.get("vary", "Accept-Encoding")


def test_memory_is_bounded(app: Site, made: list[str], client: TestClient) -> None:
    layer = app.pages
    layer.most_bytes = 20_000
    for number in range(50):
        client.get(f"/open?q={number}")
    assert layer.bytes <= 20_000
    assert layer.bytes == sum(kept.size for kept in layer.kept.values())
    assert not layer.building


def test_a_kept_page_is_only_for_the_sites_own_host(made: list[str], client: TestClient) -> None:
    assert client.get("/open").status_code == 200
    assert client.get("/open", headers={"host": "evil.test"}).status_code == 400
    assert client.get("/open", headers={"host": "lamplight.test:8000"}).status_code == 200


def test_a_304_repeats_only_what_a_reader_must_know(made: list[str], client: TestClient) -> None:
    answer = client.get("/open")
    again = client.get("/open", headers={"if-none-match": answer.headers["etag"]})
    assert set(again.headers) - {"vary"} == {"cache-control", "etag"}


def test_head_answers_as_get_does(made: list[str], client: TestClient) -> None:
    for path in ("/open", "/closed"):
        answer, head = client.get(path), client.head(path)
        assert head.status_code == 200
        assert head.headers.get("etag") == answer.headers.get("etag")


def test_without_its_database_a_site_still_shows_what_it_has(
    app: Site, made: list[str], client: TestClient
) -> None:
    kept = client.get("/open").content
    with app.state.database.transaction() as db:
        db.execute(text("ALTER TABLE edition RENAME TO lost"))
    assert client.get("/open").content == kept
    assert made == ["open"]


def test_a_slow_reader_of_a_private_page_holds_nobody_up(app: Site, made: list[str]) -> None:
    async def both() -> list[str]:
        gone, order = asyncio.Event(), list[str]()

        async def slow(message: Message) -> None:
            if message["type"] == "http.response.body":
                await gone.wait()
                order.append("slow")

        async def quick(message: Message) -> None:
            if message["type"] == "http.response.body":
                order.append("quick")

        first = asyncio.create_task(app(asking("/closed"), nothing, slow))
        await asyncio.sleep(0)
        await asyncio.wait_for(app(asking("/closed"), nothing, quick), 10)
        gone.set()
        await first
        return order

    assert asyncio.run(both()) == ["quick", "slow"]
    assert not app.pages.building


def test_a_page_that_all_want_at_once_is_made_once(app: Site, made: list[str]) -> None:
    async def many() -> list[bytes]:
        bodies: list[bytes] = []

        async def send(message: Message) -> None:
            bodies.append(message.get("body", b""))

        await asyncio.gather(*(app(asking("/open"), nothing, send) for _ in range(20)))
        return [body for body in bodies if body]

    bodies = asyncio.run(many())
    assert (len(bodies), len(set(bodies)), made) == (20, 1, ["open"])


def test_whoever_comes_after_a_change_does_not_get_a_page_that_was_begun_before(app: Site) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    pages: list[str] = []
    router = APIRouter()

    @router.get("/slow")
    async def slow() -> Response:
        said = f"made {len(pages)}"
        pages.append(said)
        begun.set()
        if len(pages) == 1:
            await go_on.wait()
        return PlainTextResponse(said, headers={"Cache-Control": "public, no-cache"})

    app.include_router(router)

    async def both() -> list[bytes]:
        bodies: list[bytes] = []

        async def send(message: Message) -> None:
            bodies.append(message.get("body", b""))

        early = asyncio.create_task(app(asking("/slow"), nothing, send))
        await begun.wait()
        with app.state.database.transaction() as db:
            bump(db, "directory")
        # Only a build that waits for the first page meets this.
        asyncio.get_running_loop().call_later(10, go_on.set)
        await app(asking("/slow"), nothing, send)
        go_on.set()
        await early
        return [body for body in bodies if body]

    assert asyncio.run(both()) == [b"made 1", b"made 0"]
    assert not app.pages.building


def test_what_is_kept_by_address_is_bounded(app: Site, made: list[str], client: TestClient) -> None:
    for number in range(3):
        assert client.get(f"/{number}{'x' * 60_000}").status_code == 404
    assert sum(map(len, app.pages._versions)) < 1_000


def asking(path: str) -> Scope:
    """Spell a GET as a server would."""
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"lamplight.test")],
        "scheme": "https",
        "server": ("lamplight.test", 443),
    }


async def nothing() -> Message:
    """Receive an empty body."""
    return {"type": "http.request", "body": b"", "more_body": False}
