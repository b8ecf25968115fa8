"""Public pages are made once, the same for everyone, and never older than their edition."""

from collections.abc import Callable

import pytest
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from app.web.cache import PageCache
from app.web.editions import bump
from app.web.languages import language


@pytest.fixture
def made(app: FastAPI) -> list[str]:
    """Add two pages to the application and count how often they are made."""
    made: list[str] = []
    router = APIRouter()

    @router.get("/open")
    def open_page(request: Request) -> Response:
        made.append("open")
        text = f"{language(request)} {request.query_params.get('q', '')}" + "x" * 500
        return PlainTextResponse(text, headers={"Cache-Control": "public, no-cache"})

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
    assert "content-security-policy" in again.headers


def test_a_new_edition_makes_the_page_anew(
    app: FastAPI, made: list[str], client: TestClient
) -> None:
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


def test_memory_is_bounded(app: FastAPI, made: list[str], client: TestClient) -> None:
    layer = app.middleware_stack
    client.get("/open")
    layer = app.middleware_stack
    while not isinstance(layer, PageCache):
        layer = layer.app
    layer.most_bytes = 20_000
    for number in range(50):
        client.get(f"/open?q={number}")
    assert layer.bytes <= 20_000
    assert layer.bytes == sum(kept.size for kept in layer.kept.values())
    assert not layer.building
