"""Redeeming: one badge for one credential, whoever tries what, and in which order."""

import random
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.credentials import published, spending
from app.credentials.models import SpentCredential
from app.credentials.presented import Presented
from app.db import Database
from app.members import badges, joining, keys, redeeming
from app.members.badges import Badge
from app.members.member import Member
from app.members.redeeming import NotRedeemed, redeem
from app.weeks.quarters import Quarter
from tests.conftest import SQLITE_FIRST
from tests.credentials.presenting import OPENED, Published, forged
from tests.members.test_badges import full

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
ACME = b"a" * 16
Q4 = Quarter(2026, 4)
TRIES = 300


@pytest.fixture
def site(database: Database) -> Published:
    """Publish the directory of one employer, open since a week."""
    made = Published(database)
    made.key(0, ACME)
    return made


@pytest.fixture
def join(database: Database) -> Callable[[], Member]:
    """Give a maker of accounts, without the slow part."""

    def make() -> Member:
        opener = keys.Opener(keys.NEWEST, secrets.token_bytes(32), secrets.token_bytes(32))
        with database.transaction() as db:
            return joining.make_account(db, opener)

    return make


def held(database: Database, member: Member, today: date = TODAY) -> list[Badge]:
    with database.reading() as db:
        return list(redeeming.held(db, member, today))


def spent(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(SpentCredential)) or 0


def why_not(database: Database, member: Member, line: str, today: date = TODAY) -> str:
    """Redeem in vain, hold that nothing changed, and return the reason."""
    before = spent(database), held(database, member)
    with pytest.raises(NotRedeemed) as refused:
        redeem(database, member, line, today)
    assert (spent(database), held(database, member)) == before
    return refused.value.message


