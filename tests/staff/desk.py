"""People of the desk, signed in without the cost of a password."""

from collections.abc import Collection

from fastapi import FastAPI
from starlette.testclient import TestClient

from app.db import Database, random_id
from app.staff import sessions
from app.staff.current import COOKIE
from app.staff.models import Staff, Tie


def hired(
    database: Database,
    role: str = "moderator",
    *,
    name: str = "",
    ties: Collection[bytes] = (),
    employer_id: bytes | None = None,
) -> bytes:
    """Make an account of the staff that has no password, and return its id."""
    id = random_id()
    with database.transaction() as db:
        name = name or f"{role}-{id.hex()[:6]}"
        db.add(Staff(id=id, name=name, role=role, active=True, step=0, employer_id=employer_id))
        db.flush()
        db.add_all(Tie(staff_id=id, employer_id=employer) for employer in ties)
    return id


def signed_in(
    app: FastAPI,
    role: str = "moderator",
    *,
    name: str = "",
    ties: Collection[bytes] = (),
    employer_id: bytes | None = None,
    client: TestClient | None = None,
) -> TestClient:
    """Return a browser (or the one given) in which somebody new with a role has just signed in."""
    id = hired(app.state.database, role, name=name, ties=ties, employer_id=employer_id)
    return sit_down(app, id, client)


def sit_down(app: FastAPI, staff_id: bytes, client: TestClient | None = None) -> TestClient:
    """Sign somebody who is there in, in a browser of their own or in the one given."""
    browser = client or TestClient(
        app,
        base_url=app.state.settings.base_url,
        headers={"accept-language": "en", "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    with app.state.database.transaction() as db:
        token = sessions.start(db, staff_id, app.state.settings.now())
    browser.cookies.set(COOKIE, token)
    return browser
