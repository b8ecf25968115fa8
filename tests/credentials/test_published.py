"""What the site takes as the issuer's directory, and what it never takes."""

import secrets
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.credentials import chain, published
from app.credentials.chain import Event, NotADirectory
from app.credentials.published import Contradiction
from app.db import Database
from app.web import editions
from tests.conftest import SQLITE_FIRST

pytestmark = SQLITE_FIRST

ISSUER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def number() -> int:
    """Return a number of the size of a modulus; nobody signs with it here."""
    return secrets.randbits(2048) | 1 << 2047


N = [number() for _ in range(4)]
AUTUMN = chain.key_entry(N[0], b"a" * 16, "A", "2026Q4")
AUTUMN_TWO = chain.key_entry(N[1], b"b" * 16, "B", "2026Q4")
WINTER = chain.key_entry(N[2], b"a" * 16, "A", "2027Q1")
OPENED = chain.event_entry(Event("opening", chain.key_id(N[0]), date(2026, 11, 23)))


def signed(*entries: str, before: bytes = chain.BEGINNING, by: Ed25519PrivateKey = ISSUER) -> bytes:
    signature = by.sign(chain.SIGNED + chain.head_of(before, entries))
    return chain.write(by.public_key().public_bytes_raw(), before, entries, signature)


def publish(database: Database, document: bytes) -> bool:
    with database.transaction() as db:
        return published.publish(db, document)


def test_it_keeps_the_bytes_and_says_when_they_change(database: Database) -> None:
    with database.reading() as db:
        assert published.document(db) is None
        assert published.current(db) is None
    assert publish(database, signed(AUTUMN))
    assert not publish(database, signed(AUTUMN))
    assert publish(database, signed(AUTUMN, OPENED))
    with database.reading() as db:
        assert published.document(db) == signed(AUTUMN, OPENED)
        directory = published.current(db)
        assert editions.current(db)["keys"] == 2
    assert directory is not None
    assert directory.is_open(chain.key_id(N[0]))


REFUSED = {
    "another issuer": signed(AUTUMN, AUTUMN_TWO, OPENED, by=OTHER),
    "shorter": signed(AUTUMN),
    "in another order": signed(AUTUMN_TWO, AUTUMN, OPENED),
    "another key": signed(chain.key_entry(N[3], b"a" * 16, "A", "2026Q4"), AUTUMN_TWO),
    "from nowhere": signed(WINTER, before=b"x" * 32),
    # A key that is dropped and made anew would be somebody's own.
    "a key made anew": signed(
        chain.key_entry(N[3], b"a" * 16, "A", "2026Q4"),
        before=chain.head_of(chain.BEGINNING, [AUTUMN, AUTUMN_TWO]),
    ),
    "a key dropped beside its like": signed(
        AUTUMN_TWO, WINTER, before=chain.head_of(chain.BEGINNING, [AUTUMN])
    ),
}


@pytest.fixture
def begun(database: Database) -> Database:
    publish(database, signed(AUTUMN, AUTUMN_TWO))
    return database


def test_what_contradicts_the_published_one_is_refused(begun: Database) -> None:
    for why, document in REFUSED.items():
        with pytest.raises(Contradiction):
            assert publish(begun, document), why
    with begun.reading() as db:
        assert published.document(db) == signed(AUTUMN, AUTUMN_TWO)
        assert editions.current(db)["keys"] == 1


def test_what_is_not_signed_is_refused(begun: Database) -> None:
    document = signed(AUTUMN, AUTUMN_TWO, WINTER)
    forged = signed(AUTUMN, AUTUMN_TWO, WINTER, by=OTHER).replace(
        OTHER.public_key().public_bytes_raw().hex().encode(),
        ISSUER.public_key().public_bytes_raw().hex().encode(),
    )
    key = ISSUER.public_key().public_bytes_raw().hex().encode()
    for wrong in (forged, document.replace(key, key[2:]), document[:-2], b"", b"[]", b"{}"):
        with pytest.raises(NotADirectory):
            publish(begun, wrong)


def test_a_quarter_that_is_over_may_be_dropped(begun: Database) -> None:
    assert publish(begun, signed(AUTUMN, AUTUMN_TWO, WINTER))
    beginning = chain.head_of(chain.BEGINNING, [AUTUMN, AUTUMN_TWO])
    assert publish(begun, signed(WINTER, OPENED, before=beginning))
    with begun.reading() as db:
        directory = published.current(db)
    assert directory is not None
    assert [key.quarter for key in directory.keys.values()] == ["2027Q1"]
