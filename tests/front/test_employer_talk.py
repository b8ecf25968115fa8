"""The employer page and the front page: what people say, and what to do where nobody has."""

import pytest

from tests.conftest import SQLITE_FIRST
from tests.factories import employer
from tests.front.conftest import Town
from tests.people import Person
from tests.threads.accounts import Writer


@SQLITE_FIRST
def test_what_people_say_of_an_employer_stands_on_its_page_and_in_front(
    town: Town, reader: Person
) -> None:
    with town.database.transaction() as db:
        about = employer(db, "Meridian Cloud")
        other = employer(db, "Alder Robotics")
    for path in ("/employers/meridian-cloud", "/employers/alder-robotics"):
        assert "Nobody has written about this employer yet." in reader.open(path).text
        slug = path.split("/")[-1]
        assert f'href="/threads/new?employer={slug}"' in reader.html
    assert "Nobody has said anything yet." in reader.open("/").text
    assert 'href="/threads/new"' in reader.html

    ana, bo = Writer(), Writer()
    with town.database.transaction() as db:
        first = ana.open(db, title="The stand-up is at 21:15", employer=about).post
        bo.answer(db, first)
        for n in range(5):
            bo.open(db, title=f"Night {n}", employer=about)
        ana.open(db, title="Nobody employs this one")
    page = reader.open("/employers/meridian-cloud")
    said = page.text.split("What people say")[1]
    assert said.count(" comment") == 4
    assert said.index("The stand-up is at 21:15") < said.index("Night")
    assert 'href="/employers/meridian-cloud/threads"' in page.html
    assert "Nobody has written" in reader.open("/employers/alder-robotics").text

    page = reader.open("/")
    assert page.text.index("The stand-up is at 21:15") < page.text.index("Night 0")
    assert "Meridian Cloud 7" in page.text
    assert "Working hours 1" in page.text
    assert other.name not in page.text.split("Threads")[-1]
    places = reader.client.get("/sitemap.xml").text
    assert places.count("/threads/") == 7
    assert f"/threads/{first.id.hex()}<" in places


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_feed_goes_on_and_turns_to_new(town: Town, reader: Person) -> None:
    ana = Writer()
    with town.database.transaction() as db:
        for n in range(32):
            ana.open(db, title=f"Thread {n}.")
    first = reader.open("/?sort=new")
    more = next(a.get("href", "") for a in first.page.iter("a") if a.get("rel") == "next")
    assert "sort=new" in more
    shown = [n for n in range(32) if f"Thread {n}." in first.text]
    rest = reader.open(more)
    assert "What does your week really look like?" not in rest.text
    assert sorted([*shown, *(n for n in range(32) if f"Thread {n}." in rest.text)]) == [*range(32)]
    assert reader.open("/?sort=new&after=nonsense").status == 200
