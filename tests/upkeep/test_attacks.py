"""Files that somebody left, or that a crash did, where upkeep looks."""

import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest

from app.db import Database
from app.upkeep import backup, turn
from app.upkeep.doctor import files

# Files are the same beside both databases.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TODAY = date(2026, 11, 18)


def packed(path: Path, head: object) -> None:
    with gzip.open(path, "wb") as file:
        file.write(head if isinstance(head, bytes) else json.dumps(head).encode())


def test_strange_files_beside_backups_stop_neither_backup_nor_doctor(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old = {"lamplight": "backup", "day": "2026-01-01"}
    strange = {"no day": {"lamplight": "backup"}, "a number": {**old, "day": 5}}
    strange |= {"no such day": {**old, "day": "2026-13-01"}, "a list": [old], "deep": b"[" * 90_000}
    for name, head in strange.items():
        packed(folder / name, head)
    (folder / "cut").write_bytes(gzip.compress(json.dumps(old).encode())[:-12])
    (folder / "link").symlink_to(folder / "no day")
    (folder / "dangling").symlink_to(folder / "nothing")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    packed(folder / "old", old)
    before = set(os.listdir(folder))

    [found] = files.backups([folder], TODAY)
    assert found.todo.startswith("delete old;")
    outcome = backup.write(database, folder / "new", TODAY)
    assert [path.name for path in outcome.removed] == ["old"]
    assert set(os.listdir(folder)) == before - {"old"} | {"new"}
    for name in strange:
        with pytest.raises(backup.NotABackup):
            backup.write(database, folder / name, TODAY)


def test_a_note_that_was_cut_is_no_note(database: Database) -> None:
    note = turn.file(database).with_name(f"{turn.file(database).name}-turn")
    for written in (b"", b"\xff\xfe", b"maintained 2026-1", b"\x00" * 64):
        note.write_bytes(written)
        assert turn.noted(database) is None
    turn.note(database, TODAY)
    assert turn.noted(database) == TODAY
