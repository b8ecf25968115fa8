"""The desk's work on policy events, as a moderator without JavaScript does it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.db import Database, random_id
from app.employers import merging
from app.employers.models import Employer
from app.figures import events
from app.figures.events import Announced
from app.figures.models import PolicyEvent
from app.moderation import announcing, directory_events
from app.moderation.models import AuditEntry, AuditOpening
from app.web.forms import Form
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.people import Person
from tests.staff.desk import signed_in

pytestmark = SQLITE_FIRST
Sits = Callable[..., Person]
NEW: Final = "/desk/events/new"
SAID: Final = {
    "employer": "Acme",
    "place": "",
    "day": "2026-01-05",
    "text": "Says that 996 is over.",
    "text_zh": "宣布取消 996。",
    "source": "https://acme.example/news",
}
LAW: Final = {**SAID, "employer": "", "place": "CN", "text": "A ruling on 996.", "text_zh": ""}


@pytest.fixture
def sits(app: FastAPI) -> Sits:
    """Give a maker of people who sit down at the desk."""
    return lambda role="moderator", **more: Person(signed_in(app, role, **more))


@pytest.fixture
def acme(database: Database) -> Employer:
    """Add an employer."""
    with database.transaction() as db:
        return factories.employer(db, "Acme")


def mark(person: Person, field: str) -> str:
    """Return a hidden field of the page's form."""
    found = re.search(f'name="{field}" value="([^"]*)"', person.html)
    assert found
    return found[1]


def enter(person: Person, **said: str) -> Person:
    """Open the form for a new event and send it."""
    return person.post(NEW, token=mark(person.open(NEW), "token"), **{**SAID, **said})


def stored(database: Database) -> list[PolicyEvent]:
    with database.reading() as db:
        return list(db.scalars(select(PolicyEvent).order_by(PolicyEvent.day)))


def log(database: Database) -> list[tuple[str, str, str, bytes | None]]:
    with database.reading() as db:
        asked = (
            select(AuditEntry, AuditOpening.employer_id)
            .join(AuditOpening, AuditOpening.number == AuditEntry.number)
            .where(AuditEntry.kind == "event")
            .order_by(AuditEntry.number)
        )
        return [(line.action, line.before, line.after, of) for line, of in db.execute(asked)]


def test_an_event_is_entered_corrected_and_withdrawn(
    database: Database, sits: Sits, acme: Employer
) -> None:
    mira = sits(name="mira")
    token = mark(mira.open(NEW), "token")
    assert mira.post(NEW, token=token, **SAID).path == "/desk/events"
    mira.post(NEW, token=token, **SAID)  # sent twice
    assert "996 is over" in mira.html
    (event,) = stored(database)
    assert (event.employer_id, event.place, event.day.isoformat()) == (acme.id, None, SAID["day"])
    own = f"/desk/events/{event.id.hex()}"
    slow = sits()
    stale = mark(slow.open(own), "seen")
    mira.open(own).submit(own, press="do=correct", text="Says that nights are over.")
    (event,) = stored(database)
    assert event.text == "Says that nights are over."
    beaten = slow.post(own, **SAID, seen=stale, do="withdraw")
    assert beaten.status == 409
    assert "mira decided this first." in beaten.html
    seen = mark(slow.open(own), "seen")
    mira.open(own).submit(own, press="do=withdraw")
    assert "Nothing was entered yet" in mira.html
    assert slow.post(own, **SAID, seen=seen, do="correct").status == 409
    assert mira.open(own).status == 404
    # The form of a day is good for a day; what it entered is gone for good all the same.
    assert mira.post(NEW, token=token, **SAID).path == "/desk/events"
    assert stored(database) == []
    assert log(database) == [
        ("add_event", "none", "listed", acme.id),
        ("correct_event", "listed", "listed", acme.id),
        ("withdraw_event", "listed", "withdrawn", acme.id),
    ]


WRONG: Final[list[tuple[dict[str, str], set[str]]]] = [
    ({"employer": ""}, {"employer"}),
    ({"place": "CN"}, {"employer"}),
    ({"employer": "Nobody"}, {"employer"}),
    ({"employer": "", "place": "ZZ"}, {"place"}),
    ({"day": "5 January", "source": "http://acme.example/"}, {"day", "source"}),
    ({"day": "2100-01-01", "source": "javascript:alert(1)"}, {"day", "source"}),
    ({"day": "1999-12-31", "source": "https://u:p@acme.example/"}, {"day", "source"}),
    ({"source": "https://evil.example\\.acme.example/"}, {"source"}),  # a browser reads a slash
    ({"source": "https://\u202eemca.example/"}, {"source"}),
    ({"text": "", "text_zh": " \u200b "}, {"text"}),
    ({"text": "x" * 201, "text_zh": "Ring 13912345678"}, {"text", "text_zh"}),
]


