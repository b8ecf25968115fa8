"""The front page and what machines ask for at the root."""

import json
import re
from datetime import timedelta

from starlette.testclient import TestClient

from app.figures.models import Release
from app.web import editions
from tests.conftest import SQLITE_FIRST
from tests.front.conftest import DAY, NINE_NINE_SIX, NINE_SIX_FIVE, Town, week
from tests.people import Person

pytestmark = SQLITE_FIRST

LATE = week("10:00", "22:00", 6, dinner=60)


def test_before_the_first_release_the_street_is_dark(reader: Person) -> None:
    page = reader.open("/")
    assert "The street is dark for now" in page.text
    assert "Figures appear once 10 people" in page.text
    assert "desks still have the lamp on" not in page.text
    assert 'href="/employers?to=report"' in page.html


def test_the_strip_shows_who_is_still_there_at_nine(town: Town, reader: Person) -> None:
    for name, lived in (("Late", LATE), ("Early", NINE_SIX_FIVE), ("Earlier", NINE_SIX_FIVE)):
        town.release(town.employer(f"{name} House"), (60, lived))
    page = reader.open("/")
    assert "At 21:00, 3 in 10 desks still have the lamp on." in page.text
    assert re.search(r"100 % Late House.*0 % Earlier House.*0 % Early House", page.text)
    assert "All 3 employers with figures" in page.text


def test_the_strip_is_of_one_stratum_and_the_lists_are_apart(town: Town, reader: Person) -> None:
    slugs = town.employers(f"House {n}" for n in "ABC")
    town.release_all({slug: [(60, LATE)] for slug in slugs})
    assert "Self-reported: anyone can file; heads are not counted." in reader.open("/").text
    town.release(slugs[0], (60, NINE_SIX_FIVE), number=2, stratum="verified")
    page = reader.open("/")
    assert "10 in 10 desks" in page.text  # one verified house is no street yet
    assert "1 employer with verified figures" in page.text
    assert "All 3 employers with self-reported figures" in page.text
    assert 'href="/employers?by=self_reported"' in page.html
    assert "House A verified 45 h" in page.text.split("New figures")[1]
    town.release_all(
        {slug: [(60, NINE_SIX_FIVE)] for slug in slugs[1:]}, number=2, stratum="verified"
    )
    page = reader.open("/")
    assert "0 in 10 desks" in page.text
    assert "Verified: each report carries a proof" in page.text


def test_two_houses_are_no_street(town: Town, reader: Person) -> None:
    for name in ("One", "Other"):
        town.release(town.employer(f"{name} House"), (60, LATE))
    text = reader.open("/").text
    assert "What does your week really look like?" in text
    assert "desks still have the lamp on" not in text
    assert "All 2 employers with figures" in text


def test_new_figures_are_those_of_the_last_release_that_brought_any(
    town: Town, reader: Person
) -> None:
    old, new = town.employer("Old House"), town.employer("New House")
    town.release(old, (60, NINE_NINE_SIX), number=1)
    town.release(new, (60, NINE_NINE_SIX), number=2)
    text = reader.open("/").text
    assert "Release 2, Nov 16, 2026." in text
    fresh = text.split("New figures")[1]
    assert "New House 72 h" in fresh
    assert "Old House" not in fresh
    with town.database.transaction() as db:
        db.add(Release(number=3, day=DAY + timedelta(weeks=1)))
        editions.bump(db, "release")
    assert "Release 2, Nov 16, 2026." in reader.open("/").text


def test_a_demonstration_says_so_on_every_page(town: Town, reader: Person) -> None:
    assert "invented" not in reader.open("/").html
    with town.database.transaction() as db:
        editions.bump(db, "demo")
    for path in ("/", "/employers", "/methodology", "/nowhere"):
        assert "Every employer, person and figure here is invented." in reader.open(path).html


def test_crawlers_are_kept_from_pages_of_persons(town: Town, client: TestClient) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /me\n" in text
    assert "Disallow: /\n" not in text
    assert "Sitemap: https://lamplight.test/sitemap.xml" in text
    with town.database.transaction() as db:
        editions.bump(db, "demo")
    assert "Disallow: /\n" in client.get("/robots.txt").text


def test_the_sitemap_names_confirmed_employers(town: Town, client: TestClient) -> None:
    town.employer("Meridian Cloud")
    town.employer("Somebody's Idea", confirmed=False)
    answer = client.get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    places = re.findall(r"<loc>([^<]*)</loc>", answer.text)
    assert places == [
        "https://lamplight.test" + path
        for path in (
            *("/", "/employers", "/topics", "/methodology", "/privacy"),
            *("/guidelines", "/transparency", "/employers/meridian-cloud"),
        )
    ]


def test_the_manifest_names_files_that_are_there(client: TestClient) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    for icon in json.loads(answer.text)["icons"]:
        assert client.get(icon["src"]).status_code == 200
