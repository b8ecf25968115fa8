"""The desk's work on the directory, as a moderator without JavaScript does it."""

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.employers import adding, correcting, directory, domains
from app.employers.adding import Wanted
from app.employers.models import Employer
from app.moderation import directory as desk_directory
from app.moderation import directory_pages, directory_topic_pages, directory_topics
from app.moderation.models import AuditEntry
from app.threads import listing
from app.threads.models import Thread
from tests import factories
from tests.people import Person
from tests.staff.desk import signed_in
from tests.threads.accounts import Writer

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Sits = Callable[..., Person]
KNOWN = {"name": "Acme", "other_name": "", "cities": "Beijing", "place": "CN"}


@pytest.fixture
def sits(app: FastAPI) -> Sits:
    """Give a maker of people who sit down at the desk."""
    return lambda role="moderator", **more: Person(signed_in(app, role, **more))


@pytest.fixture
def add(database: Database) -> Callable[..., Employer]:
    """Give what adds an employer that nobody has confirmed."""

    def one(name: str, *, confirmed: bool = False) -> Employer:
        with database.transaction() as db:
            return factories.employer(db, name, confirmed=confirmed)

    return one


def address(*employers: Employer) -> str:
    return "/".join(["/desk/directory", *(each.id.hex() for each in employers)])


def seen(person: Person) -> str:
    """Return the mark that the forms of a page bear; reading the page itself takes a while."""
    found = re.search('name="seen" value="([^"]*)"', person.html)
    assert found
    return found[1]


def log(database: Database) -> list[tuple[str, str, str]]:
    """Return action and states of every line about the directory."""
    with database.reading() as db:
        asked = select(AuditEntry).order_by(AuditEntry.number)
        lines = [each for each in db.scalars(asked) if each.kind in ("employer", "topic")]
    return [(each.action, each.before, each.after) for each in lines]


def test_an_employer_is_corrected_and_confirmed(
    database: Database, sits: Sits, add: Callable[..., Employer]
) -> None:
    acme, mira = add("Acmee"), sits()
    add("Zeta", confirmed=True)
    assert "Acmee" in mira.open("/desk/directory").html
    assert "Zeta" not in mira.html
    assert mira.open("/desk/directory?q=zet").html.count("Zeta") == 1
    found = address(acme)
    assert 'value="Beijing"' in mira.open(found).html
    values = {**KNOWN, "name": "Acmee", "seen": seen(mira)}
    refused = mira.post(found, **{**values, "name": "zeta", "do": "confirm"})
    assert (refused.status, set(refused.errors)) == (422, {"name"})
    refused = mira.post(found, **{**values, "name": "", "domains": "qq.com", "do": "confirm"})
    assert set(refused.errors) == {"name"}
    refused = mira.post(found, **{**values, "domains": "acme.example qq.com", "do": "confirm"})
    assert set(refused.errors) == {"domains"}
    typed = {"name": "Acme", "other_name": "极点", "cities": "上海", "domains": "acme.example"}
    assert mira.post(found, **{**values, **typed, "do": "confirm"}).path == "/desk/directory"
    assert "Every employer is confirmed or turned down" in mira.html
    with database.reading() as db:
        now = db.get_one(Employer, acme.id)
        assert (now.name, now.name_zh, now.slug, now.confirmed) == ("Acme", "极点", "acmee", True)
        assert directory.city_keys(db, now) == ["shanghai"]
        assert domains.listed(db, now) == ["acme.example"]
        assert directory.by_name(db, "Acmee") is None
        assert {each.id for each in directory.search(db, "jidian").employers} == {acme.id}
    # A true former name stays; a domain that is left out goes.
    values |= {"name": "Apex", "other_name": "极点", "seen": seen(mira.open(found))}
    mira.post(found, **values, former="1", do="correct")
    with database.reading() as db:
        now = db.get_one(Employer, acme.id)
        assert directory.other_names(db, now) == ["Acme"]
        assert domains.listed(db, now) == []
    assert log(database) == [
        ("confirm", "unconfirmed", "confirmed"),
        ("correct", "confirmed", "confirmed"),
    ]


def test_two_moderators_do_not_both_decide(
    database: Database, sits: Sits, add: Callable[..., Employer]
) -> None:
    acme = add("Acme")
    path, ines, tomas = address(acme), sits(name="ines"), sits(name="tomas")
    hers, his = (seen(each.open(path)) for each in (ines, tomas))
    assert ines.post(path, seen=hers, do="turn_down").status == 200
    beaten = tomas.post(path, **{**KNOWN, "name": "Acme Works"}, seen=his, do="confirm")
    assert beaten.status == 409
    assert "ines decided this first." in beaten.html
    assert log(database) == [("turn_down", "unconfirmed", "turned_down")]
    with database.reading() as db:
        assert db.get_one(Employer, acme.id).name == "Acme"


