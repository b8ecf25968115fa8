"""Matrices generated from the application's own routes, so that a new route cannot escape them."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import MetaData, func, select
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.headers import FIXED

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")


def routes() -> list[tuple[str, frozenset[str]]]:
    """Return every address of the application with the methods it declares."""
    folder = Path(tempfile.gettempdir())
    app = create_app(
        Settings(var=folder, database_url=f"sqlite:///{folder}/none.db", secret_key="x")
    )
    found: dict[str, set[str]] = {}
    for route in _flat(app.routes):
        found.setdefault(_address(route.path), set()).update(route.methods or ())
    return sorted((path, frozenset(methods)) for path, methods in found.items())


def _flat(routes_: list[object]) -> Iterator[Route]:
    for route in routes_:
        if isinstance(route, Mount):
            continue
        if hasattr(route, "methods"):
            yield route
        else:
            # FastAPI wraps an included router; its own routes are one step further in.
            yield from _flat(getattr(route, "original_router", route).routes)


def _address(path: str) -> str:
    """Fill an address's places with something that is not there."""
    return re.sub(r"\{[^}]+\}", "nothing-of-this-name", path)


ROUTES = routes()
READ = [path for path, methods in ROUTES if "GET" in methods]
SENT = [path for path, methods in ROUTES if "POST" in methods]


def test_the_matrices_are_not_empty() -> None:
    assert len(READ) > 10
    assert len(SENT) > 5


def test_undeclared_methods_are_405(client: TestClient) -> None:
    for path, declared in ROUTES:
        for method in set(METHODS) - declared:
            answer = client.request(method, path)
            assert (answer.status_code, bool(answer.headers.get("allow"))) == (405, True), path


def test_every_page_bears_the_headers_and_no_cookie(client: TestClient) -> None:
    for path in READ:
        answer = client.get(path)
        assert answer.status_code < 500, path
        assert {name: answer.headers.get(name) for name in FIXED} == dict(FIXED), path
        assert "set-cookie" not in answer.headers, path
        assert not [name for name in answer.headers if name.startswith("access-control")], path
        cached = answer.headers["cache-control"]
        assert cached == "no-store" or cached.startswith("public"), path


STRANGERS = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "", "origin": "https://evil.test"},
    {"sec-fetch-site": "cross-site", "origin": "https://lamplight.test"},
)


def test_another_sites_form_changes_nothing(app: FastAPI, client: TestClient) -> None:
    before = counts(app)
    for path in SENT:
        for headers in STRANGERS:
            answer = client.post(path, headers=headers, data={"name": "x", "start": "10:00"})
            assert answer.status_code == 403, path
    assert counts(app) == before


def test_reading_every_page_changes_nothing(app: FastAPI, client: TestClient) -> None:
    before = counts(app)
    for path in READ:
        client.get(path)
    assert counts(app) == before


def counts(app: FastAPI) -> dict[str, int]:
    """Count the rows of every table but the shelf: it keeps bytes that readers were given anyway.

    Reading a public page may store that page (app/web/shelf.py), which changes no answer.
    """
    metadata = MetaData()
    with app.state.database.engine.connect() as connection:
        metadata.reflect(connection)
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
            if name != "finished_page"
        }
