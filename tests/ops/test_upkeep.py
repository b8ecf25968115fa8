"""`lamplight maintain`, `backup` and `doctor` as an operator types them."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app.db import Database
from app.ops.command import commands
from app.ops.migrating import migrate
from app.upkeep import turn

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give the command, on a machine that holds both databases."""
    environment = {
        "VAR": str(tmp_path / "var"),
        "BASE_URL": "https://lamplight.example",
        "ISSUER_URL": "https://proof.example",
        "SMTP_URL": "smtps://mail.example",
        "MAIL_FROM": "codes@neutral.example",
        "CLOCK": "2026-11-18T12:00:00",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"LAMPLIGHT_{name}", value)
    for name in ("DATABASE_URL", "ISSUER_DATABASE_URL"):
        monkeypatch.delenv(f"LAMPLIGHT_{name}", raising=False)
    return lambda *words: CliRunner().invoke(commands, list(words))


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """Make both databases; their folder."""
    for name, part in (("lamplight", "site"), ("issuer", "issuer")):
        database = Database(f"sqlite:///{tmp_path / 'var' / name}.db")
        migrate(database, of=part)
        database.close()
    return tmp_path / "var"


def test_without_a_database_each_says_so(run: Run, tmp_path: Path) -> None:
    assert run("maintain").exit_code == 1
    assert run("backup", str(tmp_path / "site.backup")).exit_code == 1
    answer = run("doctor")
    assert answer.exit_code == 1
    assert "none yet" in answer.output
    assert list(tmp_path.iterdir()) == [], "looking makes nothing"


def test_maintained_backed_up_and_found_well(run: Run, both: Path) -> None:
    ill = run("doctor")
    assert ill.exit_code == 1
    assert [line.split(":")[0] for line in ill.output.splitlines() if line.startswith("DO")] == [
        "DO   site",
        "DO   issuer",
    ]
    maintained = run("maintain")
    assert maintained.exit_code == 0, maintained.output
    assert maintained.stdout == "site: flattened\nissuer: flattened\n"
    backed_up = run("backup", str(both / "site.backup"))
    assert backed_up.exit_code == 0, backed_up.output
    written = gzip.decompress((both / "site.backup").read_bytes())
    assert written.startswith(b'{"lamplight": "backup"')
    well = run("doctor")
    assert well.exit_code == 0, well.output
    assert well.stdout.endswith("All is well.\n")


def test_an_issuer_alone_is_maintained_alone(run: Run, both: Path) -> None:
    (both / "lamplight.db").unlink()
    assert run("maintain").stdout == "issuer: flattened\n"


def test_a_failure_is_one_clear_line(run: Run, both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "PATIENCE", 0.0)
    database = Database(f"sqlite:///{both / 'lamplight.db'}")
    with turn.turn(database, 0):
        answer = run("maintain")
        assert answer.exit_code == 1
        assert answer.stdout == "issuer: flattened\n", "the other is maintained all the same"
        (line,) = [one for one in answer.stderr.splitlines() if one.startswith("lamplight:")]
        assert "another maintenance or backup is at work" in line
        assert "at work" in run("backup", str(both / "site.backup")).stderr
    (both / "thesis").write_text("years of work")
    assert "is no backup" in run("backup", str(both / "thesis")).stderr
    assert "cannot be written" in run("backup", str(both / "none" / "site.backup")).stderr
    assert not os.path.exists(both / "none")


def test_help_names_them(run: Run) -> None:
    listed = run("--help").output
    assert all(f" {name} " in listed for name in ("maintain", "backup", "doctor"))
    for name in ("maintain", "backup", "doctor"):
        assert run(name, "--help").exit_code == 0
