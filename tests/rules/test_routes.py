"""Matrices generated from the application's own routes, so that a new route cannot escape them."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from sqlalchemy import inspect, text
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from app.issuing.application import create_issuer
from app.settings import Settings
from app.web.headers import FIXED
from tests.conftest import SQLITE_FIRST

pytestmark = SQLITE_FIRST

LARGE = 3_000_000  # more than any body that brings no picture
FORM = {"content-type": "application/x-www-form-urlencoded"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")


@dataclass
class Side:
    """One of the two applications: its routes, and a browser at it."""

    app: FastAPI
    client: TestClient

    @property
    def routes(self) -> list[tuple[str, frozenset[str]]]:
        """Every address of the application with the methods it declares."""
        found: dict[str, set[str]] = {}
        for route in flat(self.app.routes):
            found.setdefault(_address(route.path), set()).update(route.methods or ())
        return sorted((path, frozenset(methods)) for path, methods in found.items())

    def largest(self, path: str) -> int:
        """How many bytes an address takes: what its route declares, else less than the test's."""
        declared = [
            getattr(route, "max_body_size", None) or LARGE
            for route in flat(self.app.routes)
            if _address(route.path) == path
        ]
        return max(declared)

    def taking(self, method: str) -> list[str]:
        """Every address that declares a method."""
        return [path for path, methods in self.routes if method in methods]


@pytest.fixture(params=["site", "issuer"])
def side(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Side]:
    """Give the site and the issuer, each on both databases."""
    if request.param == "site":
        app: FastAPI = request.getfixturevalue("app")
    else:
        settings.issuer_database_url = request.getfixturevalue("issuer_url")
        app = create_issuer(settings)
    base = settings.base_url if request.param == "site" else settings.issuer_address
    headers = {"accept-language": "en", "sec-fetch-site": "same-origin"}
    with closing(app.state.database):
        client = TestClient(app, base_url=base, headers=headers, follow_redirects=False)
        yield Side(app, client)
        client.close()


def flat(routes_: list[object]) -> Iterator[Route]:
    for route in routes_:
        if isinstance(route, Mount):
            continue
        if hasattr(route, "methods"):
            yield route
        else:
            # FastAPI wraps an included router; its own routes are one step further in.
            yield from flat(getattr(route, "original_router", route).routes)


def _address(path: str) -> str:
    """Fill an address's places with something that is not there."""
    return re.sub(r"\{[^}]+\}", "nothing-of-this-name", path)


def test_the_matrices_are_not_empty(side: Side) -> None:
    assert len(side.taking("GET")) > 3
    assert len(side.taking("POST")) > 1


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.deep)])
def test_undeclared_methods_are_405(side: Side, every: bool) -> None:
    for number, (path, declared) in enumerate(side.routes):
        others = sorted(set(METHODS) - declared)
        for method in others if every else [others[number % len(others)]]:
            answer = side.client.request(method, path)
            assert (answer.status_code, bool(answer.headers.get("allow"))) == (405, True), path


def test_every_page_bears_the_headers_and_no_cookie(side: Side) -> None:
    for path in side.taking("GET"):
        answer = side.client.get(path)
        assert answer.status_code < 500, path
        assert {name: answer.headers.get(name) for name in FIXED} == dict(FIXED), path
        assert "set-cookie" not in answer.headers, path
        assert not [name for name in answer.headers if name.startswith("access-control")], path
        cached = answer.headers["cache-control"]
        assert cached == "no-store" or cached.startswith("public"), path


def test_a_body_that_is_too_large_is_refused_with_the_headers(side: Side) -> None:
    for path in side.taking("POST"):
        large = bytes(side.largest(path) + 1)
        answer = side.client.post(path, content=large, headers=FORM)
        assert answer.status_code == 413, path
        assert {name: answer.headers.get(name) for name in FIXED} == dict(FIXED), path
        assert answer.headers["cache-control"] == "no-store", path


STRANGERS = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "", "origin": "https://evil.test"},
    {"sec-fetch-site": "cross-site", "origin": "https://lamplight.test"},
)


def test_another_sites_form_changes_nothing(side: Side) -> None:
    before = counts(side.app)
    for path in side.taking("POST"):
        for headers in STRANGERS:
            answer = side.client.post(path, headers=headers, data={"name": "x", "start": "10:00"})
            assert answer.status_code == 403, path
    assert counts(side.app) == before


def test_reading_every_page_changes_nothing(side: Side) -> None:
    before = counts(side.app)
    for path in side.taking("GET"):
        side.client.get(path)
    assert counts(side.app) == before


def counts(app: FastAPI) -> dict[str, int]:
    """Count the rows of every table but the shelf: it keeps bytes that readers were given anyway.

    Reading a public page may store that page (app/web/shelf.py), which changes no answer.
    """
    with app.state.database.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names()) - _UNCOUNTED
        # The names are the database's own.
        asked = ((name, text(f'SELECT count(*) FROM "{name}"')) for name in tables)  # noqa: S608
        return {name: connection.execute(how).scalar_one() for name, how in asked}


# A contentless index counts what search_entry counts too.
_UNCOUNTED = {"finished_page", "search_words"}
