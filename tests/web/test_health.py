"""The application answers, with the header set, and refuses strangers."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import SQLITE_FIRST

pytestmark = SQLITE_FIRST


def test_health_answers_on_both_databases(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/health", "/nothing-here", "/static/none.css"])
def test_every_answer_bears_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["strict-transport-security"].startswith("max-age=63072000")
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_a_missing_page_is_a_page(client: TestClient) -> None:
    answer = client.get("/nothing-here?lang=zh")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_a_missing_document_is_problem_json(client: TestClient) -> None:
    answer = client.get("/nothing.json")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_host_is_refused(client: TestClient) -> None:
    assert client.get("/health", headers={"host": "evil.test"}).status_code == 400


def test_another_sites_form_is_refused(client: TestClient) -> None:
    answer = client.post("/health", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