def test_what_is_turned_down_leaves_the_lists_and_takes_nothing_more(
    database: Database, sits: Sits, add: Callable[..., Employer], client: TestClient
) -> None:
    acme, mira = add("Acme"), sits()
    worker = Person(client)
    mira.post(address(acme), seen=seen(mira.open(address(acme))), do="turn_down")
    assert "Acme" in mira.html, "it is listed among those that were turned down"
    with database.reading() as db:
        assert not directory.search(db, "acme").employers
        assert not directory.search(db).employers
    assert "no such employer" in worker.open("/employers/acme/report").html
    refused = worker.post("/employers/acme/report", start="10:00")
    assert refused.status == 422
    assert "no such employer" in refused.html
    assert "turned down" in worker.open("/employers/acme").html
    worker.open("/join").submit()
    refused = worker.open("/threads/new").submit("/threads/new", title="T", employer="Acme")
    assert "employer" in refused.errors
    assert "no such employer" in worker.open("/employers/new").submit(name="Acme").errors["name"]
    # And back.
    mira.post(address(acme), seen=seen(mira.open(address(acme))), do="take_back")
    with database.reading() as db:
        assert [each.id for each in directory.search(db, "acme").employers] == [acme.id]
    assert log(database)[-1] == ("take_back", "turned_down", "unconfirmed")


def test_two_are_merged_and_parted_again(
    database: Database, sits: Sits, add: Callable[..., Employer]
) -> None:
    new, old, mira = add("Meridan Cloud"), add("Meridian Cloud", confirmed=True), sits()
    with database.transaction() as db:
        thread = Writer().open(db, "Said of the wrong one", employer=new).post.thread_id
    html, path = mira.open("/desk/directory").html, address(new, old)
    assert f'href="{path}"' in html or f'href="{address(old, new)}"' in html
    mark = seen(mira.open(path))
    # A confirmed employer is not hidden behind one for which nobody vouches.
    assert mira.post(path, seen=mark, do="into_this").status == 422
    other = sits()
    assert mira.post(path, seen=mark, do="into_other").path == "/desk/directory"
    assert other.post(path, seen=mark, do="into_other").status == 409
    assert "No two employers look like one" in mira.html

    def standing() -> tuple[str, list[bytes]]:
        with database.reading() as db:
            family = directory.family(db, db.get_one(Employer, old.id))
            rows = listing.threads(db, "en", employers=family).rows
        return mira.open(f"/employers/{new.slug}").path, [each.id for each in rows]

    assert standing() == (f"/employers/{old.slug}", [thread])
    assert mira.open(path).path == address(new), "who was merged is no pair any more"
    mark = seen(mira)
    mira.post(address(new), seen=mark, do="unmerge")
    assert other.post(address(new), seen=mark, do="unmerge").status == 409
    assert standing() == (f"/employers/{new.slug}", [])
    # They are two: nobody is asked again.
    mark = seen(mira.open(path))
    mira.post(path, seen=mark, do="keep_apart")
    assert "No two employers look like one" in mira.html
    assert mira.post(path, seen=mark, do="keep_apart").status == 409
    assert log(database) == [
        ("merge", "unconfirmed", "merged"),
        ("unmerge", "merged", "unconfirmed"),
        ("keep_apart", "unconfirmed", "unconfirmed"),
    ]


def test_any_two_are_put_side_by_side_by_name(sits: Sits, add: Callable[..., Employer]) -> None:
    one, other, mira = add("Acme"), add("灯火", confirmed=True), sits()
    for typed in ("nobody", "acme"):
        assert "into" in mira.post(address(one), into=typed, do="compare").errors
    for typed in ("灯火", f"/employers/{other.slug}"):
        found = mira.post(address(one), into=typed, do="compare")
        assert found.path == address(one, other)


def test_a_moderator_with_a_tie_never_meets_the_employer(
    database: Database, sits: Sits, add: Callable[..., Employer]
) -> None:
    new, old = add("Meridan Cloud"), add("Meridian Cloud", confirmed=True)
    tied = sits(ties=[old.id])
    mark = seen(sits().open(address(new, old)))
    assert "No two employers look like one" in tied.open("/desk/directory").html
    assert tied.open(address(old)).status == 404
    assert tied.post(address(new, old), seen=mark, do="into_other").status == 404
    assert tied.post(address(old), seen="", do="turn_down").status == 404
    assert log(database) == []


