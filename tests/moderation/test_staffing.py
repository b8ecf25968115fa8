"""The operator's page: accounts, roles and ties; a fresh code and a line of the log for each."""

import re
from collections.abc import Callable

from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.moderation.models import AuditEntry
from app.settings import Settings
from app.staff.models import Staff, Tie
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.people import Person
from tests.staff.desk import signed_in
from tests.staff.people import Colleague

pytestmark = SQLITE_FIRST


def test_the_operator_makes_and_ends_power(
    app: FastAPI, browsers: Callable[..., TestClient], settings: Settings
) -> None:
    with app.state.database.transaction() as db:
        slug = factories.employer(db, "Meridian Cloud").slug
    client = signed_in(app, "operator", name="olga", client=browsers())
    olga = Person(client).open("/desk/staff")

    def press(do: str, name: str, **typed: str) -> Person:
        values = {"name": name, "role": "moderator", "employer": "", "do": do, **typed}
        return olga.post("/desk/staff", **values)

    refused = {
        "name": press("add", "olga").errors,
        "role": press("add", "ben", role="king").errors,
        "employer": press("tie", "olga", employer="nowhere").errors,
    }
    assert {name: set(errors) for name, errors in refused.items()} == {n: {n} for n in refused}
    assert press("renew", "nobody").errors.keys() == {"name"}
    assert press("", "ben").status == 422
    # Nobody takes or gives themselves power.
    for do in ("role", "disable", "renew", "untie"):
        assert press(do, "olga", employer=slug).errors.keys() == {"name"}, do

    told = press("add", "Ben").text
    secret = re.search(r"(?:[a-z2-7]{5}-){5}[a-z2-7]", told)
    assert secret
    ben = Colleague(app, browsers, "ben").open("/desk/set-up").set_up(secret[0])
    assert ben.is_in
    press("tie", "ben", employer=f"/employers/{slug}")
    with app.state.database.reading() as db:
        assert len(db.scalars(select(Tie)).all()) == 1
    press("untie", "ben", employer=slug)
    assert press("role", "ben", role="senior").status == 200
    assert not ben.is_in, "another role, another sign-in"
    press("disable", "ben")
    assert ben.elsewhere().sign_in(code=ben.recovery[0]).status == 422

    with app.state.database.reading() as db:
        lines = db.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        assert {line.kind for line in lines} == {"staff"}
        assert [(line.action, line.before, line.after) for line in lines] == [
            ("make_moderator", "none", "active"),
            ("tie", "active", "active"),
            ("untie", "active", "active"),
            ("make_senior", "active", "active"),
            ("disable", "active", "off"),
        ]
        staff = {each.name: each.active for each in db.scalars(select(Staff))}
    assert staff == {"olga": True, "ben": False}
    # Five minutes later another code is asked for, and nothing happens before.
    settings.clock = "2026-11-18T12:05:00"
    answer = client.post("/desk/staff", data={"do": "add", "name": "eve", "role": "operator"})
    assert answer.headers["location"].startswith("/desk/prove")
    with app.state.database.reading() as db:
        assert "eve" not in set(db.scalars(select(Staff.name)))
