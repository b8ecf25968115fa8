"""A log line says what broke and where, and repeats nothing that a person sent."""

import asyncio
import gc
import io
import json
import logging

import pytest
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response
from starlette.testclient import TestClient

from app.web import logs

CANARY = "canary-4711"


@pytest.fixture
def written() -> io.StringIO:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Nameless())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_a_broken_page_is_a_500_that_tells_nothing(
    app: FastAPI, client: TestClient, written: io.StringIO
) -> None:
    router = APIRouter()

    @router.get("/broken")
    def broken(request: Request) -> Response:
        raise RuntimeError(f"could not read {request.headers['user-agent']}")

    app.include_router(router)
    answer = client.get("/broken", headers={"user-agent": CANARY})
    assert answer.status_code == 500
    assert CANARY not in answer.text
    assert "content-security-policy" in answer.headers
    line = json.loads(written.getvalue().splitlines()[-1])
    assert line["error"] == "RuntimeError"
    assert any("broken" in place for place in line["places"])
    assert CANARY not in written.getvalue()


def test_arguments_of_other_libraries_are_left_out(written: io.StringIO) -> None:
    logging.getLogger("somewhere").error("refused %s", CANARY)
    assert CANARY not in written.getvalue()
    assert "refused %s" in written.getvalue()


def test_an_error_that_nobody_fetched_is_named_without_its_words(written: io.StringIO) -> None:
    async def forget() -> None:
        asyncio.get_running_loop().create_future().set_exception(ValueError(CANARY))
        gc.collect()

    asyncio.run(forget())
    assert "never retrieved" in written.getvalue()
    assert CANARY not in written.getvalue()
