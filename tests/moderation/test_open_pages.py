"""What stands in the open: the log, its head, the report, and that they say nobody's name."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.main import Site
from app.moderation import audit, open_pages, verifying
from app.settings import Settings
from app.staff.models import Staff
from app.triage.reasons import REASONS
from app.web.languages import translate
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.moderation.acts import FIRST, act
from tests.moderation.reports import downloaded, table
from tests.people import Person

pytestmark = SQLITE_FIRST

PATHS = ("", "/log", "/log.csv", "/log.jsonl", "/head", "/report.csv")


def test_an_employer_is_named_only_from_five_things_in_the_days_of_a_month_that_are_over(
    client: TestClient, database: Database, settings: Settings
) -> None:
    def named() -> Counter[str]:
        return Counter(line["named"]["slug"] for line in downloaded(client) if "named" in line)

    today = settings.today()
    with database.transaction() as db:
        five, four = (factories.employer(db, name).id for name in ("Fern Post", "Tide Works"))
        # Another month counts by itself.
        for employer in (*[five] * 5, four):
            audit.write(db, act(employer_id=employer), FIRST)
        items = [random_id() for _ in range(4)]
        for item in (*items, items[0]):
            # The fifth line is no fifth thing.
            audit.write(db, act(employer_id=four, item_id=item), FIRST.replace(month=11))
        audit.write(db, act(employer_id=five), FIRST.replace(month=11))
        audit.write(db, act(employer_id=four), today)
    assert "tide-works" not in client.get("/transparency/log").text
    assert named() == {"fern-post": 5}
    settings.clock = f"{today + timedelta(days=1)}T00:00:01"
    with database.transaction() as db:
        audit.write(db, act(employer_id=four), settings.today())
    assert named() == {"fern-post": 5, "tide-works": 6}
    lines = downloaded(client)
    assert {line["day"][:7] for line in lines if "named" in line} == {"2026-10", "2026-11"}
    verifying.verify(json.dumps(line) for line in lines)
    page = client.get("/transparency/log").text
    assert page.count('href="/employers/tide-works"') == 6
    assert client.get("/transparency/log.csv").text.count(",tide-works\r\n") == 6


def test_no_page_says_text_id_name_or_time(client: TestClient, database: Database) -> None:
    item, staff = b"canary of item!!", b"canary of staff!"
    with database.transaction() as db:
        employer = factories.employer(db, "Canary Mills").id
        db.add(Staff(id=staff, name="canary-name", role="senior", active=True, step=0))
        for _ in range(4):
            audit.write(db, act(item_id=item, staff_id=staff, employer_id=employer), FIRST)
    secret = (item.hex(), staff.hex(), employer.hex(), "canary")
    for path in PATHS:
        answer = client.get(f"/transparency{path}")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, no-cache")
        said = answer.text.lower()
        assert [word for word in secret if word in said] == [], path
        assert not re.search(r"\d\d:\d\d(:\d\d)?\b|t\d\d:\d\d", said.replace("sha384-", "")), path


def test_nothing_in_the_open_changes_before_midnight(
    client: TestClient, database: Database, settings: Settings, app: Site
) -> None:
    def foot(path: str) -> str | None:
        found = re.search(r'<a class="hash"[^>]*>([^<]+)</a>', client.get(path).text)
        return found and found[1]

    def everything() -> list[str]:
        return [uncached.get(f"/transparency{path}").text for path in PATHS]

    uncached, today = TestClient(app.inner, str(client.base_url)), settings.today()
    with database.transaction() as db:
        audit.write(db, act(), FIRST)
    before = everything()
    with database.transaction() as db:
        audit.write(db, act(outcome="restored"), today)
        audit.write(db, act("answer", kind="demand", outcome="nothing"), today)
        audit.write(db, act("notice", source="lawyer"), today)
    assert everything() == before
    (line,) = downloaded(client)
    assert client.get("/transparency/head").text == f"1:{line['hash']} {date(2026, 11, 17)}\n"
    settings.clock = "2026-11-19T00:00:01"
    with database.transaction() as db:
        audit.write(db, act(), settings.today())
        # It began before midnight.
        audit.write(db, act(), today)
    lines = downloaded(client)
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    kept = f"4:{lines[-1]['hash']}"
    assert {foot(path) for path in ("/", "/employers", "/nowhere", "/transparency")} == {kept}
    assert client.get("/transparency/head").text == f"{kept} {today}\n"
    assert table(Person(client).open("/transparency"), "notices") == {
        "A lawyer, for somebody else": [1, 0, 0, 0, 0]
    }


def test_the_log_is_paged_and_its_addresses_are_checked(
    client: TestClient, database: Database
) -> None:
    with database.transaction() as db:
        for _ in range(open_pages.LINES + 2):
            audit.write(db, act(), FIRST)
    first = client.get("/transparency/log").text
    assert re.findall(r'id="n(\d+)"', first)[:: open_pages.LINES - 1] == ["52", "3"]
    assert re.findall(r'id="n(\d+)"', client.get("/transparency/log?after=3").text) == ["2", "1"]
    rows = list(csv.reader(io.StringIO(client.get("/transparency/log.csv?after=50").text)))
    assert [row[0] for row in rows] == ["number", "51", "52"]
    for wrong in ("x", "-1", "1e3", "9" * 40, "²"):
        assert client.get("/transparency/log", params={"after": wrong}).status_code == 404
    assert client.get("/transparency/log.jsonl?after=2147483648").text == ""


def test_the_verifier_that_is_served_is_the_module(client: TestClient) -> None:
    answer = client.get("/transparency/verify.py")
    assert answer.headers["content-type"].startswith("text/x-python")
    with open(verifying.__file__, encoding="utf-8") as source:
        assert answer.text == source.read()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_guidelines_give_every_rule(client: TestClient, lang: str) -> None:
    text = Person(client).open(f"/guidelines?lang={lang}").text
    for reason in REASONS.values():
        assert translate(lang, reason.name) in text
        assert translate(lang, reason.rule) in text
