"""What is over goes with the night: old finished pages, spent credentials of dead quarters."""

from pathlib import Path

from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.credentials import spending
from app.credentials.models import SpentCredential
from app.db import Database
from app.settings import Settings
from app.upkeep import maintain
from app.web.shelf import FinishedPage
from tests.conftest import SQLITE_FIRST
from tests.credentials.presenting import Published, forged

pytestmark = SQLITE_FIRST


def shelved(database: Database) -> list[str]:
    with database.reading() as db:
        return sorted(db.scalars(select(FinishedPage.path)))


def test_finished_pages_are_forgotten_each_night(
    client: TestClient, database: Database, settings: Settings
) -> None:
    for path in ("/", "/employers"):
        assert client.get(path).status_code == 200
    assert shelved(database) == ["/", "/employers"]
    maintain.site(database, settings)
    assert shelved(database) == [], "what was withdrawn in the day may be in some"


def test_spent_credentials_of_a_dead_quarter_are_forgotten(
    database: Database, settings: Settings
) -> None:
    site = Published(database)
    site.key(0, b"a" * 16)
    site.key(4, b"a" * 16, "2026Q2")
    with database.transaction() as db:
        for number in (0, 4, 4):
            assert spending.spend(db, forged(number), b"m" * 16) == "new"
    maintain.site(database, settings)
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SpentCredential)) == 1


def test_an_issuer_that_is_not_here_is_left_alone(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    maintain.nightly(database, settings)
    assert not (tmp_path / "issuer.db").exists()
    assert maintain.parts(settings) == ["site"]
