"""An employer's numbers for machines, and the page that says how they are made."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from app.db import Database
from app.figures import alarm, budget
from tests.conftest import SQLITE_FIRST
from tests.front.conftest import NINE_NINE_SIX, NINE_SIX_FIVE, Town
from tests.people import Person

pytestmark = SQLITE_FIRST


def test_json_says_what_the_page_says(database: Database, client: TestClient) -> None:
    town = Town(database)
    slug = town.employer("Meridian Cloud", name_zh="子午云")
    town.release(slug, (60, NINE_NINE_SIX))
    answer = client.get(f"/employers/{slug}.json")
    said = answer.json()
    week = said["figures"]["self_reported"]
    assert (said["employer"], said["names"]) == (slug, {"en": "Meridian Cloud", "zh": "子午云"})
    assert (week["working"]["median"], week["codes"], week["about"]) == (60, ["996"], 60)
    assert answer.headers["cache-control"] == "public, no-cache"
    assert (
        f"({week['presence']['low']}–{week['presence']['high']})"
        in Person(client).open(f"/employers/{slug}").text
    )


def test_csv_holds_the_same_numbers(database: Database, client: TestClient) -> None:
    town = Town(database)
    slug = town.employer("Meridian Cloud")
    town.release(slug, (60, NINE_NINE_SIX))
    answer = client.get(f"/employers/{slug}.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    working = next(row for row in rows if row["number"] == "working")
    json_ = client.get(f"/employers/{slug}.json").json()["figures"]["self_reported"]["working"]
    assert [float(working[name]) for name in ("value", "low", "high")] == [*json_.values()]


def test_documents_hold_both_strata_by_name(database: Database, client: TestClient) -> None:
    town = Town(database)
    slug = town.employer("Meridian Cloud")
    town.release(slug, (60, NINE_NINE_SIX))
    town.release(slug, (40, NINE_SIX_FIVE), stratum="verified")
    said = client.get(f"/employers/{slug}.json").json()
    assert said["headline"] == "verified"
    assert {stratum: week["about"] for stratum, week in said["figures"].items()} == {
        "verified": 40,
        "self_reported": 60,
    }
    rows = csv.DictReader(io.StringIO(client.get(f"/employers/{slug}.csv").text))
    told = [(row["stratum"], row["value"]) for row in rows if row["number"] == "reports"]
    assert told == [("verified", "40"), ("self_reported", "60")]


def test_an_employer_without_figures_has_empty_documents(
    database: Database, client: TestClient
) -> None:
    town = Town(database)
    bare = town.employer("Alder Robotics")
    unconfirmed = town.employer("Somebody's Idea", confirmed=False)
    town.release(unconfirmed, (60, NINE_NINE_SIX))
    for slug in (bare, unconfirmed):
        assert client.get(f"/employers/{slug}.json").json()["figures"] == {}
        assert len(client.get(f"/employers/{slug}.csv").text.splitlines()) == 1


def test_the_methodology_tells_the_settings_of_this_site(
    client: TestClient, browsers: Callable[..., TestClient]
) -> None:
    page = Person(client).open("/methodology")
    assert "The limit is ε = 4 for each report" in page.text
    assert "When there are at least 10" in page.text
    shares = [
        float("".join(cell.itertext())) for cell in page.page.iter("td") if cell.get("class") == "r"
    ]
    assert sum(shares) == budget.TOTAL
    measured = json.loads(Path(alarm.__file__).with_suffix(".json").read_text("utf-8"))
    assert f"it sounded at least {measured['released']['noticed']} times in 100" in page.text
    assert measured["left_out"]["off"] <= 0.5
    assert measured["false"] <= 3
    chinese = Person(browsers("zh")).open("/methodology").text
    assert re.findall(r"[A-Za-z]{3,} [a-z]{3,} [a-z]{3,}", chinese) == []
