"""What was tried for two credentials, for a look at others, or for a counter that stands still."""

import pytest
from sqlalchemy import select

from app import mail
from app.db import Database
from app.issuing.models import Issued
from app.settings import Settings
from tests.issuing.conftest import MERIDIAN
from tests.issuing.wallets import Wallet
from tests.people import Person
from tests.servers import Mailroom

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LEE = "wei.lee@meridian.test"


def asked(person: Person, address: str = LEE) -> Person:
    return person.open("/issuer").submit(address=address)


def wallet(person: Person, quarter: str = "2026Q4") -> Wallet:
    return Wallet(person.client.get("/issuer/keys.json").content, MERIDIAN.id, quarter)


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
