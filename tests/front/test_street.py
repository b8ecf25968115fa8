"""The street at night: order, ranks, filters, search, paging, and what is typed into it."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.front.street import NAMES, ROWS
from tests.conftest import SQLITE_FIRST
from tests.front.conftest import NINE_NINE_SIX, NINE_SIX_FIVE, Town, week
from tests.people import Person

pytestmark = SQLITE_FIRST

LIST = "/employers"
TEN_TEN_FIVE = week("10:00", "22:00", 5, dinner=60)


@pytest.fixture
def street(town: Town) -> Town:
    """Three employers with figures and two known by name."""
    cloud = town.employer(
        "Meridian Cloud", name_zh="子午云", cities=("beijing", "shenzhen"), industry="internet"
    )
    town.release(cloud, (60, NINE_NINE_SIX))
    foundry = town.employer("Foundry Row", name_zh="铸坊软件", cities=("chengdu",))
    town.release(foundry, (90, NINE_SIX_FIVE))
    tide = town.employer("Tidewater", cities=("shenzhen",), industry="electronics")
    town.release(tide, (70, TEN_TEN_FIVE))
    town.employer("Alder Robotics", name_zh="桤木机器人", cities=("shenzhen",))
    town.employer("Somebody's Idea", confirmed=False)
    return town


def named(person: Person) -> list[str]:
    """Give the names in the list, in its order."""
    return [
        "".join(link.itertext())
        for box in person.page.iter()
        if box.get("class") == "name"
        for link in box.iter("a")
    ]


def ranks(html: str) -> list[str]:
    return re.findall(r'<span class="hide">Rank </span>([\d–]+)</span>', html)


def test_the_longest_week_comes_first_with_its_rank(street: Town, reader: Person) -> None:
    page = reader.open("/employers")
    assert named(page)[:3] == ["Meridian Cloud", "Tidewater", "Foundry Row"]
    assert ranks(page.html) == ["1", "2", "3"]
    assert "3 employers with figures." in page.text
    assert named(page)[3:] == ["Alder Robotics", "Somebody's Idea"]
    assert page.text.count("unconfirmed") == 1


def test_a_row_says_where_and_what(street: Town, reader: Person) -> None:
    text = reader.open("/employers?q=meridian").text
    assert "Beijing · Shenzhen · Internet and software" in text
    assert "72 h present, about 996" in text
    assert "100 %" in text


def test_employers_whose_intervals_overlap_share_ranks(town: Town, reader: Person) -> None:
    for name in ("One", "Other"):
        town.release(town.employer(name), (60, NINE_NINE_SIX))
    assert ranks(reader.open("/employers").html) == ["1–2", "1–2"]


def test_the_list_is_ordered_as_asked(street: Town, reader: Person) -> None:
    firsts = {
        "hours": "Meridian Cloud",
        "overtime": "Meridian Cloud",
        "reports": "Foundry Row",
        "name": "Foundry Row",
    }
    for sort, first in firsts.items():
        assert named(reader.open(f"/employers?sort={sort}"))[0] == first, sort


def test_the_list_is_narrowed_as_asked(street: Town, reader: Person) -> None:
    wanted = {
        "city=shenzhen": ["Meridian Cloud", "Tidewater", "Alder Robotics"],
        "industry=electronics": ["Tidewater"],
        "code=996": ["Meridian Cloud"],
        "code=955": [],
        "q=meridian": ["Meridian Cloud"],
        "q=子午": ["Meridian Cloud"],
        "q=ziwuyun": ["Meridian Cloud"],
        "q=桤木": ["Alder Robotics"],
        "q=alder&city=chengdu": [],
    }
    for query, found in wanted.items():
        assert named(reader.open(f"/employers?{query}")) == found, query


def test_ranks_are_those_of_the_whole_list(street: Town, reader: Person) -> None:
    assert ranks(reader.open("/employers?q=foundry").html) == ["3"]


def test_verified_and_self_reported_are_ranked_apart(street: Town, reader: Person) -> None:
    assert "Self-reported: anyone can file; heads are not counted." in reader.open(LIST).text
    assert "tabs" not in reader.html
    street.release("foundry-row", (80, TEN_TEN_FIVE), stratum="verified")
    street.release("meridian-cloud", (50, NINE_SIX_FIVE), stratum="verified")

    page = reader.open(LIST)
    assert named(page) == ["Foundry Row", "Meridian Cloud", "Alder Robotics", "Somebody's Idea"]
    assert ranks(page.html) == ["1", "2"]
    assert "Verified: each report carries a proof" in page.text
    assert "2 employers with figures." in page.text
    assert "Verified 2 Self-reported 3" in " ".join(page.text.split())

    page = reader.open(f"{LIST}?by=self_reported&city=chengdu")
    assert named(page) == ["Foundry Row"]
    assert ranks(page.html) == ["3"]
    assert f'href="{LIST}?city=chengdu"' in page.html
    assert '<input type="hidden" name="by" value="self_reported">' in page.html
    assert named(reader.open(f"{LIST}?by=anything&sort=name"))[:2] == named(reader.open(LIST))[:2]


def test_a_search_shows_everyone_by_its_headline(street: Town, reader: Person) -> None:
    street.release("foundry-row", (80, TEN_TEN_FIVE), stratum="verified")
    for by in ("", "&by=self_reported"):
        page = reader.open(f"{LIST}?q=i{by}")
        assert named(page)[:2] == ["Meridian Cloud", "Tidewater"]
    for query, label, rank in (("foundry", "verified", "1"), ("tide", "self-reported", "2")):
        page = reader.open(f"{LIST}?q={query}&by=self_reported")
        assert f'<span class="mark">{label}</span>' in page.html
        assert ranks(page.html) == [rank]
        assert "tabs" not in page.html


def test_search_as_you_type_gets_the_list_alone(street: Town, client: TestClient) -> None:
    answer = client.get("/employers?q=tide&city=", headers={"hx-request": "true"})
    assert answer.text.startswith('<div id="street">')
    assert "<html" not in answer.text
    assert "Tidewater" in answer.text
    assert answer.headers["hx-replace-url"] == "/employers?q=tide"
    assert "<html" in client.get("/employers?q=tide&city=").text


def test_nothing_found_leads_to_adding_it_under_that_name(street: Town, reader: Person) -> None:
    page = reader.open("/employers?q=Zephyr %26 Sons")
    assert "No employer is known by “Zephyr & Sons”" in page.text
    assert 'href="/employers/new?name=Zephyr+%26+Sons"' in page.html


def test_every_employer_is_on_exactly_one_page(town: Town, reader: Person) -> None:
    lit = [f"House {n:02}" for n in range(ROWS + 2)]
    slugs = town.employers(lit)
    town.release_all(
        {slug: [(40, week("09:00", f"{21 - n // 4}:00", 6))] for n, slug in enumerate(slugs)}
    )
    unlit = [f"Unlit {n:02}" for n in range(NAMES + 5)]
    town.employers(unlit)
    page = reader.open("/employers?lang=en")
    seen = named(page)
    while following := re.search(r'rel="next" href="([^"]+)"', page.html):
        page = reader.open(following[1].replace("&amp;", "&"))
        assert "lang=en" in page.html
        seen += named(page)
    assert seen == lit + unlit


def test_those_who_come_to_report_are_led_to_a_form(street: Town, reader: Person) -> None:
    page = reader.open("/").open("/employers?to=report&q=tide")
    assert "Which employer is your report about?" in page.text
    assert 'href="/employers/tidewater/report"' in page.html


def test_an_empty_directory_says_what_to_do(reader: Person) -> None:
    page = reader.open("/employers")
    assert "No employers yet" in page.text
    assert 'href="/employers/new"' in page.html


FIELDS = ("q", "city", "industry", "code", "sort", "by", "after", "known", "to", "lang")


@pytest.mark.parametrize("fields", [FIELDS, FIELDS[:1], FIELDS[6:8]], ids=["all", "q", "place"])
def test_whatever_is_typed_is_a_page(
    street: Town, client: TestClient, fields: tuple[str, ...]
) -> None:
    odd = ["%00", "%ed%a0%80", "%ff", "a" * 5_000, "<script>alert(1)</script>", "{{7*7}}", "-1"]
    odd += ["' OR 1=1", "%E2%80%AE", "9" * 40, "0.", "2.%00", "%F0%9F%92%A9", "%25", "_", "\\"]
    for value in odd:
        query = "&".join(f"{name}={value}&{name}=again" for name in fields)
        answer = client.get(f"/employers?{query}")
        assert answer.status_code == 200, value
        assert "<script>alert" not in answer.text
        assert "“49”" not in answer.text


def test_the_list_is_in_chinese_names_first(
    street: Town, browsers: Callable[..., TestClient]
) -> None:
    page = Person(browsers("zh")).open("/employers?city=chengdu")
    assert named(page) == ["铸坊软件"]
    assert "成都" in page.text