def test_what_is_wrong_stands_beside_its_field(
    database: Database, sits: Sits, acme: Employer
) -> None:
    for wrong, fields in WRONG:
        form = Form([*{**SAID, **wrong}.items()])
        with database.reading() as db:
            assert announcing.read(db, form, date(2026, 11, 18)) is None
        assert set(form.errors) == fields
    refused = enter(sits(), **WRONG[-1][0])
    assert (refused.status, set(refused.errors)) == (422, WRONG[-1][1])
    assert set(refused.post(NEW, **SAID, token="").errors) == set()
    assert "open too long" in refused.html
    assert stored(database) == []


def test_text_is_one_plain_line(database: Database, sits: Sits, acme: Employer) -> None:
    enter(sits(), text="Says\u202e that\n 996  is over.", text_zh="")
    (event,) = stored(database)
    assert (event.text, event.text_zh) == ("Says that 996 is over.", None)
    assert event.text_in("zh") == event.text


def test_whoever_is_tied_neither_sees_nor_enters_it(
    database: Database, sits: Sits, acme: Employer
) -> None:
    enter(sits())
    tied = sits(ties=[acme.id])
    (event,) = stored(database)
    own = f"/desk/events/{event.id.hex()}"
    assert "996 is over" not in tied.open("/desk/events").html
    assert tied.open(own).status == 404
    assert tied.post(own, **SAID, seen="", do="withdraw").status == 404
    assert set(enter(tied, day="2026-02-05").errors) == {"employer"}
    # A law is nobody's; but it is not made an event of the employer either.
    assert enter(tied, **LAW).status == 200
    law = next(each for each in stored(database) if each.place)
    own = f"/desk/events/{law.id.hex()}"
    refused = tied.open(own).submit(own, press="do=correct", employer="acme", place="")
    assert set(refused.errors) == {"employer"}
    assert [action for action, *_ in log(database)] == ["add_event", "add_event"]
    assert log(database)[1][3] is None


def test_a_long_list_goes_on_over_pages(
    database: Database, sits: Sits, acme: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory_events, "PAGE", 3)
    with database.transaction() as db:
        for n in range(4):  # two of them on one day
            said = Announced(
                date(2026, 1, 1 + n // 2), None, "CN", f"Law {n}.", None, LAW["source"]
            )
            events.enter(db, random_id(), said)
        for n in range(4):
            said = Announced(date(2026, 2, 1), acme.id, None, f"Word {n}.", None, SAID["source"])
            events.enter(db, random_id(), said)
    told = [told_on_pages(sits()), told_on_pages(sits(ties=[acme.id]))]
    assert [len(each) for page in told for each in page] == [3, 3, 2, 3, 1]
    everything = [text for page in told[0] for text in page]
    assert sorted(everything) == [
        *(f"Law {n}." for n in range(4)),
        *(f"Word {n}." for n in range(4)),
    ]
    assert {text[:4] for text in everything[:4]} == {"Word"}
    assert [text for page in told[1] for text in page] == everything[4:]
    far = sits().open("/desk/events?after=2000-01-01.00")
    assert "Nothing more stands in this list." in far.text
    assert "Word" in far.open("/desk/events?after=no.thing").text


def told_on_pages(person: Person) -> list[list[str]]:
    """Return what each page of the list tells, following the link to the next one."""
    pages, path = list[list[str]](), "/desk/events"
    while path:
        person.open(path)
        pages.append(re.findall(r"(?:Law|Word) [0-9][.]", person.html))
        links = {a.get("rel"): a.get("href", "") for a in person.page.iter("a")}
        path = links.get("next", "")
    return pages


def test_an_employer_has_its_familys_and_its_places(
    database: Database, sits: Sits, acme: Employer
) -> None:
    mira = sits()
    enter(mira)
    enter(mira, **{**LAW, "day": "2026-03-01"})
    enter(mira, **{**LAW, "place": "US"})
    with database.transaction() as db:
        other = factories.employer(db, "Apex")
        merging.merge(db, db.get_one(Employer, acme.id), other)
        far = factories.employer(db, "Far", place="DE")
    with database.reading() as db:
        told = [each.text for each in events.about(db, db.get_one(Employer, other.id))]
        assert told == ["Says that 996 is over.", "A ruling on 996."]
        assert events.about(db, far) == []


def test_only_the_newest_stand_on_a_page(database: Database, acme: Employer) -> None:
    first = date(2026, 1, 1)
    with database.transaction() as db:
        for n in range(events.MOST + 2):
            day = first + timedelta(days=n)
            said = Announced(day, None, "CN", "A law.", None, "https://law.example/")
            events.enter(db, random_id(), said)
        days = [each.day for each in events.about(db, db.get_one(Employer, acme.id))]
    assert days == [first + timedelta(days=n) for n in range(2, events.MOST + 2)]
