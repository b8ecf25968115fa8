"""The page of who learns what: the unprotected first, and every row led to its test."""

import pytest
from starlette.testclient import TestClient

from app.front.privacy import ROWS, SHOWN, UNPROTECTED
from app.web.languages import translate
from app.web.templates import ROOT
from tests.conftest import SQLITE_FIRST
from tests.people import Person

pytestmark = SQLITE_FIRST


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_not_protected_stands_first(client: TestClient, lang: str) -> None:
    text = Person(client).open(f"/privacy?lang={lang}").text
    places = [text.index(translate(lang, line)) for line in UNPROTECTED]
    places += [text.index(translate(lang, row.who)) for row in ROWS]
    assert places == sorted(places)


def test_every_row_leads_to_tests_that_are_there(client: TestClient) -> None:
    person = Person(client).open("/privacy")
    links = [a.get("href", "") for a in person.page.iter("a")]
    for row in ROWS:
        assert row.tests
        for name in row.tests:
            assert f"/privacy/tests/{name}" in links
            assert "def test_" in (ROOT / "tests" / name).read_text()
    answer = client.get(f"/privacy/tests/{min(SHOWN)}")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text == (ROOT / "tests" / min(SHOWN)).read_text()


@pytest.mark.parametrize("name", ["conftest.py", "../app/main.py", "rules/../conftest.py", ""])
def test_no_other_file_is_given(client: TestClient, name: str) -> None:
    assert client.get(f"/privacy/tests/{name}").status_code == 404
