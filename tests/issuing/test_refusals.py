"""What goes wrong at the counter: a message beside the field, nothing lost, nothing used up."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from limits import parse
from sqlalchemy import select
from starlette.testclient import TestClient

from app.db import Database
from app.issuing import ceremony
from app.issuing.application import create_issuer
from app.issuing.models import Issued, SigningKey
from app.settings import Settings
from app.web.limits import Budget
from tests import keyring
from tests.issuing.conftest import HARBOUR, LEE, asked, wallet
from tests.issuing.wallets import base64url
from tests.people import Person
from tests.servers import Mailroom

# What is refused before it touches a table is refused alike on both databases.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def nothing_issued(books: Database) -> bool:
    with books.reading() as db:
        rows = db.scalars(select(Issued)).all()
        return rows == [] and set(db.scalars(select(SigningKey.gathered))) == {0}


def test_an_address_that_proves_nothing_is_told_why(worker: Person, post: Mailroom) -> None:
    told = {
        "wei": "not a mail address",
        "wei@qq.com": "Anybody can have",
        "wei@unknown.test": "add the domain",
        "wei@evil-meridian.test": "add the domain",
        "wei@meridian.test.evil.test": "add the domain",
    }
    for address, message in told.items():
        asked(worker, address)
        assert worker.status == 422
        assert message in worker.errors["address"], address
        assert worker.form()[1]["address"] == address
    assert post.received == []


def test_nothing_is_mailed_where_no_key_could_sign(
    worker: Person, books: Database, settings: Settings, post: Mailroom
) -> None:
    with books.transaction() as db:
        ceremony.retire(db, HARBOUR.id, "2026Q4", settings.today())
    assert "were retired" in asked(worker, "ada@harbour.test").errors["address"]
    settings.clock = "2027-01-01T00:00:00"
    assert "not made yet" in asked(worker).errors["address"]
    assert post.received == []


def test_lines_that_are_not_blinded_messages_are_refused(
    worker: Person, books: Database, post: Mailroom
) -> None:
    mine = wallet(asked(worker))
    n = mine.keys[0].n
    good = [one.message for one in mine.blinded]
    site_only = mine.lines.splitlines()[1]
    bad = {
        "": "not the two lines",
        "x": "not the two lines",
        site_only: "not the two lines",
        f"{site_only}\n{site_only}": "not the two lines",
        f"{mine.lines}\n{site_only}": "not the two lines",
        mine.lines.replace("employer", "Employer"): "not the two lines",
        mine.lines + "=": "not the two lines",
        mine.lines[:-1] + "/": "not the two lines",
        mine.lines[:-1]: "cut or changed",
        mine.lines[:-1] + "_": "cut or changed",
        mine.lines[:-2]: "no blinded message",
        mine.spelled(bytes(256), good[1]): "no blinded message",
        mine.spelled(good[0][:255], good[1]): "no blinded message",
        mine.spelled(good[0], good[1] + b"\x00"): "no blinded message",
        mine.spelled(n.to_bytes(256, "big"), good[1]): "no blinded message",
        mine.spelled(good[0], b"\xff" * 256): "no blinded message",
        mine.lines.replace(mine.keys[0].id.hex(), mine.keys[1].id.hex()): "another key",
        mine.lines.replace(mine.keys[1].id.hex(), "0" * 64): "another key",
        f"employer {mine.keys[0].id.hex()} {base64url(good[0] * 20)}": "too long",
    }
    code = post.received[0].code
    for lines, message in bad.items():
        worker.submit(code=wrong(code), blinded=lines)
        assert worker.status == 422
        assert message in worker.errors["blinded"], lines
        assert worker.errors.keys() == {"blinded"}
    assert worker.form()[1]["code"] == wrong(code)
    assert nothing_issued(books)
    assert worker.submit(code=code, blinded=mine.lines).status == 200, "no try was spent"


def test_five_wrong_codes_are_enough(worker: Person, books: Database, post: Mailroom) -> None:
    mine = wallet(asked(worker))
    code = post.received[0].code
    worker.submit(code="12 345", blinded=mine.lines)
    assert "six digits" in worker.errors["code"]
    for left in ("4", "3", "2", "1", "fifth"):
        worker.submit(code=wrong(code), blinded=mine.lines)
        assert left in worker.errors["code"]
        assert worker.form()[1]["blinded"].split() == mine.lines.split()
    worker.submit(code=code, blinded=mine.lines)
    assert "No code is good any more" in worker.errors["code"]
    assert nothing_issued(books)
    page = worker.form()[1]
    asked(worker)
    assert post.received[1].code != code
    worker.post(
        "/issuer/sign",
        **{**page, "code": f" {post.received[1].code[:3]} {post.received[1].code[3:]}"},
    )
    assert worker.status == 200


def test_a_form_sent_twice_sends_one_mail_and_a_resend_the_same_code(
    worker: Person, post: Mailroom
) -> None:
    worker.open("/issuer")
    form = {**worker.form()[1], "address": LEE}
    for _ in range(3):
        assert worker.post("/issuer/code", **form).status == 200
    assert len(post.received) == 1
    for _ in range(2):
        asked(worker)
    assert len({mail.code for mail in post.received}) == 1
    assert "Three mails" in asked(worker).errors["address"]
    assert len(post.received) == 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_mail_server_that_is_away_uses_nothing_up(
    visitors: Callable[..., TestClient], settings: Settings, post: Mailroom, lang: str
) -> None:
    worker = Person(visitors(lang)).open("/issuer")
    form = {**worker.form()[1], "address": LEE}
    settings.smtp_url = "smtp://127.0.0.1:1"
    for _ in range(5):
        worker.post("/issuer/code", **form)
        assert worker.status == 503
        assert worker.headers["retry-after"]
        assert ("什么都没有用掉" if lang == "zh" else "Nothing was used up") in worker.text
        assert worker.form()[1] == form
    settings.smtp_url = ""
    assert "LAMPLIGHT_SMTP_URL" in worker.post("/issuer/code", **form).text
    assert worker.status == 503
    settings.smtp_url, post.answer = post.url, "550 no such user"
    assert worker.post("/issuer/code", **form).errors.keys() == {"address"}
    post.answer = ""
    assert worker.post("/issuer/code", **form).status == 200
    assert len(post.received) == 1


def test_the_quarter_may_turn_between_page_and_signature(
    worker: Person, books: Database, settings: Settings, post: Mailroom
) -> None:
    settings.clock = "2026-12-31T23:50:00"
    mine = wallet(asked(worker))
    settings.clock = "2027-01-01T00:01:00"
    keys = keyring.premade()
    for _ in range(3):
        keys()  # these are the last quarter's
    list(ceremony.mint(books, settings, "2027Q1", keys))
    worker.submit(code=post.received[0].code, blinded=mine.lines)
    assert "2027Q1" in worker.errors["blinded"]
    assert nothing_issued(books)
    assert worker.form()[1]["quarter"] == "2027Q1"
    anew = wallet(worker, "2027Q1")
    worker.submit(blinded=anew.lines)
    assert worker.status == 200
    for quarter in ("2025Q1", "x", "", "9" * 500, "2026Q4; DROP"):
        worker.post("/issuer/sign", address=LEE, quarter=quarter, code="1", blinded=mine.lines)
        assert worker.errors["blinded"]


def test_a_clock_a_day_off_accepts_nothing(
    worker: Person, books: Database, settings: Settings, post: Mailroom
) -> None:
    mine = wallet(asked(worker))
    for day in ("2026-11-17T12:00:00", "2026-11-19T12:00:00"):
        settings.clock = day
        worker.submit(code=post.received[0].code, blinded=mine.lines)
        assert "No code is good" in worker.errors["code"]
    assert nothing_issued(books)


def test_a_hidden_field_that_was_changed_is_no_way_in(
    worker: Person, books: Database, post: Mailroom
) -> None:
    mine = wallet(asked(worker))
    code = post.received[0].code
    worker.submit(address="ada@meridian.test", code=code, blinded=mine.lines)
    assert "No code is good" in worker.errors["code"]
    worker.submit(address="ada@nowhere.test", code=code, blinded=mine.lines)
    assert worker.errors.keys() == {"address"}
    for token in ("", "x", "0" * 31, "é" * 32):
        worker.post("/issuer/code", address=LEE, token=token)
        assert (worker.status, "could not be read" in worker.text) == (422, True)
    assert nothing_issued(books)
    assert len(post.received) == 1


def test_budgets_of_the_counter_are_its_own(settings: Settings, issuer: FastAPI) -> None:
    few, many = parse("2 per hour"), parse("9 per hour")
    app = create_issuer(
        settings, {"asking_for_code": Budget(few, many), "signing": Budget(few, many)}
    )
    with TestClient(app, base_url="https://issuer.test") as client:
        person = Person(client)
        assert [asked(person, f"{n}@meridian.test").status for n in range(3)] == [200, 200, 429]
        assert person.headers["retry-after"]
        signing = [person.post("/issuer/sign", address=LEE).status for _ in range(3)]
        assert signing == [422, 422, 429]
        refused = client.post(
            "/issuer/sign", data={"a": "b"}, headers={"accept": "application/json"}
        )
        assert refused.json()["title"].startswith("Too many at once")


def test_a_body_larger_than_two_lines_need_is_not_read(worker: Person) -> None:
    statuses = [worker.post("/issuer/sign", blinded="x" * size).status for size in (1_000, 21_000)]
    assert statuses == [422, 413]
