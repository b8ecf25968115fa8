"""Who may answer for an employer: the domain, a mailbox, a colleague, and nothing less."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.db import Database, random_id
from app.employers.models import Employer
from app.moderation.models import AuditEntry
from app.replies import applying, records
from app.replies.models import Representative
from app.settings import Settings
from app.staff.models import Staff
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import TODAY
from tests.replies.conftest import Speaker
from tests.replies.names import Names
from tests.servers import Mailroom

pytestmark = SQLITE_FIRST
Speakers = Callable[[str], Speaker]


def test_two_colleagues_prove_it_and_a_third_follows(
    speaker: Speakers, names: Names, post: Mailroom, database: Database
) -> None:
    ann, bo, cy = (speaker(name) for name in ("ann", "bo", "cy"))
    ann.ask("ann@acme.test").prove(names, post)
    assert "Nobody else of this employer" in ann.text
    told = post.received[-1].message.get_content()
    assert "Acme" in told
    assert "https://lamplight.test" in told
    bo.ask("Bo@ACME.test").prove(names, post)
    ann.step("colleague", colleague=_id(database, "bo"))
    assert "All three" not in ann.text
    assert ann.step("account", name="ann").status == 409  # nobody has said so of her
    bo.step("colleague", colleague=_id(database, "ann"))
    assert "All three steps are done" in bo.text
    for each in (ann, bo):
        each.begin()
        assert each.open("/reply").status == 200
        assert "You answer for Acme" in each.text
        assert each.open("/desk").status == 403  # nothing else of the desk is theirs
    assert ann.step("account", name="ann").status == 409  # its address opens no account again
    cy.ask("cy@acme.test").prove(names, post)
    assert ann.open("/reply").submit("/reply/confirm").status == 200
    cy.begin()
    with database.reading() as db:
        roles = db.scalars(select(Staff.role).where(Staff.employer_id.is_not(None))).all()
        assert roles == ["representative"] * 3
        lines = db.scalars(select(AuditEntry.action)).all()
        assert lines.count("make_representative") == 3
        rows = db.scalars(select(Representative)).all()
        assert [row.sealed for row in rows] == [None] * 3  # proven, so erased


@pytest.mark.parametrize("changed", [{"active": False}, {"role": "moderator"}])
def test_who_answers_no_more_lets_nobody_in(
    database: Database, acme: Employer, changed: dict[str, Any]
) -> None:
    with database.transaction() as db:
        staff = desks.staff(db, "ann", "representative")
        shared = {"employer_id": acme.id, "domain": "acme.test", "until": TODAY, "recorded": True}
        ann, bo = (
            Representative(id=random_id(), name=name, word=random_id(), proof=random_id(), **shared)
            for name in ("ann", "bo")
        )
        ann.admitted, ann.staff_id = True, staff.id
        db.add_all([ann, bo])
        db.flush()
        for name, value in changed.items():
            setattr(db.get_one(Staff, staff.id), name, value)
        db.flush()
        assert not applying.confirm_each_other(db, ann, bo)
        assert not bo.admitted


WRONG = [
    ("employer", "Nobody Ltd", "No employer of this name"),
    ("name", "a b", "without blanks"),
    ("address", "ann@acme.test.evil.test", "no address at a mail domain"),
    ("address", "ann@acme.test\nevil", "no address at a mail domain"),
    ("address", "", "needed"),
]


def test_what_the_form_does_not_take_is_said_beside_the_field(speaker: Speakers) -> None:
    for field, given, says in WRONG:
        ann = speaker("ann").open("/reply/apply")
        typed = {"employer": "Acme", "name": "ann", "address": "ann@acme.test", field: given}
        ann.submit("/reply/apply", **typed)
        assert (ann.status, says in ann.errors[field]) == (422, True), (field, given)


def test_dns_that_does_not_say_it_is_told_apart(
    speaker: Speakers, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = speaker("ann").ask("ann@acme.test")
    record = ann.record
    assert "not known, or has no TXT" in ann.step("record").text
    names.texts["acme.test"] = []
    assert "not known, or has no TXT" in ann.step("record").text
    names.texts["acme.test"] = ["v=spf1 -all", record + "0", "lamplight=" + "0" * 32]
    assert "none that says exactly this" in ann.step("record").text
    names.silent = True
    with monkeypatch.context() as hurried:
        hurried.setattr(records, "SECONDS", 0.3)
        assert (ann.step("record").status, "did not answer in time" in ann.text) == (422, True)
    names.silent = False
    names.texts["acme.test"].append(record)
    assert ann.step("record").status == 200
    assert "Look for it" not in ann.text


def test_codes_are_few_and_tries_too(
    speaker: Speakers, names: Names, post: Mailroom, settings: Settings, database: Database
) -> None:
    ann = speaker("ann").ask("ann@acme.test")
    assert "No code is good" in ann.step("code", code="123456").text
    post.answer = "451 later"
    assert "could not be sent" in ann.step("mail").text
    post.answer = "550 nobody"
    assert "no such mailbox" in ann.step("mail").text
    post.answer = ""
    ann.step("mail")
    for _ in range(applying.TRIES):
        ann.step("code", code="wrong")
    assert "No code is good" in ann.step("code", code=post.received[-1].code).text
    ann.step("mail").step("mail")
    assert "Three codes were sent" in ann.step("mail").text
    assert len(post.received) == 3
    assert ann.step("code", code=post.received[0].code).status == 422  # the last alone is good
    assert ann.step("code", code=post.received[-1].code).status == 200
    # The same mailbox under another name proves nobody else.
    twin = speaker("twin").ask("Ann+twin@acme.test")
    names.texts["acme.test"] = [twin.record]
    twin.step("record").step("mail").step("code", code=post.received[-1].code)
    assert "proven somebody else" in twin.text
    with database.transaction() as db:
        applying.purge(db, settings.today())
        assert len(db.scalars(select(Representative)).all()) == 2
    settings.clock = "2027-01-18T12:00:00"
    assert ann.open(ann.page_path).status == 404
    with database.transaction() as db:
        applying.purge(db, settings.today())
        assert db.scalars(select(Representative)).all() == []


def _id(database: Database, name: str) -> str:
    with database.reading() as db:
        return db.scalars(select(Representative.id).where(Representative.name == name)).one().hex()
