"""The key ceremony on both databases: one key each, pools, retiring, destruction, the chain."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from app.credentials import chain, published
from app.credentials.chain import Directory
from app.db import Database
from app.issuing import ceremony, sealing
from app.issuing.models import (
    SITE,
    ChainEntry,
    Issued,
    KnownDomain,
    KnownEmployer,
    SigningKey,
    SigningQuarter,
)
from app.issuing.signer import PrivateKey
from app.settings import Settings
from tests import keyring
from tests.conftest import SQLITE_FIRST
from tests.keyring import employer

DAY = date(2026, 11, 18)
MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)
CLOSED = date(2027, 1, 4)
OVER = date(2027, 4, 5)
LEAST = 10
ONE, TWO, THREE = employer(1), employer(2), employer(3)


@pytest.fixture
def source() -> Callable[[], PrivateKey]:
    return keyring.premade()


class Issuer:
    """An issuer's books, with the few verbs that these tests speak."""

    def __init__(
        self, database: Database, settings: Settings, source: Callable[[], PrivateKey]
    ) -> None:
        self.database, self.settings, self.source = database, settings, source

    def mint(self, *known: ceremony.Known, day: date = DAY) -> list[bytes]:
        return keyring.minted(self.database, self.settings, known, day, self.source)

    def key(self, of: bytes, quarter: str = "2026Q4") -> SigningKey:
        with self.database.reading() as db:
            asked = select(SigningKey).where(SigningKey.quarter == quarter)
            return db.scalars(asked.where(SigningKey.employer_id == of)).one()

    def gather(self, of: bytes, number: int, quarter: str = "2026Q4") -> None:
        with self.database.transaction() as db:
            chosen = update(SigningKey).where(SigningKey.id == self.key(of, quarter).id)
            db.execute(chosen.values(gathered=SigningKey.gathered + number))

    def tick(self, day: date) -> list[tuple[str, bytes]]:
        with self.database.transaction() as db:
            return [(e.kind, e.key) for e in ceremony.tick(db, LEAST, day)]

    def destroy(self, day: date) -> list[str]:
        with self.database.transaction() as db:
            return ceremony.destroy(db, day)

    def retire(self, of: bytes) -> bool:
        with self.database.transaction() as db:
            return ceremony.retire(db, of, "2026Q4", DAY)

    def directory(self) -> Directory:
        with self.database.reading() as db:
            return published.verified(ceremony.document(db, self.settings))


@pytest.fixture
def issuer(
    issuer_database: Database, settings: Settings, source: Callable[[], PrivateKey]
) -> Issuer:
    return Issuer(issuer_database, settings, source)


@SQLITE_FIRST
def test_each_employer_with_a_domain_has_one_key_and_so_has_the_site(issuer: Issuer) -> None:
    nameless = ceremony.Known(b"n" * 16, "nameless", "Nameless", None, ())
    assert issuer.mint(TWO, ONE, nameless) == [SITE, ONE.id, TWO.id]
    assert issuer.mint(TWO, ONE, nameless) == []
    assert issuer.mint(THREE, ONE) == [THREE.id]  # joined later; one that left keeps its key
    listed = [(key.employer, key.name, key.quarter) for key in issuer.directory().keys.values()]
    assert listed == [
        (None, "", "2026Q4"),
        (ONE.id, "Employer 1", "2026Q4"),
        (TWO.id, "Employer 2", "2026Q4"),
        (THREE.id, "Employer 3", "2026Q4"),
    ]
    with issuer.database.reading() as db:
        known = db.scalars(select(KnownEmployer.slug).order_by(KnownEmployer.slug)).all()
        assert known == ["employer-1", "employer-3"]
        assert sorted(db.scalars(select(KnownDomain.domain))) == ["e1.cn", "e3.cn"]


