"""What was tried for two credentials, for a look at others, or for a counter that stands still."""

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event, select
from starlette.testclient import TestClient

from app import mail
from app.db import Database
from app.issuing import ceremony, codes, pairs, signing
from app.issuing.mailboxes import Mailbox
from app.issuing.models import Issued
from app.issuing.served import Served
from app.settings import Settings
from tests.issuing.conftest import LEE, MERIDIAN, asked, wallet
from tests.people import Person
from tests.servers import Mailroom

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def issued(books: Database) -> int:
    with books.reading() as db:
        return len(db.scalars(select(Issued)).all())


def test_no_spelling_of_a_mailbox_reaches_it_uncounted(
    worker: Person, books: Database, post: Mailroom
) -> None:
    for address in (
        "wei.lee@meridian.test",
        "=?utf-8?q?wei=2elee?=@meridian.test",  # RFC 2047: a mail program reads wei.lee
        "=?utf-8?q?x=40evil.test=2c_wei?=@meridian.test",
        "=?utf-8?q?=0d=0abcc=3ax=40evil.test?=@meridian.test",
        "wei.lee%evil.test@meridian.test",  # old relays send it on to evil.test
        "evil.test!wei.lee@meridian.test",
        "|wei.lee@meridian.test",
        "/wei.lee@meridian.test",
    ):
        asked(worker, address)
        if worker.status == 200:
            worker.submit(code=post.received[-1].code, blinded=wallet(worker).lines)
    assert [one.recipients for one in post.received] == [[LEE]]
    assert issued(books) == 1


def test_no_mail_goes_to_what_reads_as_another_address(settings: Settings, post: Mailroom) -> None:
    for strange in (
        "=?utf-8?q?wei=2elee?=@meridian.test",
        "=?utf-8?q?=0d=0abcc=3ax=40evil.test?=@meridian.test",
        "wei@meridian.test, x@evil.test",
    ):
        with pytest.raises(mail.AddressRefused):
            mail.send(settings, strange, "Code", "123456")
    assert post.received == []


def test_a_stranger_neither_sees_nor_uses_up_the_code_of_another(
    visitors: Callable[..., TestClient], books: Database, post: Mailroom
) -> None:
    worker, stranger = Person(visitors()), Person(visitors())
    asked(stranger, "stranger@meridian.test")
    own, lines = stranger.form()[1], wallet(stranger).lines
    code, wrong = "", "000000"
    for _ in range(2):
        told = []
        for token in (own["token"], "", "0" * 32):
            for _ in range(3):
                guess = {**own, "address": LEE, "token": token, "code": wrong, "blinded": lines}
                told.append(dict(stranger.post("/issuer/sign", **guess).errors))
        assert {"No code is good" in one["code"] for one in told} == {True}, "as if none was sent"
        if not code:
            asked(worker)
            code = post.received[-1].code
            wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert worker.submit(code=code, blinded=wallet(worker).lines).status == 200
    assert issued(books) == 1


def test_a_slow_mail_server_holds_no_crowd_of_threads(
    visitors: Callable[..., TestClient],
    settings: Settings,
    post: Mailroom,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert codes.PATIENCE <= 1
    # Far less than the mail takes, so that a busy machine makes no other order of it.
    monkeypatch.setattr(codes, "PATIENCE", 0.2)
    post.seconds = 2
    people = [Person(visitors()).open("/issuer") for _ in range(5)]
    done: list[int] = []

    def ask(person: Person) -> None:
        person.submit(address=LEE)
        done.append(person.status)

    threads = [threading.Thread(target=ask, args=[person]) for person in people[1:]]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    people[0].post("/issuer/sign", address=LEE, quarter="2026Q4", code="1", token="0" * 32)
    assert post.received == [], "a code is compared while a mail is under way"
    for thread in threads:
        thread.join()
    assert done == [503] * 3 + [200]
    assert len(post.received) == 1


def test_nothing_is_issued_for_a_quarter_that_was_closed(
    worker: Person, books: Database, settings: Settings, post: Mailroom
) -> None:
    """Nobody would weigh it any more, so it would wait for ever: after a clock that was ahead."""
    settings.clock = "2026-12-31T12:00:00"
    mine = wallet(asked(worker))
    pair = pairs.read(mine.lines)
    with books.reading() as db:
        window = signing.open_window(db, settings, "2026Q4", MERIDIAN.id)
    with books.transaction() as db:
        ceremony.tick(db, settings.issue_min, date(2027, 1, 1))
    with pytest.raises(signing.NoKeys), books.transaction() as db:  # was late by milliseconds
        signing.record(db, window, Mailbox(MERIDIAN.id, LEE), pair)
    code = post.received[-1].code
    assert "no keys" in worker.submit(code=code, blinded=mine.lines).errors["blinded"]
    assert "no keys" in asked(worker, "ada@meridian.test").errors["address"]
    assert issued(books) == 0
    assert len(post.received) == 1


def test_what_was_issued_before_the_close_is_answered_again_after_it(
    worker: Person, books: Database, settings: Settings, post: Mailroom
) -> None:
    mine = wallet(asked(worker))
    page = worker.form()[1]
    worker.submit(code=post.received[-1].code, blinded=mine.lines)
    with books.transaction() as db:
        ceremony.tick(db, settings.issue_min, date(2027, 1, 1))
    assert worker.post("/issuer/sign", **{**page, "blinded": mine.lines}).status == 200


def test_a_stranger_cannot_time_whether_a_mailbox_has_its_credential(
    worker: Person, books: Database, settings: Settings, post: Mailroom
) -> None:
    """Without its own lines the row of a mailbox is not even fetched."""
    mine, other = wallet(asked(worker)), wallet(worker)
    worker.submit(code=post.received[-1].code, blinded=mine.lines)
    loaded: list[object] = []
    with books.reading() as db:
        window = signing.open_window(db, settings, "2026Q4", MERIDIAN.id)
        event.listen(db, "loaded_as_persistent", lambda _, row: loaded.append(row))
        box = Mailbox(MERIDIAN.id, LEE)
        assert signing.is_repeat(db, window, box, pairs.read(mine.lines))
        assert not signing.is_repeat(db, window, box, pairs.read(other.lines))
    assert loaded == []


def test_the_directory_is_made_once_for_everybody(books: Database, settings: Settings) -> None:
    """A large one takes a tenth of a second, and anybody may ask for it as often as they like."""
    served = Served(settings)
    with books.reading() as db:
        first = served.document(db)
        assert served.document(db) is first
        assert first == ceremony.document(db, settings)
    with books.transaction() as db:
        ceremony.retire(db, MERIDIAN.id, "2026Q4", settings.today())
    with books.reading() as db:
        assert served.document(db) == ceremony.document(db, settings) != first
    with books.transaction() as db:
        ceremony.destroy(db, date(2027, 4, 1))
    with books.reading() as db:
        assert served.document(db) == ceremony.document(db, settings)
