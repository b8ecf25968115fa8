"""/me: an account's own things, found by nobody else, and the way out."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers.adding import Wanted, add
from app.hours.models import HourReport
from app.members import joining
from app.members.models import Account
from app.settings import Settings
from app.web.sessions import COOKIE
from tests.conftest import SQLITE_FIRST
from tests.people import Person

FORM = "/employers/meridian-cloud/report"
WEEK = {"city": "beijing", "role": "engineering"}


@pytest.fixture
def people(browsers: Callable[..., TestClient], database: Database) -> Callable[..., Person]:
    """Give a maker of people, each at another browser, and two employers to file for."""
    with database.transaction() as db:
        add(db, random_id(), Wanted("Meridian Cloud", "子午云", cities=("beijing",)))
        add(db, random_id(), Wanted("Alder Robotics", cities=("shanghai",)))
    return lambda lang="en": Person(browsers(lang))


def rows(database: Database, model: type) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(model)) or 0


def newcomer(person: Person) -> str:
    """File for two employers and return the words."""
    words = person.open(FORM).submit(FORM, **WEEK).words
    other = "/employers/alder-robotics/report"
    person.open(other).submit(other, city="shanghai", role="design", end="19:30")
    return words


@SQLITE_FIRST
def test_an_empty_page_says_what_to_do_next(people: Callable[..., Person]) -> None:
    person = people()
    person.open("/join").submit()
    person.open("/me")
    assert "Nothing yet." in person.text
    assert "Report your hours" in person.text
    assert person.headers["cache-control"] == "no-store"
    kept = person.client.get("/me.json").json()
    assert {"posts", "answers", "statements", "strikes", "reports", "badges"} <= set(kept)
    assert not any(kept.values())


@SQLITE_FIRST
def test_own_reports_are_found_with_the_words_and_by_nobody_else(
    people: Callable[..., Person],
) -> None:
    writer, elsewhere, stranger = people(), people("zh"), people()
    words = newcomer(writer)
    for person in (writer, elsewhere):
        if person is elsewhere:
            person.post("/sign-in", phrase=words)
        person.open("/me")
        assert "10:00" in person.text
        assert "19:30" in person.text
        assert f"{FORM}?quarter=2026Q4" in person.html
        assert f"{FORM}/withdraw?quarter=2026Q4" in person.html
    assert "子午云" in elsewhere.text
    stranger.open("/join").submit()
    assert "Meridian" not in stranger.open("/me").html


@SQLITE_FIRST
def test_everything_kept_is_given_as_json(people: Callable[..., Person]) -> None:
    person = people()
    newcomer(person)
    kept = {own["employer"]: own for own in person.client.get("/me.json").json()["reports"]}
    assert set(kept) == {"meridian-cloud", "alder-robotics"}
    report = kept["alder-robotics"]
    assert (report["start"], report["end"], report["quarter"]) == ("10:00", "19:30", "2026Q4")
    assert (report["city"], report["role"], report["state"]) == ("shanghai", "design", "pending")


@SQLITE_FIRST
def test_nobody_signed_in_is_told_so(client: TestClient) -> None:
    assert client.get("/me").headers["location"] == "/sign-in?next=%2Fme"
    answer = client.get("/me.json")
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.post("/me/close").headers["location"] == "/sign-in?next=%2Fme%2Fclose"


@SQLITE_FIRST
def test_a_report_is_changed_and_withdrawn_from_here(
    people: Callable[..., Person], database: Database
) -> None:
    person = people()
    newcomer(person)
    person.open(f"{FORM}?quarter=2026Q4").submit(f"{FORM}/change", end="22:45")
    assert "22:45" in person.open("/me").text
    person.open(f"{FORM}/withdraw?quarter=2026Q4").submit(f"{FORM}/withdraw")
    assert "Meridian Cloud" not in person.open("/me").text
    assert rows(database, HourReport) == 1


@SQLITE_FIRST
def test_new_words_find_the_same_reports(people: Callable[..., Person]) -> None:
    person, later = people(), people()
    newcomer(person)
    words = person.open("/me/words").words
    person.submit("/me/words")
    before = person.client.get("/me.json").json()
    later.post("/sign-in", phrase=words)
    assert later.client.get("/me.json").json() == before
    assert len(before["reports"]) == 2


def test_closing_leaves_no_row(people: Callable[..., Person], database: Database) -> None:
    person, other = people(), people()
    words = newcomer(person)
    other.open(FORM).submit(FORM, **WEEK)
    cookie = person.client.cookies[COOKIE]
    person.open("/me/close")
    assert rows(database, HourReport) == 3
    assert "Your 2 hour reports are withdrawn." in person.text
    person.submit("/me/close")
    assert person.status == 200
    assert person.headers["clear-site-data"]
    assert (rows(database, HourReport), rows(database, Account)) == (1, 1)
    person.client.cookies.set(COOKIE, cookie, domain="lamplight.test")
    assert person.open("/me").path == "/sign-in"
    assert person.post("/sign-in", phrase=words).status == 422
    assert len(other.client.get("/me.json").json()["reports"]) == 1


@SQLITE_FIRST
def test_stopped_between_its_two_transactions_closing_can_be_repeated(
    people: Callable[..., Person], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = people()
    newcomer(person)
    person.open("/me/close")
    with monkeypatch.context() as broken:
        broken.setattr(joining, "close", None)
        assert person.submit("/me/close").status == 500
    assert (rows(database, HourReport), rows(database, Account)) == (0, 1)
    person.open("/me/close").submit("/me/close")
    assert rows(database, Account) == 0


@SQLITE_FIRST
def test_closing_ends_every_other_session(people: Callable[..., Person]) -> None:
    here, there = people(), people()
    words = newcomer(here)
    there.post("/sign-in", phrase=words)
    assert there.open("/me").path == "/me"
    here.open("/me/close").submit("/me/close")
    assert there.open("/me").path == "/sign-in"
    assert there.open(FORM).post(FORM + "/withdraw", quarter="2026Q4").path == "/sign-in"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_reading_writes_nothing(people: Callable[..., Person], settings: Settings) -> None:
    """No visit leaves a trace: not a byte of the database changes by looking.

    But for the first to open a public page since it changed, whose bytes go to the shelf.
    """
    person = people()
    newcomer(person)
    person.open("/")

    def database() -> list[bytes]:
        files = (settings.var / f"lamplight.db{end}" for end in ("", "-wal"))
        return [file.read_bytes() for file in files]

    before = database()
    for path in ("/me", "/me.json", "/me/words", "/me/close", FORM, "/"):
        person.open(path)
    assert database() == before