@SQLITE_FIRST
def test_what_is_sealed_is_the_listed_key_and_a_pepper_of_the_quarter(issuer: Issuer) -> None:
    issuer.mint(ONE)
    row, listed = issuer.key(ONE.id), issuer.directory().key_of(ONE.id, "2026Q4")
    assert listed is not None
    assert listed.id == row.id == chain.key_id(listed.n)
    key = sealing.open_key(issuer.settings, row.id, row.sealed_key)
    assert key.n == listed.n
    assert key.p.to_bytes(128, "big") not in row.sealed_key
    with issuer.database.reading() as db:
        sealed = db.get_one(SigningQuarter, "2026Q4").sealed_pepper
    assert len(sealing.open_pepper(issuer.settings, "2026Q4", sealed)) == 32


def test_ceremonies_side_by_side_make_no_second_key(issuer: Issuer) -> None:
    with issuer.database.transaction() as db:
        ceremony.copy(db, [ONE, TWO])
    barrier, made = threading.Barrier(4), []

    def run() -> None:
        barrier.wait()
        own = Database(issuer.database.engine.url.render_as_string(hide_password=False))
        made.extend(ceremony.mint(own, issuer.settings, "2026Q4", issuer.source))
        own.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(made) == [SITE, ONE.id, TWO.id]
    assert len(issuer.directory().keys) == 3


@SQLITE_FIRST
def test_an_earlier_quarter_gets_no_key_any_more(issuer: Issuer) -> None:
    issuer.mint(ONE)
    issuer.mint(ONE, TWO, day=CLOSED)
    assert issuer.mint(ONE, TWO) == []  # a clock that went back
    assert issuer.mint(ONE, day=date(2026, 8, 1)) == []
    quarters = [key.quarter for key in issuer.directory().keys.values()]
    assert quarters == ["2026Q4"] * 2 + ["2027Q1"] * 3


@SQLITE_FIRST
def test_a_pool_opens_at_the_end_of_a_week_with_k_people(issuer: Issuer) -> None:
    issuer.mint(ONE, TWO)
    issuer.gather(ONE.id, LEAST)
    issuer.gather(TWO.id, LEAST - 1)
    issuer.gather(SITE, 2 * LEAST - 1)  # the site-wide key waits for the end of the quarter
    assert issuer.tick(MONDAY) == [("opening", issuer.key(ONE.id).id)]
    assert [issuer.key(id).gathered for id in (ONE.id, TWO.id)] == [0, LEAST - 1]
    directory = issuer.directory()
    event = directory.first(issuer.key(ONE.id).id, "opening")
    assert event is not None
    assert event.day == MONDAY
    assert directory.is_open(issuer.key(ONE.id).id)
    assert not directory.is_open(issuer.key(TWO.id).id)


@SQLITE_FIRST
def test_pools_are_weighed_once_a_week(issuer: Issuer) -> None:
    issuer.mint(ONE)
    assert issuer.tick(MONDAY) == []
    issuer.gather(ONE.id, LEAST)
    assert issuer.tick(MONDAY + timedelta(days=6)) == []  # a restart on Sunday
    assert issuer.tick(MONDAY - timedelta(days=1)) == []  # a clock that is a day off
    assert len(issuer.tick(MONDAY + WEEK)) == 1
    issuer.gather(ONE.id, LEAST)
    assert len(issuer.tick(MONDAY + 2 * WEEK)) == 1  # the pool started anew
    assert issuer.tick(MONDAY + 3 * WEEK) == []


@SQLITE_FIRST
@pytest.mark.parametrize(
    ("left", "site_wide"), [((4, 6), "opening"), ((4, 5), "withheld"), ((0, 9), "withheld")]
)
def test_a_quarter_closes_once(issuer: Issuer, left: tuple[int, int], site_wide: str) -> None:
    issuer.mint(ONE, TWO, THREE)
    for one, number in zip((ONE, TWO, THREE), (*left, LEAST), strict=True):
        issuer.gather(one.id, number)
    issuer.tick(date(2026, 11, 16))
    issuer.gather(THREE.id, LEAST)
    told = {key: kind for kind, key in issuer.tick(CLOSED)}
    names = {key.id: key.employer for key in issuer.directory().keys.values()}
    assert {names[key]: kind for key, kind in told.items()} == {
        THREE.id: "opening",
        None: site_wide,
        **{one.id: "withheld" for one, n in zip((ONE, TWO), left, strict=True) if n},
    }
    assert list(told)[-1] == issuer.key(SITE).id
    issuer.gather(ONE.id, LEAST)
    assert issuer.tick(CLOSED + WEEK) == []
    assert issuer.directory().is_open(issuer.key(SITE).id) == (site_wide == "opening")


