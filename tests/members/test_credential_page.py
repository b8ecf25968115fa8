"""/credential and what the badge then says, at browsers without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from limits import parse
from sqlalchemy import func, select

from app.credentials import spending
from app.credentials.models import SpentCredential
from app.db import Database, random_id
from app.employers.adding import Wanted, add
from app.employers.models import Employer
from app.web.limits import Budget, Limits
from tests.conftest import SQLITE_FIRST
from tests.credentials.presenting import Published, forged
from tests.people import Person

PAGE = "/credential"
# What SQL does here is tried on both databases by test_redeeming.py.
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
GONE = "You were signed out meanwhile. Sign in in another tab, then send this again."


@pytest.fixture
def employer(database: Database) -> Employer:
    with database.transaction() as db:
        return add(db, random_id(), Wanted("Meridian Cloud", "子午云", confirmed=True))


@pytest.fixture
def site(database: Database, employer: Employer) -> Published:
    made = Published(database)
    made.key(0, employer.id)
    made.key(1, None)
    return made


@pytest.fixture
def worker(people: Callable[..., Person]) -> Person:
    """Give somebody who is signed in."""
    return people().open("/join").submit()


def spent(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(SpentCredential)) or 0


def issuer_links(person: Person) -> Iterator[tuple[str, str]]:
    for a in person.page.iter("a"):
        if a.get("href", "").startswith("https://issuer.test"):
            yield a.get("href", ""), a.get("rel", "")


@SQLITE
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_reader_learns_what_the_address_is_used_for(
    people: Callable[..., Person], lang: str
) -> None:
    reader = people().open(f"{PAGE}?lang={lang}")
    assert reader.status == 200
    assert list(issuer_links(reader)) == [(f"https://issuer.test/issuer?lang={lang}", "noreferrer")]
    assert "issuer.test" in reader.text
    assert not [form for form in reader.page.iter("form") if form.get("method") == "post"]
    assert f"/sign-in?next=%2Fcredential&amp;lang={lang}" in reader.html
    assert reader.headers["cache-control"] == "no-store"
    assert "wallet.js" not in reader.html


@SQLITE
def test_the_form_is_what_the_wallet_expects(worker: Person) -> None:
    worker.open(PAGE)
    (form,) = [f for f in worker.page.iter("form") if f.get("data-wallet") == "redeem"]
    assert (form.get("action"), form.get("method")) == (PAGE, "post")
    assert form.get("data-directory") == "/.well-known/credential-keys.json"
    states = ("waiting", "day", "withheld", "ready", "marked", "stranger", "retired", "over")
    for state in (*states, "void", "unreadable", "unreachable", "working"):
        assert form.get(f"data-say-{state}"), state
    for state in ("waiting", "day", "withheld"):
        assert "%(day)s" in form.get(f"data-say-{state}", "")
    hidden = next(e for e in form.iter() if e.get("data-wallet-with") is not None)
    assert hidden.get("hidden") is not None
    assert next(hidden.iter("input")).get("type") == "file"
    assert next(e for e in form.iter() if e.get("data-wallet-say") is not None).get("role")
    script = next(e for e in worker.page.iter("script") if "wallet.js" in e.get("src", ""))
    assert script.get("integrity", "").startswith("sha384-")


@SQLITE_FIRST
def test_a_credential_becomes_a_badge(worker: Person, site: Published, database: Database) -> None:
    line = site.line(0)
    for _ in range(2):  # the second time as after a lost reply
        worker.open(PAGE).submit(PAGE, credential=f"  {line}\r\n")
        assert worker.status == 200
        assert "Verified at Meridian Cloud" in worker.text
        assert "Mar 31, 2027" in worker.text
        assert "/employers/meridian-cloud/report?quarter=2026Q4" in worker.html
    assert spent(database) == 1
    worker.open("/me")
    assert "Verified at Meridian Cloud Q4 2026 Until Mar 31, 2027." in worker.text
    assert "until 30 people of this employer have proved it" in worker.text
    assert worker.client.get("/me.json").json()["badges"] == [
        {
            "employer": "meridian-cloud",
            "name": "Meridian Cloud",
            "quarter": "2026Q4",
            "until": "2027-03-31",
            "posts_name_the_employer": False,
        }
    ]


@pytest.mark.parametrize("others", [28, 29])
@SQLITE
def test_posts_name_the_employer_once_thirty_have_proved_it(
    worker: Person, site: Published, database: Database, others: int
) -> None:
    with database.transaction() as db:
        for _ in range(others):
            spending.spend(db, forged(0), random_id())
    worker.open(PAGE).submit(PAGE, credential=site.line(0))
    worker.open("/me")
    named = "Posts in this employer's threads will say so" in worker.text
    assert named is (others == 29)
    (badge,) = worker.client.get("/me.json").json()["badges"]
    assert badge["posts_name_the_employer"] is named
    assert str(others + 1) not in worker.text.replace("30 people", "")


@SQLITE
def test_a_withheld_employer_stays_unnamed(worker: Person, site: Published) -> None:
    worker.open(PAGE).submit(PAGE, credential=site.line(1))
    assert "Verified worker" in worker.text
    assert "Meridian" not in worker.text
    worker.open("/me")
    assert "Verified worker, employer withheld" in worker.text
    (badge,) = worker.client.get("/me.json").json()["badges"]
    assert (badge["employer"], badge["name"]) == (None, None)


@SQLITE_FIRST
def test_somebody_elses_credential_brings_nothing(
    worker: Person, people: Callable[..., Person], site: Published, database: Database
) -> None:
    line, other = site.line(0), people("zh").open("/join").submit()
    worker.open(PAGE).submit(PAGE, credential=line)
    other.open(PAGE).submit(PAGE, credential=line)
    assert other.status == 422
    assert other.errors["credential"] == "这份凭证已被另一个账户兑换。每份只算一次。"
    assert other.client.get("/me.json").json()["badges"] == []
    assert spent(database) == 1


@SQLITE
def test_what_cannot_be_redeemed_comes_back_as_typed(
    worker: Person, site: Published, database: Database
) -> None:
    worker.open(PAGE).submit(PAGE, credential="<b>nothing</b>")
    assert worker.status == 422
    assert worker.errors["credential"].startswith("This is no line of a credential.")
    assert worker.form(PAGE)[1] == {"credential": "<b>nothing</b>"}
    worker.submit(PAGE, credential=f"{site.line(0)}\n{site.line(1).replace('employer', 'site')}")
    assert worker.errors["credential"].startswith("This is the whole credential.")
    worker.submit(PAGE, credential="x" * 2001)
    assert "too long" in worker.errors["credential"]
    assert spent(database) == 0


@SQLITE
def test_who_was_signed_out_meanwhile_loses_nothing(
    worker: Person, site: Published, database: Database
) -> None:
    line = site.line(0)
    worker.open(PAGE)
    cookies = dict(worker.client.cookies)
    worker.client.cookies.clear()
    worker.submit(PAGE, credential=line)
    assert (worker.status, worker.errors["credential"]) == (422, GONE)
    assert spent(database) == 0
    worker.client.cookies.update(cookies)
    worker.submit(PAGE)
    assert "Verified at Meridian Cloud" in worker.text


@SQLITE
def test_redeeming_has_a_budget(worker: Person, site: Published, app: FastAPI) -> None:
    few = Budget(parse("1 per hour"), parse("1 per hour"))
    app.state.limits = Limits({"writing": few})
    worker.open(PAGE).submit(PAGE, credential="x")
    assert worker.open(PAGE).submit(PAGE, credential=site.line(0)).status == 429
