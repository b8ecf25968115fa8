"""`lamplight release`: what it prints, and that it prints no count of reports."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from app.db import Database
from app.ops.command import commands
from app.settings import Settings
from tests import factories

DAY = date(2026, 11, 16)


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Give a runner of commands on the test's database."""
    for name in ("var", "database_url", "secret_key", "clock"):
        monkeypatch.setenv(f"LAMPLIGHT_{name.upper()}", str(getattr(settings, name)))
    return CliRunner()


@pytest.fixture
def gathered(database: Database) -> None:
    """File enough for one employer and too little for another."""
    with database.transaction() as db:
        for name, number in (("Acme", 43), ("Birch", 7)):
            factories.reports(db, factories.employer(db, name).id, number, DAY)


def test_a_release_names_employers_and_its_number(command: CliRunner, gathered: None) -> None:
    done = command.invoke(commands, ["release", "--now", "2026-11-16", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.output) == {
        "release": 1,
        "day": "2026-11-16",
        "new": True,
        "rebuilt": 1,
        "employers": ["acme"],
    }
    again = command.invoke(commands, ["release", "--now", "2026-11-18", "--json"])
    assert json.loads(again.output)["new"] is False
    assert json.loads(again.output)["employers"] == []


def test_plain_lines_tell_the_same_and_no_count_of_reports(
    command: CliRunner, gathered: None
) -> None:
    done = command.invoke(commands, ["release", "--now", "2026-11-16"])
    assert done.output.splitlines() == ["Release 1 of 2026-11-16: 1 employers rebuilt.", "acme"]
    assert "43" not in done.output
    again = command.invoke(commands, ["release"])
    assert again.output.splitlines() == [
        "Nothing to do: release 1 of 2026-11-16 covers 2026-11-18."
    ]


def test_a_wrong_day_is_one_clear_line(command: CliRunner) -> None:
    done = command.invoke(commands, ["release", "--now", "tomorrow"])
    assert done.exit_code == 2
    assert "tomorrow" in done.output
