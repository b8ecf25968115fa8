"""The whole way without JavaScript: an address, a code, two blinded lines, two signatures."""

import json
import threading
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.credentials import blind
from app.db import Database
from app.issuing.models import Issued, SigningKey
from app.settings import Settings
from tests.conftest import SQLITE_FIRST
from tests.issuing.conftest import HARBOUR, MERIDIAN
from tests.issuing.wallets import Wallet
from tests.people import Person
from tests.servers import Mailroom

pytestmark = SQLITE_FIRST

LEE = "wei.lee@meridian.test"


def field(person: Person, id: str) -> Element:
    return next(e for e in person.page.iter() if e.get("id") == id)


def wallet(person: Person, employer: bytes = MERIDIAN.id) -> Wallet:
    return Wallet(person.client.get("/issuer/keys.json").content, employer)


def asked(person: Person, address: str = LEE) -> Person:
    return person.open("/issuer").submit(address=address)


def gathered(books: Database) -> list[int]:
    with books.reading() as db:
        return sorted(db.scalars(select(SigningKey.gathered)))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_mailbox_becomes_two_signatures(
    visitors: Callable[..., TestClient], books: Database, post: Mailroom, lang: str
) -> None:
    worker = asked(Person(visitors(lang)))
    assert worker.status == 200
    assert ("子午云" if lang == "zh" else "Meridian Cloud") in worker.text
    [mail] = post.received
    mine = wallet(worker)
    worker.submit(code=mail.code, blinded=mine.lines)
    assert worker.status == 200
    signatures = mine.opened(field(worker, "signatures").text)
    for key, prepared, signature in zip(mine.keys, mine.prepared, signatures, strict=True):
        assert blind.verify(key.n, prepared, signature)
    assert gathered(books) == [0, 1, 1]
    assert len(post.received) == 1


def test_the_same_lines_again_need_no_code(
    worker: Person, books: Database, post: Mailroom, settings: Settings
) -> None:
    mine = wallet(asked(worker))
    page = dict(worker.form()[1])
    first = field(worker.submit(code=post.received[0].code, blinded=mine.lines), "signatures").text
    for day in ("2026-11-18T12:00:00", "2026-12-20T12:00:00", "2027-01-02T12:00:00"):
        settings.clock = day
        again = worker.post("/issuer/sign", **{**page, "blinded": mine.lines})
        assert field(again, "signatures").text == first
    assert gathered(books) == [0, 1, 1]
    assert len(post.received) == 1


@pytest.mark.parametrize(
    "spelled", [LEE, "Wei.Lee+news@Mail.Meridian.TEST", "wei.lee@meridian.test "]
)
def test_one_mailbox_takes_one_credential(
    worker: Person, books: Database, post: Mailroom, spelled: str
) -> None:
    mine = wallet(asked(worker))
    worker.submit(code=post.received[-1].code, blinded=mine.lines)
    other = wallet(asked(worker, spelled))
    worker.submit(code=post.received[-1].code, blinded=other.lines)
    assert worker.status == 422
    assert "already" in worker.errors["blinded"]
    assert gathered(books) == [0, 1, 1]


def test_eight_at_once_for_one_mailbox_get_one_credential(
    visitors: Callable[..., TestClient], books: Database, post: Mailroom
) -> None:
    people = [Person(visitors()) for _ in range(8)]
    asked(people[0])
    page, code = people[0].form()[1], post.received[0].code
    wallets = [wallet(person) for person in people]
    together = threading.Barrier(len(people))

    def race(person: Person, mine: Wallet) -> None:
        together.wait()
        person.post("/issuer/sign", **{**page, "code": code, "blinded": mine.lines})

    threads = [
        threading.Thread(target=race, args=each) for each in zip(people, wallets, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(person.status for person in people) == [200] + [422] * 7
    assert gathered(books) == [0, 1, 1]
    with books.reading() as db:
        assert len(db.scalars(select(Issued)).all()) == 1


def test_another_employers_mailbox_has_another_key(worker: Person, post: Mailroom) -> None:
    asked(worker, "ada@harbour.test")
    worker.submit(code=post.received[0].code, blinded=wallet(worker).lines)
    assert "another key" in worker.errors["blinded"]
    mine = wallet(worker, HARBOUR.id)
    worker.submit(code=post.received[0].code, blinded=mine.lines)
    mine.opened(field(worker, "signatures").text)


def test_a_program_gets_json(worker: Person, post: Mailroom) -> None:
    mine = wallet(asked(worker))
    path, page = worker.form()
    wants = {"accept": "application/json"}
    sent = {**page, "blinded": mine.lines, "code": "x"}
    wrong = worker.client.post(path, data=sent, headers=wants)
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == {"code": "The code is six digits."}
    sent["code"] = post.received[0].code
    right = worker.client.post(path, data=sent, headers=wants)
    assert json.loads(right.content).keys() == {"signatures"}
    mine.opened(right.json()["signatures"])


def test_the_code_page_tells_the_wallet_what_to_do(worker: Person) -> None:
    form = next(e for e in asked(worker).page.iter("form") if e.get("data-wallet"))
    told = {
        name: form.get(f"data-{name}") for name in ("wallet", "directory", "employer", "quarter")
    }
    assert told == {
        "wallet": "issue",
        "directory": "/issuer/keys.json",
        "employer": MERIDIAN.id.hex(),
        "quarter": "2026Q4",
    }
    marked = {name for e in form.iter() for name in e.attrib if name.startswith("data-wallet-")}
    assert marked == {f"data-wallet-{name}" for name in ("ask", "without", "say", "out")}
    said = {name for name in form.attrib if name.startswith("data-say-")}
    names = ("working", "unreachable", "failed", "stranger", "title", "done", "kept", "copied")
    assert said == {f"data-say-{name}" for name in names}
