"""`lamplight keys`: what the ceremony prints, without any count of credentials."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from app.credentials import published
from app.db import Database
from app.employers import domains
from app.issuing.models import SITE, SigningKey
from app.ops.command import commands
from app.ops.migrating import migrate
from tests import factories

Keys = Callable[..., Result]


@pytest.fixture
def site(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/lamplight.db")
    migrate(database)
    with database.transaction() as db:
        for name in ("Acme", "Birch"):
            domains.add(db, factories.employer(db, name), f"{name}.cn")
    return database


@pytest.fixture
def keys(site: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    monkeypatch.setenv("LAMPLIGHT_VAR", str(tmp_path))
    monkeypatch.setenv("LAMPLIGHT_CLOCK", "2026-11-18T12:00:00")

    def run(*words: str, clock: str = "") -> Result:
        if clock:
            monkeypatch.setenv("LAMPLIGHT_CLOCK", clock)
        return CliRunner().invoke(commands, ["keys", *words])

    return run


def listed(keys: Keys) -> list[tuple[str, str, str]]:
    """Return quarter, employer and state of each printed line."""
    lines = [re.split(" {2}", line) for line in keys("list").output.splitlines()]
    assert all(re.fullmatch("[0-9a-f]{64}", line[2]) for line in lines)
    return [(line[0], line[1], line[3]) for line in lines]


def test_keys_are_minted_listed_and_published(keys: Keys, site: Database) -> None:
    assert keys("list").output == ""
    assert keys("mint").output.splitlines()[-1] == (
        "3 new keys for 2026Q4. Publish, so that everybody knows."
    )
    assert keys("mint").output == "2026Q4 has all its keys.\n"
    names = ("(site-wide)", "acme", "birch")
    assert listed(keys) == [("2026Q4", name, "waiting") for name in names]
    with site.reading() as db:
        assert published.document(db) is None
    assert keys("publish").output == "The directory is published.\n"
    assert keys("publish").output == "The published directory is up to date.\n"
    with site.reading() as db:
        assert published.document(db) is not None


def test_states_are_told_and_no_counts(keys: Keys, site: Database, tmp_path: Path) -> None:
    keys("mint")
    issuer = Database(f"sqlite:///{tmp_path}/issuer.db")
    with issuer.transaction() as db:
        employers = update(SigningKey).where(SigningKey.employer_id != SITE)
        db.execute(employers.values(gathered=17))
    issuer.close()
    assert keys("retire", "acme", "2026Q4").output == (
        "The key of acme for 2026Q4 is retired. Publish, so that everybody knows.\n"
    )
    assert "retired already" in keys("retire", "acme", "2026Q4").output
    keys("publish", clock="2026-11-23T03:00:00")
    assert listed(keys) == [
        ("2026Q4", "(site-wide)", "waiting"),
        ("2026Q4", "acme", "retired on 2026-11-18"),
        ("2026Q4", "birch", "open since 2026-11-23"),
    ]
    keys("publish", clock="2027-01-04T03:00:00")
    assert listed(keys)[0][2] == "withheld since 2027-01-04"
    assert not re.search(r"\b17\b", keys("list").output)
    keys("publish", clock="2027-04-05T03:00:00")
    assert listed(keys) == []


def test_what_there_is_no_key_of_is_one_clear_line(keys: Keys) -> None:
    keys("mint")
    for employer, quarter in (("nobody", "2026Q4"), ("acme", "2026Q3"), ("acme", "soon")):
        failed = keys("retire", employer, quarter)
        assert failed.exit_code == 1
        assert failed.output == f"lamplight: {employer!r} has no key of {quarter!r}.\n"


def test_another_issuers_directory_is_not_published(
    keys: Keys, site: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys("mint")
    keys("publish")
    monkeypatch.setenv("LAMPLIGHT_ISSUER_SECRET_KEY", "another secret")
    failed = keys("publish")
    assert failed.exit_code == 1
    assert failed.output.startswith("lamplight: not published: the document is signed with another")
