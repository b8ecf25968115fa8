"""What was typed is kept, and what cannot be is said beside its field."""

from collections.abc import Callable

import pytest
from fastapi import APIRouter, FastAPI
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from app.web.forms import Form, Posted, visible
from tests.conftest import SQLITE_FIRST

router = APIRouter()


@router.post("/echo")
def echo(form: Posted) -> Response:
    """Say what arrived (a page of this test alone)."""
    errors = {name: message.id for name, message in form.errors.items()}
    return JSONResponse({"values": form.values, "errors": errors})


@pytest.fixture
def typed(app: FastAPI, client: TestClient) -> Callable[..., dict[str, dict[str, str]]]:
    app.include_router(router)

    def send(body: bytes | str, kind: str = "application/x-www-form-urlencoded") -> dict:
        answer = client.post("/echo", content=body, headers={"content-type": kind})
        assert answer.status_code == 200, answer.text
        return answer.json()

    return send


def test_a_value_is_kept_and_read_without_blanks() -> None:
    form = Form([("name", "  Meridian  ")])
    assert form.values["name"] == "  Meridian  "
    assert form.get("name") == "Meridian"
    assert form.ok


@SQLITE_FIRST
def test_chinese_arrives_whole(typed: Callable[..., dict]) -> None:
    assert typed("name=%E5%AD%90%E5%8D%88%E4%BA%91")["values"] == {"name": "子午云"}


@SQLITE_FIRST
@pytest.mark.parametrize("bytes_", ["a%00b", "a%ED%A0%80b", "a%FFb", "a%7Fb", "a%01b"])
def test_what_cannot_be_stored_is_an_error_beside_the_field(
    typed: Callable[..., dict], bytes_: str
) -> None:
    answer = typed(f"name={bytes_}&city=x")
    assert set(answer["errors"]) == {"name"}
    assert answer["values"]["name"].replace("a", "").replace("b", "") == ""
    assert answer["values"]["city"] == "x"


@SQLITE_FIRST
def test_a_second_value_is_an_error(typed: Callable[..., dict]) -> None:
    answer = typed("name=a&name=b")
    assert answer["values"] == {"name": "a"}
    assert set(answer["errors"]) == {"name"}


@SQLITE_FIRST
def test_a_megabyte_is_kept_and_refused_beside_the_field(typed: Callable[..., dict]) -> None:
    answer = typed("name=" + "x" * 1_000_000)
    assert len(answer["values"]["name"]) == 1_000_000
    assert "too long" in answer["errors"]["name"]


@SQLITE_FIRST
def test_multipart_is_read_too(typed: Callable[..., dict]) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nMeridian\r\n--x--\r\n'
    assert typed(body, "multipart/form-data; boundary=x")["values"] == {"name": "Meridian"}


@SQLITE_FIRST
def test_a_body_over_the_cap_is_413(app: FastAPI, client: TestClient) -> None:
    app.include_router(router)
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/echo", content=b"a" * 3_000_000, headers=form).status_code == 413

    def chunks() -> object:
        for _ in range(60):
            yield b"a" * 50_000

    assert client.post("/echo", content=chunks(), headers=form).status_code == 413


@SQLITE_FIRST
def test_json_and_nothing_are_no_forms(app: FastAPI, client: TestClient) -> None:
    app.include_router(router)
    assert client.post("/echo", json={"name": "x"}).status_code == 415
    assert client.post("/echo").status_code == 415


@SQLITE_FIRST
def test_ten_thousand_fields_are_400(app: FastAPI, client: TestClient) -> None:
    app.include_router(router)
    form = {"content-type": "application/x-www-form-urlencoded"}
    body = "&".join(f"f{n}=1" for n in range(10_000))
    assert client.post("/echo", content=body, headers=form).status_code == 400


def test_a_field_may_be_allowed_more_or_less_and_line_ends_count_once() -> None:
    sent = [("text", "a\r\n" * 5_000), ("title", "b" * 121), ("other", "c" * 2_001)]
    form = Form(sent, {"text": 10_000, "title": 120})
    assert set(form.errors) == {"title", "other"}
    assert form.values["text"] == "a\n" * 5_000
    assert set(Form([("text", "a" * 10_001)], {"text": 10_000}).errors) == {"text"}


def test_what_nobody_can_see_is_nothing() -> None:
    for text in ("", " \u3000", "\u200b\u2060\ufeff", "\u3164\u2800", "\u0301", "\u202e"):
        assert not visible(text), text
    for text in ("加", "1", "!", "👍", "\u3164a"):
        assert visible(text), text
