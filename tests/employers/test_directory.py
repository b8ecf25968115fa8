"""Finding employers by anything a person may type."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, insert_once, random_id
from app.employers import adding, directory, domains, merging
from app.employers.adding import AlreadyListed, Wanted
from app.employers.models import Employer, EmployerAlias, EmployerCity
from app.web import editions
from tests.conftest import SQLITE_FIRST

pytestmark = SQLITE_FIRST


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def street(db: Session) -> dict[str, Employer]:
    wanted = {
        "lamp": Wanted(
            "LampHuo", "灯火", aliases=("北京灯火技术有限公司",), cities=("beijing", "xian")
        ),
        "tower": Wanted("灯塔科技有限公司", cities=("shanghai",), industry="games"),
        "works": Wanted("Lamp Works", place="GB", cities=("london",)),
        "silver": Wanted("重庆行走银行", confirmed=True),
    }
    return {key: adding.add(db, random_id(), each) for key, each in wanted.items()}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("LampHuo", ["lamp"]),
        ("lamp huo", ["lamp"]),
        ("ＬＡＭＰ", ["works", "lamp"]),
        ("灯火", ["lamp"]),
        ("灯 火 技术", ["lamp"]),
        ("灯", ["tower", "lamp"]),
        ("技术", ["lamp"]),
        ("dengta", ["tower"]),
        ("dtkj", ["tower"]),
        ("cqxz", ["silver"]),
        ("yinhang", ["silver"]),
        ("lw", ["works"]),
        ("works", ["works"]),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("!!!", []),
        ("nobody", []),
        ("灯" * 5000, []),
    ],
)
def test_search_finds_both_scripts_pinyin_and_initials(db, street, query, found):
    slugs = {employer.slug: name for name, employer in street.items()}

    hits = directory.search(db, query).employers

    assert sorted(slugs[hit.slug] for hit in hits) == sorted(found)


def test_the_whole_name_comes_before_a_part_of_one(db, street):
    adding.add(db, random_id(), Wanted("A Lamp"))
    exact = adding.add(db, random_id(), Wanted("Lamp"))

    hits = [hit.slug for hit in directory.search(db, "lamp").employers]

    assert hits[0] == exact.slug
    assert hits[-1] == "a-lamp"


def test_filters_narrow(db, street):
    def found(**chosen: str) -> list[str]:
        return [employer.slug for employer in directory.search(db, **chosen).employers]

    assert found(place="GB") == ["lamp-works"]
    assert found(city="xian") == ["lamphuo"]
    assert found(industry="games") == ["dengtakeji"]
    assert found(query="lamp", city="london") == ["lamp-works"]
    assert found(city="xian", place="GB") == []


@pytest.mark.parametrize("query", ["", "lamp"])
def test_pages_follow_each_other_without_gap_or_repeat(db, query):
    for number in range(23):
        adding.add(db, random_id(), Wanted(f"Lamp {number}"))
    seen, after = [], ""

    while True:
        page = directory.search(db, query, limit=5, after=after)
        seen += [employer.slug for employer in page.employers]
        if page.next is None:
            break
        after = page.next

    assert len(seen) == len(set(seen)) == 23


@pytest.mark.parametrize("after", ["9.x", "x", "1.", ".", "1.'--", "\x00"])
def test_a_strange_position_is_harmless(db, street, after):
    directory.search(db, after=after.replace("\x00", ""))


def test_slugs_are_free_and_readable(db):
    made = [
        adding.add(db, random_id(), Wanted(name)).slug
        for name in ("灯火有限公司", "灯火", "new", "Лампа", "!Lamp & Co.", "Éclair")
    ]

    assert made[:3] == ["denghuo", "denghuo-2", "new-2"]
    assert made[3].startswith("employer-")
    assert made[4:] == ["lamp-co", "eclair"]


def test_adding_the_same_id_again_changes_nothing(db):
    wanted, same = Wanted("Lamp"), random_id()

    first, edition = adding.add(db, same, wanted), editions.current(db)

    assert adding.add(db, same, wanted) is first
    assert editions.current(db) == edition


@pytest.mark.parametrize("again", ["lamphuo", " LAMP HUO ", "灯火", "北京灯火技术有限公司"])
def test_a_taken_name_leads_to_the_employer_that_has_it(db, street, again):
    with pytest.raises(AlreadyListed) as refusal:
        adding.add(db, random_id(), Wanted(again))

    assert refusal.value.employer.slug == "lamphuo"


def test_merging_changes_no_stored_id_and_can_be_undone(db, street):
    lamp, tower, works = street["lamp"], street["tower"], street["works"]
    before = {row.id for row in db.scalars(select(Employer))}

    merging.merge(db, tower, lamp)
    merging.merge(db, lamp, works)

    assert directory.find(db, "dengtakeji").slug == "lamp-works"
    assert set(directory.family(db, works)) == {lamp.id, tower.id, works.id}
    assert directory.by_name(db, "灯塔科技有限公司").id == works.id
    assert [hit.slug for hit in directory.search(db, "灯塔").employers] == ["lamp-works"]
    assert directory.city_keys(db, works) == ["beijing", "london", "shanghai", "xian"]
    assert "灯塔科技有限公司" in directory.other_names(db, works)
    assert "lamphuo" not in [hit.slug for hit in directory.search(db).employers]
    assert {row.id for row in db.scalars(select(Employer))} == before

    merging.undo(db, lamp)

    assert directory.find(db, "dengtakeji").slug == "lamphuo"
    assert set(directory.family(db, lamp)) == {lamp.id, tower.id}
    assert directory.family(db, works) == [works.id]
    assert directory.find(db, "lamp-works").slug == "lamp-works"


def test_merging_into_itself_or_its_family_is_refused(db, street):
    lamp, tower = street["lamp"], street["tower"]
    merging.merge(db, tower, lamp)

    for one, other in ((lamp, lamp), (lamp, tower), (tower, lamp)):
        with pytest.raises(merging.CannotMerge):
            merging.merge(db, one, other)
    with pytest.raises(merging.CannotMerge):
        merging.undo(db, lamp)


def test_every_change_is_a_new_edition(db, street):
    def number() -> int:
        return editions.current(db)["directory"]

    numbers = [number()]
    for act in (
        lambda: adding.add(db, random_id(), Wanted("Another")),
        lambda: merging.merge(db, street["tower"], street["lamp"]),
        lambda: merging.undo(db, street["tower"]),
        lambda: domains.add(db, street["lamp"], "lamp.example"),
        lambda: adding.confirm(db, street["lamp"]),
    ):
        act()
        numbers.append(number())
    assert numbers == sorted(set(numbers))


def test_a_domain_means_one_employer(db, street):
    lamp, tower = street["lamp"], street["tower"]

    assert domains.add(db, lamp, " @Mail.Lamp.Example ")
    assert not domains.add(db, lamp, "mail.lamp.example")
    assert domains.add(db, lamp, "灯火.example")
    assert domains.listed(db, lamp) == ["mail.lamp.example", "xn--vnxh.example"]
    for refused in ("mail.lamp.example", "qq.com", "no domain", "localhost", "a..b", "x" * 300):
        with pytest.raises(domains.DomainRefused):
            domains.add(db, tower, refused)


def test_inserting_once_tells_new_from_known(db, street):
    city = {"employer_id": street["silver"].id, "city": "chongqing"}

    assert [insert_once(db, EmployerCity, **city) for _ in range(3)] == [True, False, False]


def test_long_names_fit(db):
    employer = adding.add(db, random_id(), Wanted("强" * 120))

    keys = db.scalars(select(EmployerAlias.key).where(EmployerAlias.employer_id == employer.id))
    assert max(map(len, keys)) <= 400
    assert len(employer.slug) <= 80
