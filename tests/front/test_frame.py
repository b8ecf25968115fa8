"""The frame of every page: what it loads, how heavy that is, and the ways out of it."""

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.conftest import SQLITE_FIRST
from tests.people import Person

STATIC = Path(__file__).parents[2] / "static"
OWN_SCRIPT_BYTES = 4_096


@SQLITE_FIRST
def test_a_page_loads_its_own_files_and_no_others(client: TestClient) -> None:
    html = client.get("/").text
    loaded = re.findall(r'<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]+)"', html)
    assert all(url.startswith("/") and not url.startswith("//") for url in loaded), loaded
    for url in loaded:
        assert client.get(url).status_code == 200, url


@SQLITE_FIRST
def test_the_vendored_script_is_the_one_that_was_vendored(client: TestClient) -> None:
    tag = re.search(
        r'src="/static/(htmx[^"?]+)[^"]*" integrity="sha384-([^"]+)"', client.get("/").text
    )
    assert tag
    digest = hashlib.sha384((STATIC / tag[1]).read_bytes()).digest()
    assert base64.b64encode(digest).decode() == tag[2]
    assert (STATIC / tag[1].replace(".min.js", ".LICENSE.txt")).exists()


def test_our_own_script_is_small_and_the_stylesheet_asks_nobody() -> None:
    assert (STATIC / "lamplight.js").stat().st_size <= OWN_SCRIPT_BYTES
    style = (STATIC / "lamplight.css").read_text()
    assert "url(" not in style
    assert "@import" not in style


@SQLITE_FIRST
@pytest.mark.parametrize("path", ["/", "/employers?q=tide&sort=name", "/methodology", "/nowhere"])
def test_the_other_language_is_one_link_away_and_links_keep_it(
    browsers: Callable[..., TestClient], path: str
) -> None:
    person = Person(browsers("en")).open(path)
    switch = next(a for a in person.page.iter("a") if a.get("hreflang") == "zh-CN")
    person.open(switch.get("href", ""))
    assert person.page.get("lang") == "zh-CN"
    inside = [a.get("href", "") for a in person.page.iter("a") if a.get("href", "").startswith("/")]
    languages = {"lang=zh" in href or "lang=en" in href for href in inside}
    assert languages == {True}, inside


@SQLITE_FIRST
def test_quick_exit_leads_away_and_says_nothing_of_where_from(client: TestClient) -> None:
    exit_ = re.search(
        r'<a class="xs exit" href="(https://[^"]+)" rel="noreferrer">', client.get("/").text
    )
    assert exit_
