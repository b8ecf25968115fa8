"""An auditor looks at decisions again: nobody chooses which, nobody sees who wrote or decided."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.db import Database
from app.employers.models import Employer
from app.evidence.models import EvidenceImage
from app.moderation import sampling, undoing
from app.moderation.desk import Beaten, Decided, Desk, Verdict
from app.moderation.models import AuditEntry, AuditOpening
from app.settings import Settings
from app.staff.models import Staff
from app.threads.models import Post
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import DAY, NOW, TODAY
from tests.moderation.reports import downloaded, table
from tests.moderation.test_replies import SAID, answered, settled
from tests.people import Person
from tests.staff.desk import signed_in

OUT = Verdict("remove", "contact", ("138 1234 5678",), "Leave the number out.")
Judged = Callable[..., tuple[Post, Decided]]


@pytest.fixture
def judged(database: Database, settings: Settings) -> Judged:
    """Give what lets one item be written and decided on, yesterday unless it is said when."""
    with database.transaction() as db:
        ines = desks.staff(db, "ines")

    def one(
        text: str = "Call 138 1234 5678.",
        verdict: Verdict = OUT,
        *,
        ago: int = 1,
        by: Desk = ines,
        employer: Employer | None = None,
    ) -> tuple[Post, Decided]:
        with database.transaction() as db:
            day = TODAY - ago * DAY
            post = desks.waiting(db, text, employer=employer, since=day)
        return post, desks.settled(database, settings, by, post, verdict, NOW - ago * DAY)

    return one


def test_a_key_draws_and_every_line_has_its_chance(tmp_path: Path) -> None:
    settings, other = (Settings(var=tmp_path, secret_key=word * 32) for word in "ab")
    days = [sampling.draw(settings, range(first, first + 10)) for first in range(0, 2000, 10)]
    assert {len(of_day) for of_day in days} == {sampling.A_DAY}
    assert days[0] == sampling.draw(settings, reversed(range(10)))
    places = [sum(n % 10 == place for of_day in days for n in of_day) for place in range(10)]
    assert 35 < min(places) <= max(places) < 85, "60 each, if no place of a day is preferred"
    assert days != [sampling.draw(other, range(first, first + 10)) for first in range(0, 2000, 10)]


@SQLITE_FIRST
def test_an_auditor_agrees_once_in_a_line_of_the_log(
    app: FastAPI, client: TestClient, database: Database, settings: Settings, judged: Judged
) -> None:
    judged(ago=sampling.DAYS + 1)
    _, kept = judged("Nothing much.", desks.APPROVE, ago=2)
    post, made = judged()
    judged(ago=0)
    vera, otto = Person(signed_in(app, "auditor")), Person(signed_in(app, "auditor", name="otto"))
    assert "a key draws 3 decisions at most" in vera.open("/desk/help").text
    assert "/desk/sample" not in Person(signed_in(app)).open("/desk/help").html
    vera.open("/desk/sample")
    ways = [a.get("href") for a in vera.page.iter("a") if "/desk/sample/" in a.get("href", "")]
    first, second = (f"/desk/sample/{each.number}" for each in (made, kept))
    assert ways == [first, second], "neither today nor long ago"
    for said in ("138 1234 5678", "Leave the number out.", "Contact data", "The same day"):
        assert said in vera.open(first).text
    assert post.slot is not None
    assert post.nym is not None
    for secret in (post.slot.hex(), post.nym.hex(), post.id.hex(), "ines"):
        assert secret not in vera.html
    assert "Nothing much." in vera.open(second).text
    assert [vera.post(second, do=do).status for do in ("disagree", "else")] == [422, 422]
    assert vera.post(first, do="agree", reason="too_hard").path == "/desk/sample"
    assert vera.post(second, do="disagree", reason="too_mild").status == 200
    assert otto.post(first, do="disagree", reason="too_hard").status == 409
    assert "decided this first." in otto.html
    assert "looked at again: agreed" in otto.open(first).text
    settings.clock = "2026-11-19T12:00:00"
    *_, one, other = downloaded(client)
    assert [
        (line["kind"], line["action"], line["reason"], line["days"]) for line in (one, other)
    ] == [
        ("post", "agree", None, "1"),
        ("post", "disagree", "too_mild", "2-3"),
    ]
    assert table(Person(client).open("/transparency"), "samples") == {
        "Agreed": [1],
        "Not agreed": [1],
    }
    assert "samples,agree,number,1" in client.get("/transparency/report.csv").text


@SQLITE_FIRST
def test_nobody_meets_a_tie_or_themselves_and_nothing_undone_or_changed(
    database: Database, settings: Settings, judged: Judged
) -> None:
    with database.transaction() as db:
        acme = factories.employer(db, "Acme")
        vera, otto = desks.staff(db, "vera", "auditor"), desks.staff(db, "otto", "auditor", acme)
        sol, tess = desks.staff(db, "sol"), desks.staff(db, "tess", "senior", proven=True)

    def sees(desk: Desk) -> list[int]:
        with database.reading() as db:
            return [each.line.number for each in sampling.listed(db, settings, desk, TODAY)]

    _, undone = judged(ago=3)
    with database.transaction() as db:
        assert undone.undo
        ines = desks.Desk(undone.undo.staff_id, "moderator")
        undoing.undo(db, settings, ines, undone.undo, NOW - 3 * DAY)
    _, about = judged(employer=acme, ago=2)
    post, own = judged(by=sol)
    # Somebody else's proposal, and that they took it back, leave a decision as it was.
    gone = Verdict("suppress", "contact", (), "A court asked.")
    proposed = desks.settled(database, settings, tess, post, gone, NOW - DAY)
    with database.transaction() as db:
        assert proposed.undo
        undoing.undo(db, settings, tess, proposed.undo, NOW - DAY)
    # One that stands is no decision yet.
    desks.settled(database, settings, tess, post, gone, NOW - DAY)
    assert sees(vera) == [own.number, about.number]
    assert sees(otto) == [own.number]
    with database.transaction() as db:
        db.get_one(Staff, sol.id).role = "auditor"
    assert sees(desks.Desk(sol.id, "auditor")) == [about.number]
    with database.transaction() as db:
        left = sampling.shown(db, settings, vera, own.number, "en", TODAY)
        assert left.texts["text"] == "Call 138 1234 5678."
        db.get_one(Post, post.id).judged = False
        left = sampling.shown(db, settings, vera, own.number, "en", TODAY)
        assert (left.left, left.changed, left.title) == (False, True, None)
        # No line is noted twice, and none that was not drawn.
        number = sampling.note(db, settings, vera, about.number, "agree", None, TODAY)
        line, opening = (
            db.get_one(AuditEntry, number),
            db.scalar(select(AuditOpening).where(AuditOpening.number == number)),
        )
        assert opening is not None
        assert (line.before, line.after, opening.employer_id) == ("removed", "removed", None)
        with pytest.raises(Beaten):
            sampling.note(db, settings, vera, about.number, "agree", None, TODAY)
        for number, today in ((undone.number, TODAY), (own.number, TODAY - timedelta(1))):
            with pytest.raises(sampling.NotThere):
                sampling.note(db, settings, vera, number, "agree", None, today)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_picture_comes_when_it_is_asked_for(
    app: FastAPI, database: Database, judged: Judged
) -> None:
    post, made = judged(verdict=desks.APPROVE)
    image, at = bytes(range(16)), f"/desk/sample/{made.number}"
    app.state.store.put(image, b"a picture")
    with database.transaction() as db:
        row = {"alternative": "A rota", "width": 9, "height": 9}
        db.add(EvidenceImage(id=image, post_id=post.id, **row))
    vera = Person(signed_in(app, "auditor"))
    assert "<img" not in vera.open(at).html
    assert f'class="grey" src="{at}/image"' in vera.open(f"{at}?image=grey").html
    answer = vera.client.get(f"{at}/image")
    assert (answer.content, answer.headers["cache-control"]) == (b"a picture", "no-store")
    assert vera.client.get("/desk/sample/999/image").status_code == 404


@SQLITE_FIRST
def test_an_employers_reply_is_drawn_like_a_comment(
    store: Database, settings: Settings, acme: Employer, ines: Desk
) -> None:
    with store.transaction() as db:
        vera, reply = desks.staff(db, "vera", "auditor"), answered(db, acme)
    made = settled(store, settings, ines, reply, desks.REMOVE)
    with store.reading() as db:
        found = sampling.shown(db, settings, vera, made.number, "en", TODAY + DAY)
        assert (found.drawn.line.kind, dict(found.texts)) == ("reply", {"text": SAID})
        assert [*found.answers] == ["The bell rang."]
