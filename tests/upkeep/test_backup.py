"""A backup holds every row of the site, in an order that says nothing, and is gone in time."""

import base64
import gzip
import json
import threading
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.db import Base, Database
from app.hours.models import HourReport
from app.issuing.models import IssuerBase
from app.settings import Settings
from app.upkeep import backup, turn
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.upkeep.test_flattening import reports, write

pytestmark = SQLITE_FIRST

DAY = date(2026, 11, 18)


@pytest.fixture
def employer_id(database: Database) -> bytes:
    with database.transaction() as db:
        return factories.employer(db, "Lamp Huo").id


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]


def test_every_row_is_in_it_in_the_order_of_its_key(
    database: Database, client: TestClient, employer_id: bytes, tmp_path: Path
) -> None:
    write(database, employer_id, range(1_200), each=300)
    assert client.get("/employers").status_code == 200  # which is put on the shelf
    path, told = tmp_path / "site.backup", []
    outcome = backup.write(database, path, DAY, lambda done, total: told.append((done, total)))
    head, *rows, end = lines(path)
    assert (head["lamplight"], head["day"]) == ("backup", "2026-11-18")
    assert set(head["tables"]) == set(Base.metadata.tables) - {"finished_page", "search_entry"}
    assert not set(head["tables"]) & set(IssuerBase.metadata.tables)
    assert end == {"rows": len(rows)} == {"rows": outcome.rows}
    assert told[-1] == (len(rows), len(rows))
    ids = [base64.b64decode(values[0]) for table, values in rows if table == "hour_report"]
    assert ids == sorted(row["id"] for row in reports(b"", range(1_200)))
    order = [table for table, _ in rows]
    assert order.index("employer") < order.index("hour_report")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes()[4:8] == bytes(4), "gzip would tell when"
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_it_is_all_of_one_moment_while_others_write(
    database: Database, employer_id: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, employer_id, range(100), each=50)
    monkeypatch.setattr(backup, "_EVERY", 10)
    writers: list[threading.Thread] = []

    def meanwhile(done: int, total: int) -> None:
        number = 5_000 + done
        writer = threading.Thread(target=write, args=(database, employer_id, [number]))
        writer.start()
        writer.join(10)
        writers.append(writer)

    backup.write(database, tmp_path / "site.backup", DAY, meanwhile)
    assert len(writers) >= 10
    assert not any(writer.is_alive() for writer in writers), "a backup must keep nobody waiting"
    _, *rows, _ = lines(tmp_path / "site.backup")
    assert sum(table == "hour_report" for table, _ in rows) == 100
    with database.reading() as db:
        filed = db.scalar(select(func.count()).select_from(HourReport))
    assert filed == 100 + len(writers)


def test_old_backups_beside_it_are_removed_and_nothing_else(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for age in (29, 30, 31):
        backup.write(database, folder / f"{age}.backup", DAY - timedelta(days=age))
    (folder / "notes.gz").write_bytes(gzip.compress(b'{"day": "2020-01-01"}\n'))
    (folder / "notes.txt").write_text("kept")
    (folder / "broken.gz").write_bytes(gzip.compress(b"x" * 999)[:20])
    (folder / "link").symlink_to(folder / "31.backup")
    outcome = backup.write(database, folder / "new.backup", DAY)
    assert [path.name for path in outcome.removed] == ["31.backup"]
    assert {path.name for path in folder.iterdir()} == {
        *("29.backup", "30.backup", "new.backup"),
        *("notes.gz", "notes.txt", "broken.gz", "link"),
    }


def test_a_failure_leaves_the_last_one_and_other_files_as_they_were(
    database: Database, settings: Settings, employer_id: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "site.backup"
    backup.write(database, path, DAY)
    before = path.read_bytes()

    def fail(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.write(database, path, DAY, fail)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))
    other = tmp_path / "thesis.txt"
    other.write_text("years of work")
    with pytest.raises(backup.NotABackup):
        backup.write(database, other, DAY)
    assert other.read_text() == "years of work"
    with turn.turn(database, patience=0):
        pass  # whoever failed gave the turn back
