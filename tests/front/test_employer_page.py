"""An employer's page: what was released and nothing else, in words that can be held to."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.employers import directory, importing, list_996icu, merging
from app.front.pages import FEW_CLAIMS
from tests.conftest import SQLITE_FIRST
from tests.front.conftest import NINE_NINE_SIX, NINE_SIX_FIVE, Town, week
from tests.people import Person

pytestmark = SQLITE_FIRST

CSS = Path(__file__).parents[2] / "static/lamplight.css"
RAW_BYTES, ZIPPED_BYTES = 60_000, 20_000


@pytest.fixture
def chinese(browsers: Callable[..., TestClient]) -> Person:
    return Person(browsers("zh"))


def svg_texts(person: Person, title: str) -> list[str]:
    """Give the words inside one picture."""
    for picture in person.page.iter("{http://www.w3.org/2000/svg}svg"):
        titles = picture.findall("{http://www.w3.org/2000/svg}title")
        if [each.text for each in titles] == [title]:
            return [each.text or "" for each in picture.iter("{http://www.w3.org/2000/svg}text")]
    raise AssertionError(title)


def test_a_reader_understands_an_employer_in_one_sentence(town: Town, reader: Person) -> None:
    slug = town.employer("Meridian Cloud", name_zh="子午云", aliases=("MDC",), cities=("beijing",))
    town.release(slug, (60, NINE_NINE_SIX))
    page = reader.open(f"/employers/{slug}")
    assert re.search(
        r"A usual week is 72 hours present \(\d+–\d+\), 60 working; about 996\.", page.text
    )
    assert "Also MDC. Beijing." in page.text
    assert "子午云" in page.text


def test_how_we_know_is_in_view_beside_the_sentence(town: Town, reader: Person) -> None:
    slug = town.employer("Meridian Cloud")
    town.release(slug, (60, NINE_NINE_SIX), number=7)
    page = reader.open(f"/employers/{slug}")
    card = next(each for each in page.page.iter("dl") if each.get("class") == "kv")
    said = {"".join(row.find("dt").itertext()): "".join(row.find("dd").itertext()) for row in card}
    assert list(said) == ["Reports", "Cohorts", "90 % interval", "Quarters", "Released"]
    assert said["Reports"] == "about 60, self-reported"
    assert said["Cohorts"] == "1, noise added"
    assert said["Quarters"] == "2026 Q4"
    assert said["Released"] == "Nov 16, 2026"
    assert "Anyone can file; heads are not counted." in page.text


def test_verified_figures_are_the_headline_and_the_others_a_link_away(
    town: Town, reader: Person, chinese: Person
) -> None:
    slug = town.employer("Meridian Cloud")
    home = f"/employers/{slug}"
    town.release(slug, (60, NINE_NINE_SIX))
    page = reader.open(f"{home}?by=verified")
    assert "about 60, self-reported" in page.text
    assert "Self-reported: anyone can file; heads are not counted." in page.text
    assert f"{home}?by=" not in page.html.split("<main")[1]

    town.release(slug, (40, NINE_SIX_FIVE), stratum="verified")
    for address in (home, f"{home}?by=", f"{home}?by=verified", f"{home}?by=%00x"):
        page = reader.open(address)
        assert "A usual week is 45 hours present" in page.text, address
        assert "about 40, verified" in page.text
        assert "Verified: each report carries a proof" in page.text
        assert "The self-reported figures, kept apart: 72 hours present" in page.text
    page = reader.open(f"{home}?lang=en").html
    assert f'href="{home}?by=self_reported&amp;lang=en"' in page
    assert "已验证：每份报告" in chinese.open(home).text

    page = reader.open(f"{home}?by=self_reported")
    assert "A usual week is 72 hours present" in page.text
    assert "about 60, self-reported" in page.text
    assert f'<a href="{home}">The verified figures, kept apart: 45 hours present' in page.html
    assert page.headers["cache-control"] == "public, no-cache"
    assert "45 hours present" in reader.open(home).text


def test_every_number_has_its_interval_and_the_table_says_what_the_picture_does(
    town: Town, reader: Person
) -> None:
    slug = town.employer("Meridian Cloud")
    town.release(slug, (60, NINE_NINE_SIX))
    page = reader.open(f"/employers/{slug}")
    facts = next(each for each in page.page.iter("dl") if each.get("class") == "facts")
    said = [" ".join(" ".join(fact.itertext()).split()) for fact in facts]
    assert re.fullmatch(r"Working time a week 60 hours .* 5\d–6\d\. Breaks taken out\..*", said[0])
    assert re.search(r"statutory limit 100 % .*100 %\. Counted from 48\.75 hours", said[1])
    assert re.fullmatch(r"Work at weekends 100 % .*100 %\..*", said[2])
    rows = [" ".join(" ".join(row.itertext()).split()) for row in page.page.iter("tr")]
    assert "58.75–61.25 60" in rows
    assert {"10:00 100 %", "20:00 100 %", "22:00 0 %"} <= set(rows)
    assert "60" in svg_texts(page, "Histogram of weekly working time")


def test_the_share_at_nine_has_its_interval(town: Town, reader: Person) -> None:
    slug = town.employer("Meridian Cloud")
    town.release(slug, (300, week("10:00", "22:00", 6)))
    page = reader.open(f"/employers/{slug}")
    assert re.search(
        r"At 21:00, (100|9\d) % of desks still have the lamp on \(\d+–\d+\)", page.text
    )


def test_too_few_reports_leave_the_day_dark_and_say_so(
    town: Town, reader: Person, chinese: Person
) -> None:
    slug = town.employer("Meridian Cloud")
    town.release(slug, (6, NINE_NINE_SIX), (6, NINE_SIX_FIVE))
    page = reader.open(f"/employers/{slug}")
    assert "Not yet enough reports to draw the hours of the day" in page.text
    assert "A day with no lamps drawn yet" in page.html
    assert "Lights on through the day" not in page.html
    assert "desks still have the lamp on" not in page.text
    assert "报告还不够多" in chinese.open(f"/employers/{slug}").text
    assert "desks still have the lamp on" not in reader.open("/").text
    assert slug in reader.open("/employers").html


def test_two_kinds_of_week_are_told_as_two(town: Town, reader: Person) -> None:
    slug = town.employer("Meridian Cloud")
    town.release(slug, (120, NINE_NINE_SIX), (80, NINE_SIX_FIVE))
    page = reader.open(f"/employers/{slug}")
    assert "no one schedule." in page.text
    assert re.search(
        r"two kinds of week.*about 6 in 10 people stay 7\d hours, the others 4\d", page.text
    )
    assert "Two ways to work, with a gap between" in page.text


def test_a_trend_needs_two_quarters(town: Town, reader: Person) -> None:
    slug = town.employer("Meridian Cloud")
    town.release(slug, (60, NINE_NINE_SIX), quarter="2026Q2")
    assert "Working time by quarter" not in reader.open(f"/employers/{slug}").html
    town.release(slug, (60, NINE_SIX_FIVE), quarter="2026Q4")
    page = reader.open(f"/employers/{slug}")
    assert "Shorter weeks in 2026 Q4 than in 2026 Q2" in page.text
    assert svg_texts(page, "Working time by quarter")[-1] == "60"


@pytest.mark.parametrize("place", ["CN", "DE", "US", "ZW"])
def test_the_law_is_cited_and_never_called_broken(town: Town, reader: Person, place: str) -> None:
    slug = town.employer("Meridian Cloud", place=place)
    town.release(slug, (60, NINE_NINE_SIX))
    text = reader.open(f"/employers/{slug}").text
    assert "illegal" not in text.lower()
    if place != "ZW":
        assert "not legal advice" in text


def test_the_exemption_stands_beside_the_line(town: Town, reader: Person) -> None:
    slug = town.employer("Meridian Cloud")
    town.release(slug, (60, NINE_NINE_SIX))
    text = reader.open(f"/employers/{slug}").text
    assert "Statutory limit 48.3 h" in text
    assert "flexible working-hour systems (art. 39)" in text
    assert "Text of the law read, as of Nov 21, 2026." in text
    assert "One published case, of 2021, held a 9-9-6 rule void." in text


def test_articles_that_nobody_saw_are_not_cited(town: Town, reader: Person) -> None:
    slug = town.employer("Meridian Cloud", place="JP")
    town.release(slug, (60, NINE_NINE_SIX))
    text = reader.open(f"/employers/{slug}").text
    assert "(Labor Standards Act), arts 32, 35, 36(3), 36(4), 36(5), 37, 38-3." in text


def test_where_the_law_has_no_line_overtime_is_shown_instead(town: Town, reader: Person) -> None:
    slug = town.employer("Harborlight", place="US")
    town.release(slug, (60, NINE_NINE_SIX))
    text = reader.open(f"/employers/{slug}").text
    assert "Overtime a week" in text
    assert "Working time above the standard 40 hours." in text
    assert "Statutory limit" not in text


def test_before_figures_the_page_is_honest_and_says_what_to_do(town: Town, reader: Person) -> None:
    slug = town.employer("Alder Robotics")
    page = reader.open(f"/employers/{slug}")
    assert "No figures yet." in page.text
    assert "Figures appear when 10 people have filed" in page.text
    assert "Ten dark windows" in page.html
    assert f'href="/employers/{slug}/report"' in page.html


def test_an_unconfirmed_employer_is_marked_and_shows_no_figures(town: Town, reader: Person) -> None:
    slug = town.employer("Alder Robotics", confirmed=False)
    town.release(slug, (60, NINE_NINE_SIX))
    page = reader.open(f"/employers/{slug}")
    assert "unconfirmed" in page.text
    assert "No figures yet." in page.text


def test_claims_stand_apart_and_the_newest_few_are_shown(town: Town, reader: Person) -> None:
    slug = town.employer("Meridian Cloud")
    town.release(slug, (60, NINE_SIX_FIVE))
    rows = "".join(
        f"|上海|[Meridian Cloud](https://m.test)|2019年{month}月|996 第{month}种|无|\n"
        for month in range(1, FEW_CLAIMS + 3)
    )
    head = "|城市|公司|曝光/施行时间|制度描述|证据内容|\n|:-:|:-:|:-:|:-:|:-:|\n"
    with town.database.transaction() as db:
        list(importing.store(db, list_996icu.read(head + rows)))
    page = reader.open(f"/employers/{slug}")
    assert "What others claimed" in page.text
    assert page.html.count("<q ") == FEW_CLAIMS
    assert "996 第6种" in page.text
    assert "996 第1种" not in page.text
    assert f'href="/employers/{slug}/claims"' in page.html
    assert "45 hours present" in page.text


def test_a_merged_employers_address_leads_to_the_one_that_stands(
    town: Town, client: TestClient
) -> None:
    old, new = town.employer("Old Name"), town.employer("New Name")
    with town.database.transaction() as db:
        one, other = directory.find(db, old), directory.find(db, new)
        assert one is not None
        assert other is not None
        merging.merge(db, one, other)
    answer = client.get(f"/employers/{old}?lang=zh")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/employers/{new}?lang=zh")


def test_an_address_of_nobody_is_a_404(client: TestClient) -> None:
    odd = ("nobody", "%00", "Meridian%20Cloud", "..%2f..", "a" * 500, "%ff", "%F0%9F%92%A1")
    for slug in odd:
        for ending in ("", ".json", ".csv"):
            answer = client.get(f"/employers/{slug}{ending}")
            assert answer.status_code == 404, slug
            kind = "application/problem+json" if ending == ".json" else "text/html; charset=utf-8"
            assert answer.headers["content-type"] == kind


def test_the_page_is_public_and_the_same_for_everyone(
    town: Town, browsers: Callable[..., TestClient]
) -> None:
    slug = town.employer("Meridian Cloud")
    town.release(slug, (60, NINE_NINE_SIX))
    one, other = (browsers().get(f"/employers/{slug}") for _ in range(2))
    assert one.content == other.content
    assert one.headers["cache-control"] == "public, no-cache"
    assert "set-cookie" not in one.headers
    assert one.headers["etag"]


def test_a_new_release_changes_the_page_at_once(town: Town, reader: Person) -> None:
    slug = town.employer("Meridian Cloud")
    assert "No figures yet." in reader.open(f"/employers/{slug}").text
    town.release(slug, (60, NINE_NINE_SIX))
    assert "72 hours" in reader.open(f"/employers/{slug}").text


def test_the_page_is_complete_in_chinese(town: Town, chinese: Person) -> None:
    slug = town.employer("Meridian Cloud", name_zh="子午云", cities=("beijing", "shenzhen"))
    town.release(slug, (120, NINE_NINE_SIX), (80, NINE_SIX_FIVE), quarter="2026Q2")
    town.release(slug, (60, NINE_NINE_SIX))
    page = chinese.open(f"/employers/{slug}")
    assert "北京、深圳。" in page.text
    sentences = re.findall(r"[A-Za-z]{3,} [a-z]{3,} [a-z]{3,}", page.text.split("合计每周")[0])
    assert sentences == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_heaviest_page_is_light(
    town: Town, browsers: Callable[..., TestClient], lang: str
) -> None:
    slug = town.employer("Meridian Cloud", name_zh="子午云", aliases=("MDC", "Meridian"))
    spread = [(12, week("09:00", f"{12 + n % 11}:30", 4 + n % 7 / 2)) for n in range(40)]
    for n in range(11):
        town.publish(slug, *spread, quarter=f"{2024 + n // 4}Q{n % 4 + 1}")
    town.release(slug, *spread, quarter="2026Q4")
    page = browsers(lang).get(f"/employers/{slug}").content
    together = page + CSS.read_bytes()
    assert len(together) <= RAW_BYTES
    assert sum(len(gzip.compress(part, 9)) for part in (page, CSS.read_bytes())) <= ZIPPED_BYTES
