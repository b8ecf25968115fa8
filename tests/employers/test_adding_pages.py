"""Somebody adds an employer that is missing."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from limits import parse
from starlette.testclient import TestClient

from app.db import Database
from app.employers import directory
from app.employers.models import Employer
from app.main import create_app
from app.settings import Settings
from app.web.limits import BUDGETS, Budget
from tests.conftest import SQLITE_FIRST, wide_budgets
from tests.people import Person

pytestmark = SQLITE_FIRST

Listed = Callable[[], list[Employer]]


def added(person: Person, **typed: str) -> str:
    """Send the form and return the address that the answer leads to."""
    action, values = person.open("/employers/new").form()
    answer = person.client.post(action, data={**values, **typed})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_an_employer_is_usable_at_once_and_unconfirmed(
    person: Person, listed: Listed, database: Database
) -> None:
    where = added(
        person,
        name="  Lamp   Huo ",
        other_name="灯火有限公司",
        cities="上海、Xi'an",
        place="HK",
        industry="games",
        website="lamphuo.example",
    )

    assert where == "/employers/lamp-huo"
    (employer,) = listed()
    assert (employer.name, employer.name_zh, employer.place) == ("Lamp Huo", "灯火有限公司", "HK")
    assert (employer.industry, employer.website) == ("games", "http://lamphuo.example")
    assert not employer.confirmed
    assert person.open(f"{where}/claims").status == 200
    with database.reading() as db:
        assert directory.city_keys(db, employer) == ["shanghai", "xian"]


@pytest.mark.parametrize(
    ("name", "other", "first", "chinese"),
    [
        ("灯火", "", "灯火", None),
        ("灯火", "Lamp", "Lamp", "灯火"),
        ("Lamp", "灯火", "Lamp", "灯火"),
        ("Lamp", "L.A.M.P.", "Lamp", None),
        ("Ｌａｍｐ（中国）", "", "Lamp(中国)", None),
    ],
)
def test_names_find_their_script(
    person: Person, listed: Listed, name: str, other: str, first: str, chinese: str | None
) -> None:
    added(person, name=name, other_name=other)

    assert [(e.name, e.name_zh) for e in listed()] == [(first, chinese)]


def test_the_name_that_was_searched_for_is_in_the_form(person: Person) -> None:
    assert person.open("/employers/new?name=灯火").form()[1]["name"] == "灯火"


def test_the_same_form_sent_twice_adds_one_employer(person: Person, listed: Listed) -> None:
    action, values = person.open("/employers/new").form()
    sent = {**values, "name": "Lamp"}

    answers = [person.client.post(action, data=sent) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == ["/employers/lamp"] * 2
    assert len(listed()) == 1


def test_many_at_once_with_one_name_add_one_employer(
    people: Callable[..., Person], listed: Listed
) -> None:
    everybody = [people() for _ in range(6)]
    forms = [each.open("/employers/new").form() for each in everybody]

    def send(number: int) -> int:
        action, values = forms[number]
        return everybody[number].client.post(action, data={**values, "name": "灯火"}).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(send, range(6)))

    assert sorted(statuses) == [303] + [422] * 5
    assert len(listed()) == 1


@pytest.mark.parametrize("again", ["灯火", " 灯 火 ", "LAMP-HUO", "lamp huo"])
def test_a_name_that_is_listed_leads_there(person: Person, listed: Listed, again: str) -> None:
    added(person, name="Lamp Huo", other_name="灯火")

    person.open("/employers/new").submit(name=again, cities="上海")

    assert person.status == 422
    assert "listed already" in person.errors["name"]
    assert 'href="/employers/lamp-huo"' in person.html
    assert person.form()[1]["cities"] == "上海"
    assert len(listed()) == 1


def test_the_other_name_may_be_the_one_that_is_listed(person: Person) -> None:
    added(person, name="灯火")

    person.open("/employers/new").submit(name="Something", other_name="灯火")

    assert list(person.errors) == ["other_name"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "needs a name"),
        ("name", "!!!", "needs a name"),
        ("name", "灯" * 121, "at most 120"),
        ("name", "Lamp 13800138000", "Leave it out"),
        ("name", "Lamp hr@lamp.example", "Leave it out"),
        ("name", "<b>Lamp</b>", "Leave out signs"),
        ("other_name", "?", "needs a name"),
        ("cities", ",".join(f"City{n}" for n in range(21)), "At most 20"),
        ("cities", "a" * 60, "comma"),
        ("place", "XX", "from the list"),
        ("place", "", "from the list"),
        ("industry", "crime", "from the list"),
        ("website", "javascript:alert(1)", "no web address"),
        ("website", "not an address", "no web address"),
        ("token", "", "open too long"),
        ("token", "AAAA", "open too long"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    person: Person, listed: Listed, field: str, value: str, said: str
) -> None:
    person.open("/employers/new").submit(**{"name": "Lamp", "cities": "上海", field: value})

    assert person.status == 422
    assert said in (person.errors.get(field) or person.text)
    kept = person.form()[1]
    assert field in {"token", "place", "industry"} or kept[field] == value
    assert kept["name"] == (value if field == "name" else "Lamp")
    assert listed() == []


def test_an_old_page_can_be_sent_again_at_once(person: Person, listed: Listed) -> None:
    person.open("/employers/new").submit(name="Lamp", token="AAAA")
    action, values = person.form()

    assert person.client.post(action, data=values).status_code == 303
    assert len(listed()) == 1


NAUGHTY = [
    "",
    " ",
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "\u202etxet desrever",
    "\u200b\ufeff",
    "<script>alert(1)</script>",
    '" onfocus="alert(1)" x="',
    "{{7*7}} %(place)s %s {0}",
    "'; DROP TABLE employer; --",
    "../../etc/passwd",
    "a\u0301" * 500,
    "ﷺ" * 120,
    "9" * 3000,
    "的" * 100_000,
    "a" * 1_000_000,
]
FIELDS = ("name", "other_name", "cities", "place", "industry", "website", "token")


@pytest.mark.parametrize("field", FIELDS)
def test_no_value_breaks_the_page(person: Person, listed: Listed, field: str) -> None:
    usual = {"place": "CN", "token": person.open("/employers/new").form()[1]["token"]}
    for value in NAUGHTY:
        # The name is missing, or is the naughty one: nothing may be stored.
        answer = person.client.post("/employers/new", data={**usual, field: value})
        if answer.status_code == 303:
            assert field == "name"
            continue
        assert answer.status_code == 422, value[:20]
        assert "<script>alert" not in answer.text
        assert 'onfocus="alert' not in answer.text
        echoed = field in {"name", "other_name", "cities", "website"}
        if echoed and isinstance(value, str) and value.startswith("{{"):
            assert "{{7*7}}" in answer.text
    assert {employer.name for employer in listed()} <= {"../../etc/passwd"}


def test_doubled_fields_and_other_bodies(person: Person, listed: Listed) -> None:
    client, path = person.client, "/employers/new"
    token = person.open(path).form()[1]["token"]
    usual = {"name": "Lamp", "place": "CN", "token": token}

    for field in FIELDS:
        doubled = {**usual, field: [usual.get(field, "x"), "other"]}
        assert client.post(path, data=doubled).status_code == 422, field
    assert client.post(path, json={"name": "Lamp"}).status_code == 415
    assert client.post(path, files={"name": b"a file"}).status_code in {400, 422}
    assert client.post(path, data={f"f{n}": "x" for n in range(500)}).status_code in {400, 413}
    for start, name in itertools.product(("", "?lang=zh"), ("\u0000", "x" * 3000)):
        assert client.get(path + (start or "?"), params={"name": name}).status_code == 200
    assert listed() == []


def test_adding_has_a_budget_of_its_own(settings: Settings, people: Callable[..., Person]) -> None:
    narrow = {
        **wide_budgets(),
        "adding": Budget(parse("2 per hour"), BUDGETS["adding"].everybody),
    }
    app: FastAPI = create_app(settings, budgets=narrow)
    client = TestClient(
        app,
        base_url="https://lamplight.test",
        headers={"sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    person = Person(client)

    for number in range(2):
        added(person, name=f"Lamp {number}")
    action, values = person.open("/employers/new").form()
    answer = client.post(action, data={**values, "name": "Lamp 3"})

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    app.state.database.close()
