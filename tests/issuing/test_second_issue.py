"""One credential for each mailbox and quarter, however often and for whatever else it is asked."""

import secrets

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.credentials import blind
from app.db import Database
from app.issuing import signing
from app.issuing.mailboxes import Mailbox
from app.issuing.models import Issued, SigningKey
from app.issuing.pairs import Pair, Part
from app.issuing.signing import AlreadyIssued, AnotherKey, Window
from app.settings import Settings
from tests.issuing.conftest import HARBOUR, MERIDIAN

QUARTER = "2026Q4"
LEE = Mailbox(MERIDIAN.id, "wei.lee@meridian.test")


def window(books: Database, settings: Settings, employer: bytes) -> Window:
    with books.reading() as db:
        return signing.open_window(db, settings, QUARTER, employer)


def pair(of: Window) -> Pair:
    """Make a request that nobody has made yet."""
    length = blind.MODULUS_BITS // 8
    fresh = (Part(key, b"\x00" + secrets.token_bytes(length - 1)) for key in (of.employer, of.site))
    return Pair(*fresh)


@pytest.mark.parametrize("tries", [30, pytest.param(10_000, marks=pytest.mark.deep)])
def test_a_second_issue_is_never_accepted(
    issuer: FastAPI, books: Database, settings: Settings, tries: int
) -> None:
    own, other = (window(books, settings, one.id) for one in (MERIDIAN, HARBOUR))
    first = pair(own)
    with books.transaction() as db:
        signing.record(db, own, LEE, first)
    refused = 0
    for turn in range(tries):
        asked = pair(other if turn % 2 else own)
        try:
            own.admit(asked)
            with books.transaction() as db:
                signing.record(db, own, LEE, asked)
        except (AlreadyIssued, AnotherKey):
            refused += 1
    assert refused == tries
    with books.reading() as db:
        assert db.scalar(select(func.count()).select_from(Issued)) == 1
        assert sorted(db.scalars(select(SigningKey.gathered))) == [0, 1, 1]
        assert signing.is_repeat(db, own, LEE, first)