def test_a_credential_brings_its_badge_and_the_same_again_brings_the_same(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    member, line = join(), site.line(0)
    badge = Badge(ACME, Q4)
    assert redeem(database, member, line, TODAY) == badge
    assert redeem(database, member, line, TODAY) == badge
    assert held(database, member) == [badge]
    assert spent(database) == 1


@SQLITE_FIRST
def test_another_account_gets_nothing_for_it(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    first, second, line = join(), join(), site.line(0)
    redeem(database, first, line, TODAY)
    assert why_not(database, second, line) == redeeming.SPENT
    assert why_not(database, first, site.line(0)) == redeeming.HELD


@SQLITE_FIRST
def test_cut_short_between_its_transactions_it_goes_on(
    database: Database,
    site: Published,
    join: Callable[[], Member],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    member, other, line = join(), join(), site.line(0)
    with monkeypatch.context() as broken:
        broken.setattr(joining, "write_box", None)
        with pytest.raises(TypeError):
            redeem(database, member, line, TODAY)
    assert (spent(database), held(database, member)) == (1, [])
    assert why_not(database, other, line) == redeeming.SPENT
    assert redeem(database, member, line, TODAY) == Badge(ACME, Q4)
    assert held(database, member) == [Badge(ACME, Q4)]


@SQLITE_FIRST
def test_other_words_are_the_same_account(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    member, line = join(), site.line(0)
    redeem(database, member, line, TODAY)
    opener = keys.Opener(keys.NEWEST, secrets.token_bytes(32), secrets.token_bytes(32))
    with database.transaction() as db:
        moved = joining.change_words(db, member, opener)
    assert moved is not None
    assert held(database, moved) == [Badge(ACME, Q4)]
    assert redeem(database, moved, line, TODAY) == Badge(ACME, Q4)
    assert redeem(database, member, line, TODAY) is None


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (OPENED - DAY, redeeming.NOT_OPEN),
        (OPENED, ""),
        (date(2026, 12, 31), ""),
        (date(2027, 1, 1), ""),
        (date(2027, 3, 31), ""),
        (date(2027, 4, 1), redeeming.OVER),
        (date(2026, 9, 30), redeeming.OVER),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_window_to_the_day(
    database: Database, site: Published, join: Callable[[], Member], day: date, message: str
) -> None:
    member, line = join(), site.line(0)
    if message:
        assert why_not(database, member, line, day) == message
    else:
        assert redeem(database, member, line, day) == Badge(ACME, Q4)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_clock_that_was_a_day_ahead_lets_nothing_be_spent_twice(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    line, last = site.line(0), Badge(ACME, Q4).last_day
    redeem(database, join(), line, TODAY)
    with database.transaction() as db:
        directory = published.current(db)
        assert directory is not None
        spending.purge(db, directory, last + DAY)
    assert why_not(database, join(), line, last) == redeeming.SPENT


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_reason_not_to_redeem(database: Database, join: Callable[[], Member]) -> None:
    member, site = join(), Published(database)
    assert why_not(database, member, forged(0).line("employer")) == redeeming.UNLISTED
    site.key(0, ACME)
    site.key(1, None, opened=None)
    site.key(2, b"s" * 16, opened=None)
    assert why_not(database, member, "employer 00 x y") == redeeming.UNREADABLE
    assert why_not(database, member, "Lamplight credential 1\nquarter") == redeeming.WHOLE
    assert why_not(database, member, site.line(3)) == redeeming.UNLISTED
    assert why_not(database, member, site.line(2)) == redeeming.NOT_OPEN
    assert why_not(database, member, forged(0).line("employer")) == redeeming.FORGED
    site.event("withheld", 2)
    site.event("withheld", 1)
    assert why_not(database, member, site.line(2)) == redeeming.WITHHELD
    assert why_not(database, member, site.line(1)) == redeeming.VOID
    line = site.line(0)
    site.event("retired", 0)
    assert why_not(database, member, line) == redeeming.RETIRED


@SQLITE_FIRST
def test_a_withheld_employer_s_worker_bears_a_badge_without_it(
    database: Database, join: Callable[[], Member]
) -> None:
    member, site = join(), Published(database)
    site.key(1, None)
    assert redeem(database, member, site.line(1), TODAY) == Badge(None, Q4)
    assert held(database, member) == [Badge(None, Q4)]


@SQLITE_FIRST
def test_a_badge_of_a_key_that_was_retired_counts_no_more(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    member = join()
    redeem(database, member, site.line(0), TODAY)
    site.event("retired", 0)
    assert held(database, member) == []


@SQLITE_FIRST
def test_a_full_box_spends_nothing(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    member, line = join(), site.line(0)
    with database.transaction() as db:
        joining.write_box(db, member, lambda _: full())
    assert why_not(database, member, line) == redeeming.FULL
    with database.transaction() as db:
        joining.write_box(db, member, lambda _: {})
    assert redeem(database, member, line, TODAY) == Badge(ACME, Q4)


@SQLITE_FIRST
def test_a_box_is_written_only_when_it_changes(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    member, line = join(), site.line(0)

    def box() -> bytes:
        with database.reading() as db:
            return db.scalars(select(joining.Account.box)).one()

    fresh = box()
    with pytest.raises(NotRedeemed):
        redeem(database, member, forged(0).line("employer"), TODAY)
    assert box() == fresh
    redeem(database, member, line, TODAY)
    changed = box()
    redeem(database, member, line, TODAY)
    assert held(database, member)
    assert box() == changed != fresh


@SQLITE_FIRST
def test_two_accounts_at_once_with_one_credential_are_one_badge(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    members, line = [join() for _ in range(6)], site.line(0)

    def attempt(member: Member) -> str:
        try:
            return "badge" if redeem(database, member, line, TODAY) else "gone"
        except NotRedeemed as refused:
            return refused.message

    with ThreadPoolExecutor(6) as pool:
        outcomes = Counter(pool.map(attempt, members))
    assert outcomes == {"badge": 1, redeeming.SPENT: 5}
    assert sum(len(held(database, member)) for member in members) == spent(database) == 1


@SQLITE_FIRST
def test_one_account_with_one_credential_and_another_at_once_keeps_both_badges(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    site.key(1, None)
    member, lines = join(), [site.line(0), site.line(1), site.line(0), site.line(1)]

    def attempt(line: str) -> str:
        try:
            return "badge" if redeem(database, member, line, TODAY) else "gone"
        except NotRedeemed as refused:
            return refused.message

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(attempt, lines)) <= {"badge", redeeming.HELD}
    assert set(held(database, member)) == {Badge(ACME, Q4), Badge(None, Q4)}
    assert len(held(database, member)) == 2


def hostile(site: Published, tries: int, used: Presented) -> Iterator[str]:
    """Lines that must bring nothing: spent, replayed, of another quarter's key, tampered with."""
    rng = random.Random(tries)
    old, other = site.credential(2), site.credential(0)
    for number in range(tries):
        place, bit = rng.randrange(256), 1 << rng.randrange(8)
        signature = bytearray(other.signature)
        signature[place] ^= bit
        prepared = bytearray(other.prepared)
        prepared[place % 32] ^= bit
        shown = [
            used,
            replace(used, signature=other.signature),
            replace(used, prepared=bytes(prepared)),
            old,
            replace(old, key=used.key),
            replace(used, key=old.key),
            replace(other, signature=bytes(signature)),
            replace(other, prepared=bytes(prepared)),
            forged(0),
        ][number % 9]
        yield shown.line(rng.choice(("employer", "site")))  # type: ignore[arg-type]


def accepted(database: Database, join: Callable[[], Member], tries: int) -> int:
    """Count how many hostile lines brought somebody a badge."""
    site = Published(database)
    site.key(0, ACME)
    site.key(2, ACME, "2026Q2", opened=date(2026, 5, 4))
    used = site.credential(0)
    redeem(database, join(), used.line("employer"), TODAY)
    thief, brought = join(), 0
    for line in hostile(site, tries, used):
        try:
            redeem(database, thief, line, TODAY)
            brought += 1
        except NotRedeemed:
            pass
    assert held(database, thief) == []
    assert spent(database) == 1
    return brought


@SQLITE_FIRST
def test_nothing_hostile_is_accepted(database: Database, join: Callable[[], Member]) -> None:
    assert accepted(database, join, TRIES) == 0


@pytest.mark.deep
def test_nothing_hostile_is_accepted_in_10_000_tries(
    database: Database, join: Callable[[], Member]
) -> None:
    assert accepted(database, join, 10_000) == 0


@SQLITE_FIRST
def test_the_box_reads_what_was_kept(
    database: Database, site: Published, join: Callable[[], Member]
) -> None:
    member = join()
    redeem(database, member, site.line(0), TODAY)
    with database.reading() as db:
        box = joining.read_box(db, member)
        assert joining.read_box(db, replace(member, row=b"x" * 32)) is None
    assert box == {"badges": [[ACME.hex(), "2026Q4"]]}
    assert badges.read(box, TODAY) == [Badge(ACME, Q4)]
