"""A week's ceremony between the two databases: what goes over, and what comes back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app.credentials import published
from app.credentials.chain import Directory
from app.credentials.models import SpentCredential
from app.credentials.published import Contradiction
from app.db import Database, random_id
from app.employers import domains, merging
from app.issuing import ceremony
from app.issuing.models import KnownDomain, SigningKey
from app.settings import Settings
from app.upkeep import ceremonies, schedule
from tests import factories, keyring
from tests.conftest import SQLITE_FIRST

pytestmark = SQLITE_FIRST

DAY = date(2026, 11, 18)
WINTER, SPRING = date(2027, 1, 4), date(2027, 4, 5)


@pytest.fixture
def site(database: Database) -> Database:
    """A site with two employers that have domains, one merged into the first, one without."""
    with database.transaction() as db:
        acme, birch, old, _ = (
            factories.employer(db, name) for name in ("Acme", "Birch", "Old Acme", "Cedar")
        )
        for employer, domain in ((acme, "acme.cn"), (old, "old.cn"), (birch, "birch.cn")):
            domains.add(db, employer, domain)
        merging.merge(db, old, acme)
    return database


def mint(site: Database, issuer: Database, settings: Settings, day: date, source: object) -> None:
    with site.reading() as db:
        known = ceremonies.known(db)
    keyring.minted(issuer, settings, known, day, source)


def current(site: Database) -> Directory:
    with site.reading() as db:
        directory = published.current(db)
    assert directory is not None
    return directory


def test_the_issuer_learns_canonical_employers_with_the_domains_of_their_family(
    site: Database,
) -> None:
    with site.reading() as db:
        known = [(one.slug, one.name, one.domains) for one in ceremonies.known(db)]
    assert known == [("acme", "Acme", ("acme.cn", "old.cn")), ("birch", "Birch", ("birch.cn",))]


def test_a_week_mints_and_publishes_and_a_repetition_changes_nothing(
    site: Database, issuer_database: Database, settings: Settings
) -> None:
    assert ceremonies.weekly(site, issuer_database, settings, DAY)
    assert not ceremonies.weekly(site, issuer_database, settings, DAY)
    names = [(key.name, key.quarter) for key in current(site).keys.values()]
    assert names == [("", "2026Q4"), ("Acme", "2026Q4"), ("Birch", "2026Q4")]
    with issuer_database.reading() as db, site.reading() as main:
        assert published.document(main) == ceremony.document(db, settings)
        assert set(db.scalars(select(KnownDomain.domain))) == {"acme.cn", "birch.cn", "old.cn"}


def test_two_quarters_later_keys_and_spent_credentials_are_gone(
    site: Database, issuer_database: Database, settings: Settings
) -> None:
    source = keyring.premade()
    mint(site, issuer_database, settings, DAY, source)
    ceremonies.publish(site, issuer_database, settings, DAY)
    mint(site, issuer_database, settings, WINTER, source)
    with issuer_database.transaction() as db:
        db.execute(update(SigningKey).values(gathered=10))
    ceremonies.publish(site, issuer_database, settings, WINTER)
    old, young = (
        next(k.id for k in current(site).keys.values() if k.quarter == q)
        for q in ("2026Q4", "2027Q1")
    )
    with site.transaction() as db:
        for key in (old, young):
            db.add(SpentCredential(digest=random_id() * 2, key=key, tag=random_id()))
    # The site has not seen the newest entry yet when the chain loses its beginning.
    mint(site, issuer_database, settings, SPRING, source)
    assert ceremonies.publish(site, issuer_database, settings, SPRING)
    assert not ceremonies.publish(site, issuer_database, settings, SPRING)
    assert {key.quarter for key in current(site).keys.values()} == {"2027Q1", "2027Q2"}
    with site.reading() as db, issuer_database.reading() as books:
        assert list(db.scalars(select(SpentCredential.key))) == [young]
        quarters = set(books.scalars(select(SigningKey.quarter)))
        assert quarters == {"2027Q1", "2027Q2"}


def test_a_site_that_refuses_the_directory_keeps_nothing_alive(
    site: Database, issuer_database: Database, settings: Settings
) -> None:
    mint(site, issuer_database, settings, DAY, keyring.premade())
    ceremonies.publish(site, issuer_database, settings, DAY)
    settings.issuer_secret_key = "a third secret"
    stranger = Settings(**settings.model_dump())
    with pytest.raises(Contradiction):
        ceremonies.publish(site, issuer_database, stranger, SPRING)
    with issuer_database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SigningKey)) == 0


@pytest.fixture
def here(issuer_sqlite_template: Path, tmp_path: Path, settings: Settings) -> Iterator[Database]:
    """An issuer on this machine, where the settings say."""
    path = tmp_path / "issuer.db"
    path.write_bytes(issuer_sqlite_template.read_bytes())
    settings.issuer_database_url = f"sqlite:///{path}"
    database = Database(settings.issuer_database_url)
    yield database
    database.close()


def test_the_schedule_holds_the_ceremony_where_the_issuer_lives_here(
    site: Database, settings: Settings, here: Database
) -> None:
    check = schedule.rota(schedule.duties(site, settings), settings.today)
    assert "the key ceremony" in check()
    assert len(current(site).keys) == 3
    settings.clock = "2027-01-01T00:10:00"  # a Friday: the new quarter does not wait for Monday
    assert "the key ceremony" in check()
    assert len(current(site).keys) == 6
    assert [event.kind for _, event in current(site).events] == ["withheld"]  # the site-wide key


def test_a_machine_without_issuer_holds_none(site: Database, settings: Settings) -> None:
    settings.issuer_database_url = f"sqlite:///{settings.var / 'elsewhere.db'}"
    assert not ceremonies.hold(site, settings, DAY)
    assert not (settings.var / "elsewhere.db").exists()
