"""Budgets hold, apart from one another, and keep no address."""

import pytest
from fastapi import APIRouter, FastAPI, Request
from limits import parse
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.limits import Budget, spend
from tests.conftest import SQLITE_FIRST

pytestmark = SQLITE_FIRST


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    few, many = parse("3 per hour"), parse("5 per hour")
    budgets = {"joining": Budget(few, many), "writing": Budget(few, many)}
    app = create_app(settings, budgets)
    router = APIRouter()

    @router.post("/spend/{kind}")
    def spending(request: Request, kind: str) -> Response:
        spend(request, kind)
        return PlainTextResponse("done")

    app.include_router(router)
    return app


def visitor(app: FastAPI, address: str) -> TestClient:
    return TestClient(app, base_url="https://lamplight.test", client=(address, 1))


def statuses(client: TestClient, kind: str, times: int) -> list[int]:
    return [client.post(f"/spend/{kind}").status_code for _ in range(times)]


def test_one_network_has_its_share(app: FastAPI) -> None:
    assert statuses(visitor(app, "192.0.2.7"), "joining", 4) == [200, 200, 200, 429]
    assert statuses(visitor(app, "192.0.2.99"), "joining", 1) == [429]
    assert statuses(visitor(app, "198.51.100.1"), "joining", 1) == [200]


def test_everybody_together_has_a_share(app: FastAPI) -> None:
    for number in range(5):
        assert statuses(visitor(app, f"10.0.{number}.1"), "joining", 1) == [200]
    assert statuses(visitor(app, "10.0.9.1"), "joining", 1) == [429]


def test_a_flood_of_joining_stops_only_joining(app: FastAPI) -> None:
    client = visitor(app, "2001:db8::1")
    assert statuses(client, "joining", 6)[-1] == 429
    assert statuses(client, "writing", 1) == [200]


def test_a_429_says_when_to_come_back(app: FastAPI) -> None:
    client = visitor(app, "192.0.2.7")
    statuses(client, "joining", 3)
    answer = client.post("/spend/joining")
    assert 0 < int(answer.headers["retry-after"]) <= 600


def test_no_address_is_kept(app: FastAPI) -> None:
    statuses(visitor(app, "192.0.2.7"), "joining", 2)
    assert "192.0.2" not in repr(vars(app.state.limits._windows.storage))