def test_long_lists_go_on_over_pages(
    sits: Sits, add: Callable[..., Employer], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (desk_directory, directory_pages, directory_topic_pages):
        monkeypatch.setattr(module, "PAGE", 2)
    for name in (
        "Acme",
        "Borealis",
        "Meridan Cloud",
        "Meridian Cloud",
        "Meridiann Cloud",
        "Meridiam Cloud",
    ):
        add(name)

    def on() -> list[str]:
        return [a.get("href", "") for a in mira.page.iter("a") if a.get("rel") == "next"]

    mira = sits().open("/desk/directory")
    assert on() == [
        "/desk/directory?part=unconfirmed&after=borealis",
        "/desk/directory?part=pairs&after=2",
    ]
    more, pairs = on()
    assert "Acme" not in mira.open(more).text
    assert ("Meridiam Cloud" in mira.text, on()) == (
        True,
        [more.replace("borealis", "meridiam-cloud")],
    )
    assert "Perhaps one" not in mira.text
    assert mira.open(pairs).text.count("differ by a letter") == 1
    assert on() == []
    for path in ("?part=merged", "?part=unconfirmed&after=zz", "?part=turned_down&after=zz"):
        assert "Nothing more stands in this list." in mira.open(f"/desk/directory{path}").text
    assert "Borealis" in mira.open("/desk/directory?part=else&after=zz").text
    ((first, mark), second) = (on_topics(mira.open("/desk/topics")), on()[0])
    assert (second, len(first)) == ("/desk/topics?after=2", 2)
    there, _ = on_topics(mira.open(second))
    assert not set(there) & set(first)
    mira.post(second, seen=mark, do="up", topic=there[0])
    assert mira.status == 200
    assert on_topics(mira)[0] == [first[1], *there[1:]], (
        "it is on the page before, and this is shown"
    )


def on_topics(person: Person) -> tuple[list[str], str]:
    """Return the topics of a page of the list, and its mark."""
    fields = [each for each in person.page.iter("input") if each.get("name") == "topic"]
    return [slug for each in fields if (slug := each.get("value"))], seen(person)


def test_topics_are_added_renamed_moved_and_retired(database: Database, sits: Sits) -> None:
    mira, slow = sits(name="mira"), sits()
    stale = seen(slow.open("/desk/topics"))

    def press(do: str, topic: str = "", **typed: str) -> int:
        """Send a form of the page without reading it before and after, which takes a while."""
        with database.reading() as db:
            mark = directory_topics.listed(db).seen
        sent = {"seen": mark, "topic": topic, "do": do, **typed}
        return mira.client.post("/desk/topics", data=sent).status_code

    def offered() -> list[str]:
        with database.reading() as db:
            return [each.named.slug for each in listing.topics(db, "en")]

    before = offered()
    assert set(mira.post("/desk/topics", do="add", name="Night work").errors) == {"name_zh"}
    assert press("add", name="Night work", name_zh="夜班") == 303
    assert press("add", name="night WORK", name_zh="别的") == 422
    assert offered() == [*before, "night-work"]
    press("up", "night-work")
    assert offered() == [*before[:-1], "night-work", before[-1]]
    press("down", "night-work")
    press("rename", "night-work", name="Nights", name_zh="上夜班")
    with database.transaction() as db:
        kept = Writer().open(db, "Said at night").post.thread_id
        db.get_one(Thread, kept).topic = "night-work"
    press("retire", "night-work")
    assert offered() == before
    assert "Nights" in mira.open("/topics/night-work").html
    with database.reading() as db:
        assert [each.id for each in listing.threads(db, "en", topic="night-work").rows] == [kept]
    beaten = slow.post("/desk/topics", seen=stale, topic="night-work", do="retire")
    assert beaten.status == 409
    assert "mira decided this first." in beaten.html
    press("offer", "night-work")
    assert offered() == [*before, "night-work"]
    assert press("retire", "nothing") == 404
    assert [action for action, *_ in log(database)] == [
        *("add", "reorder", "reorder", "rename", "retire", "offer"),
    ]


def test_correcting_keeps_what_other_names_are_found_by(database: Database) -> None:
    with database.transaction() as db:
        made = adding.add(db, random_id(), Wanted("灯火", aliases=("登火",)))
        correcting.correct(db, made, Wanted("灯塔"), [])
        assert {e.id for e in directory.search(db, "denghuo").employers} == {made.id}
        assert not directory.search(db, "灯火").employers
