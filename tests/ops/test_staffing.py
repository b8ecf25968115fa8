"""`lamplight staff`: accounts from the machine itself, each change told and logged."""

from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from app.db import Database
from app.moderation.models import AuditEntry
from app.ops.command import commands
from app.settings import Settings


def test_accounts_are_made_changed_and_ended(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAMPLIGHT_VAR", str(tmp_path))
    (tmp_path / "lamplight.db").write_bytes(sqlite_template.read_bytes())

    def run(words: str) -> tuple[int, str]:
        result = CliRunner().invoke(commands, ["staff", *words.split()])
        return result.exit_code, result.output

    code, said = run("add Ann --role moderator")
    assert code == 0
    assert "/desk/set-up" in said
    for refused in (
        "add ann --role senior",
        "add a --role senior",
        "add ben --role representative",
        "add ben --role senior --employer acme",
        "role nobody senior",
        "tie ann nowhere",
        "demo",
    ):
        code, said = run(refused)
        assert (code, said.count("\n")) == (1, 1), refused
        assert said.startswith("lamplight: ")
    assert run("role ann senior") == (0, "ann is senior from now on.\n")
    assert run("disable ann") == (0, "ann is disabled.\n")
    assert run("list") == (0, "ann  senior  disabled\n")
    database = Database(Settings().database_url)
    with database.reading() as db:
        actions = list(db.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))
    database.close()
    assert actions == ["make_moderator", "make_senior", "disable"]