@SQLITE_FIRST
def test_a_retired_key_is_gone_for_good(issuer: Issuer) -> None:
    issuer.mint(ONE, TWO)
    issuer.gather(ONE.id, LEAST - 1)
    issuer.gather(TWO.id, 1)
    assert issuer.retire(ONE.id)
    assert not issuer.retire(ONE.id)
    assert issuer.key(ONE.id).sealed_key == b""
    assert issuer.mint(ONE, TWO) == []
    # Invented mailboxes must not be the crowd in which others hide.
    issuer.gather(ONE.id, LEAST)
    assert issuer.tick(CLOSED) == [
        ("withheld", issuer.key(TWO.id).id),
        ("withheld", issuer.key(SITE).id),
    ]
    directory = issuer.directory()
    assert directory.first(issuer.key(ONE.id).id, "retired") is not None
    with pytest.raises(ceremony.NoSuchKey):
        issuer.retire(THREE.id)


@SQLITE_FIRST
def test_what_is_over_is_destroyed_and_the_chain_goes_on(issuer: Issuer) -> None:
    issuer.mint(ONE, TWO)
    issuer.gather(ONE.id, LEAST)
    issuer.tick(MONDAY)
    old = issuer.directory()
    issuer.mint(ONE, day=CLOSED)
    issuer.gather(TWO.id, 3)
    issuer.tick(CLOSED)
    pinned = issuer.directory()
    with issuer.database.transaction() as db:
        for quarter in ("2026Q4", "2027Q1"):
            mark = quarter.encode().ljust(32)
            db.add(Issued(mark=mark, request=mark, quarter=quarter))
    assert issuer.destroy(date(2027, 3, 31)) == []
    issuer.mint(ONE, day=OVER)
    before = issuer.directory()
    assert issuer.destroy(OVER) == ["2026Q4"]
    assert issuer.destroy(OVER) == []
    after = issuer.directory()
    assert after.head == before.head
    assert {key.quarter for key in after.keys.values()} == {"2027Q1", "2027Q2"}
    assert after.place(pinned.head) is not None
    assert after.place(old.head) is not None  # the hash before the first entry that is kept
    assert after.place(old.hashes[-2]) is None
    with issuer.database.reading() as db:
        for table in (Issued, SigningKey, SigningQuarter):
            left = set(db.scalars(select(table.quarter)))
            assert left <= {"2027Q1", "2027Q2"}
        assert db.scalar(select(func.count()).select_from(Issued)) == 1


@SQLITE_FIRST
def test_a_chain_of_which_nothing_is_left_goes_on_all_the_same(issuer: Issuer) -> None:
    issuer.mint(ONE)
    old = issuer.directory()
    issuer.destroy(date(2028, 1, 1))
    assert issuer.directory().head == old.head
    assert issuer.directory().keys == {}
    issuer.mint(ONE, day=date(2028, 1, 1))
    assert issuer.directory().place(old.head) == 0
    with issuer.database.reading() as db:
        numbers = list(db.scalars(select(ChainEntry.number).order_by(ChainEntry.number)))
    assert numbers == [1, 2, 3]


def test_issuing_and_weighing_do_not_wait_for_each_other_for_ever(issuer: Issuer) -> None:
    """Whoever signs counts the employer's key before the site's, as app/issuing/signing.py does."""
    issuer.mint(ONE, TWO)
    failed: list[Exception] = []

    def issue(of: bytes) -> None:
        try:
            for _ in range(20):
                with issuer.database.transaction() as db:
                    for id in (of, SITE):
                        chosen = update(SigningKey).where(SigningKey.employer_id == id)
                        db.execute(chosen.values(gathered=SigningKey.gathered + 1))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=issue, args=(one.id,)) for one in (ONE, TWO)]
    for thread in threads:
        thread.start()
    opened = [issuer.tick(MONDAY + n * WEEK) for n in range(4)] + [issuer.tick(CLOSED)]
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert opened
