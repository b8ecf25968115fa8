"""What public lists claim: imported once, shown with its source, never as the site's own word."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db import Database
from app.employers import directory, importing, list_955wlb, merging
from app.employers.models import Employer, SourcedClaim
from app.web import editions
from tests.conftest import SQLITE_FIRST
from tests.employers.test_lists import ICU, WLB
from tests.people import Person

pytestmark = SQLITE_FIRST

Bring = Callable[[str], importing.Imported]
Listed = Callable[[], list[Employer]]


def dump(database: Database) -> list[object]:
    """Return every stored value that an import may touch."""
    with database.reading() as db:
        tables = (Employer, SourcedClaim)
        rows = [row for table in tables for row in db.scalars(select(table))]
        names = directory.search(db, "灯").employers
        values = [[str(vars(row)[c.key]) for c in row.__table__.columns] for row in rows]
        return [sorted(values), [employer.slug for employer in names], editions.current(db)]


def test_a_list_becomes_confirmed_employers_with_claims(bring: Bring, listed: Listed) -> None:
    done = bring(ICU)

    assert (done.employers, done.claims) == (8, 10)
    assert all(employer.confirmed and employer.place == "CN" for employer in listed())
    lamp = next(e for e in listed() if e.slug == "lamphuo")
    assert (lamp.name, lamp.name_zh, lamp.website) == ("LampHuo", "灯火", "https://denghuo.example")


def test_importing_twice_changes_nothing(bring: Bring, database: Database) -> None:
    bring(ICU)
    before = dump(database)

    again = bring(ICU)

    assert (again.employers, again.claims) == (0, 0)
    assert dump(database) == before


def test_a_row_that_moves_stays_one_claim_and_one_revoked_says_so(
    bring: Bring, database: Database
) -> None:
    bring(ICU)
    row = "|上海|[灯盏网](www.dengzhan.example/)|2019年4月7日|996 or 997|[看](https://a.example/2)|"
    moved = ICU.replace(row + "[答](https://a.example/3)|\n", "")
    moved = moved.replace("|:---:|\n|上海|[灯影]", f"|:---:|\n{row}\n|上海|[灯影]", 1)

    done = bring(moved)

    assert (done.employers, done.claims) == (0, 5)  # itself, and the lines in between
    with database.reading() as db:
        claims = list(db.scalars(select(SourcedClaim).where(SourcedClaim.written == "灯盏网")))
    assert [(claim.source_row, claim.status) for claim in claims] == [(8, "revoked")]


def test_a_list_confirms_what_somebody_added(person: Person, bring: Bring, listed: Listed) -> None:
    action, values = person.open("/employers/new").form()
    person.client.post(action, data={**values, "name": "灯 火"})
    assert [employer.confirmed for employer in listed()] == [False]

    bring(ICU)

    kept = next(employer for employer in listed() if employer.name == "灯 火")
    assert kept.confirmed
    assert kept.website == "https://denghuo.example"
    assert len(listed()) == 8


def test_two_lists_meet_in_one_employer(bring: Bring, database: Database, listed: Listed) -> None:
    bring(ICU)
    text = WLB.replace("Lampless", "Something (灯火)")
    with database.transaction() as db:
        list(importing.store(db, list_955wlb.read(text)))

    with database.reading() as db:
        employer = directory.by_name(db, "something")
        sources = {c.source for c in db.scalars(select(SourcedClaim)) if c.schedule}
        assert employer is not None
        assert employer.slug == "lamphuo"
    assert sources == {"996icu", "955wlb"}


def test_claims_show_their_words_source_and_evidence(person: Person, bring: Bring) -> None:
    bring(ICU)

    person.open("/employers/dengzhanwang/claims")

    assert "996 or 997" in person.text
    assert "72–84 h present" in person.text
    assert "996.ICU, line 17" in person.text
    assert "Shanghai, April 2019" in person.text
    assert "several schedules named" in person.text
    links = {a.get("href"): a.get("rel") for a in person.page.iter("a")}
    assert links["https://a.example/2"] == "noreferrer nofollow"
    assert person.headers["cache-control"].startswith("public")
    assert "set-cookie" not in person.headers


def test_claims_speak_chinese(people: Callable[..., Person], bring: Bring) -> None:
    bring(ICU)

    reader = people("zh").open("/employers/dengzhanwang/claims")

    assert "上海、2019年4月" in reader.text
    assert "996.ICU" in reader.text


def test_what_is_revoked_is_never_shown_as_live(person: Person, bring: Bring) -> None:
    bring(ICU)

    assert "taken off the list since" in person.open("/employers/dengying/claims").text
    assert "taken off the list since" not in person.open("/employers/dengzhanwang/claims").text


def test_what_cannot_be_read_keeps_its_words(person: Person, bring: Bring) -> None:
    bring(ICU)

    text = person.open("/employers/dengguan/claims").text

    assert "每天干活" in text
    assert "Not read as hours." in text
    assert "h present" not in text


def test_claims_come_in_pages(person: Person, bring: Bring) -> None:
    header = ICU.partition("|北京|[灯火(")[0]
    rows = [f"|北京|灯火|2020年{n % 12 + 1}月|99{n % 3 + 5}、第{n}次|无|" for n in range(70)]
    bring(header + "\n".join(rows))
    seen: list[str] = []
    path = "/employers/denghuo/claims"

    while path:
        person.open(path)
        seen += [q.text or "" for q in person.page.iter("q")]
        path = next((a.get("href") for a in person.page.iter("a") if a.get("rel") == "next"), "")

    assert len(seen) == len(set(seen)) == 70


@pytest.mark.parametrize("after", ["x", "____", "2020-01_a_b_c", "_a_1_zz", "%00", "a" * 900])
def test_a_strange_position_shows_the_beginning(person: Person, bring: Bring, after: str) -> None:
    bring(ICU)

    assert person.open(f"/employers/lamphuo/claims?after={after}").status == 200


def test_nobody_is_named_by_a_list_yet(person: Person) -> None:
    action, values = person.open("/employers/new").form()
    person.client.post(action, data={**values, "name": "Lamp"})

    assert "No public list names this employer" in person.open("/employers/lamp/claims").text


def test_a_merged_employer_leads_to_the_one_that_stands_for_it(
    person: Person, bring: Bring, database: Database
) -> None:
    bring(ICU)
    with database.transaction() as db:
        gone, stays = directory.find(db, "dengguan"), directory.find(db, "denglong")
        merging.merge(db, gone, stays)

    person.open("/employers/dengguan/claims")

    assert person.path == "/employers/denglong/claims"
    assert "每天干活" in person.text
    assert person.open("/employers/nobody/claims").status == 404
