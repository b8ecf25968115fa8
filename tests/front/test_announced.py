"""What was announced, on an employer's page and beside it: lines, sentences, sources."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers import directory
from app.figures import events
from app.figures.events import Announced
from tests.front.conftest import NINE_NINE_SIX, NINE_SIX_FIVE, Town
from tests.people import Person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEWS = "https://acme.example/news"


def enter(
    database: Database,
    day: str,
    *,
    slug: str = "",
    text: str | None = "Says that 996 is over.",
    text_zh: str | None = "宣布取消 996。",
) -> None:
    """Enter an event of an employer, or of China."""
    with database.transaction() as db:
        found = directory.find(db, slug)
        place = None if found else "CN"
        told = Announced(
            date.fromisoformat(day), found.id if found else None, place, text, text_zh, NEWS
        )
        events.enter(db, random_id(), told)


def test_before_against_after_is_told_and_a_law_wherever_it_holds(
    database: Database,
    town: Town,
    reader: Person,
    client: TestClient,
    browsers: Callable[..., TestClient],
) -> None:
    slug = town.employer("Acme", name_zh="极点")
    home = f"/employers/{slug}"
    town.release(slug, (200, NINE_NINE_SIX), (100, NINE_SIX_FIVE), number=1, quarter="2026Q1")
    town.release(slug, (300, NINE_SIX_FIVE), number=2, quarter="2026Q4")
    assert "What was announced" not in reader.open(home).text
    enter(database, "2026-05-05", slug=slug)
    # The page that was kept is no longer valid.
    page = reader.open(home)
    assert "Says that 996 is over." in page.text
    said = re.search(r"Fewer hours: −(.*) h a week \(−(1\d) to −(1\d)\)", page.text)
    assert said
    hours, low, high = (-float(number) for number in said.groups())
    assert -17 < low <= hours <= high < -10
    assert "Mean working time in 2026 Q4 against 2026 Q1." in page.text
    assert f'href="{NEWS}" rel="nofollow noopener noreferrer">acme.example</a>' in page.html
    assert page.html.count('class="event"') == 1
    assert page.html.count('class="mean"') == 2
    chinese = Person(browsers("zh")).open(home)
    assert f"工时减少：每周 −{-hours:g} 小时（−{-low:g} 至 −{-high:g}）" in chinese.text
    assert "宣布取消 996。" in chinese.text
    told = client.get(f"{home}.json").json()["events"]
    change = {
        **{"verdict": "fewer", "hours": hours, "low": low, "high": high},
        **{"before": ["2026Q1"], "after": ["2026Q4"]},
    }
    text = {"en": "Says that 996 is over.", "zh": "宣布取消 996。"}
    assert told == [
        {
            "day": "2026-05-05",
            "place": None,
            "text": text,
            "source": NEWS,
            "change": {"self_reported": change},
        }
    ]
    # A law is told wherever it holds; one from before the first quarter that is drawn has no line.
    enter(database, "2021-08-26", text=None, text_zh="案例发布。")
    enter(database, "2026-08-08", text="<b>A ruling</b>", text_zh=None)
    bare, far = town.employer("Bare"), town.employer("Far", place="DE")
    page = reader.open(home)
    assert "<b>A ruling" not in page.html
    assert "China · <b>A ruling</b>" in page.text
    assert '<span lang="zh-CN">案例发布。</span>' in page.html
    assert page.text.count("Not compared") == 1
    assert page.html.count('class="event"') == 2
    page = reader.open(f"/employers/{bare}")
    assert "What was announced" in page.text
    assert "Not compared" not in page.text
    assert "A ruling" not in reader.open(f"/employers/{far}").text
