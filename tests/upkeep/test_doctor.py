"""The doctor finds each thing that is wrong, and nothing where all is well."""

import gzip
import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from app.db import Database
from app.settings import Settings
from app.upkeep import maintain, postgresql
from app.upkeep.doctor import addresses, databases, files
from app.upkeep.doctor.finding import Finding
from tests.upkeep.test_flattening import ON_POSTGRESQL, ON_SQLITE

SHIPPED = Path(__file__).parents[2] / "Caddyfile"
DAY = date(2026, 11, 18)
WELL = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_min_messages": "fatal",
}


def ill(findings: Iterable[Finding]) -> list[str]:
    return [f"{finding.what}: {finding.todo}" for finding in findings if not finding.well]


def said(findings: Iterable[Finding], word: str) -> bool:
    """Tell whether exactly one thing is to be done, and says a word."""
    found = ill(findings)
    return len(found) == 1 and word in found[0]


@ON_SQLITE
def test_a_maintained_sqlite_is_well(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    tmp_path.chmod(0o700)
    assert said(databases.look(database, "site", DAY), "never")
    maintain.site(database, settings)
    assert ill(databases.look(database, "site", DAY)) == []
    assert said(databases.look(database, "site", date(2026, 11, 21)), "last on 2026-11-18")


@ON_SQLITE
def test_sqlite_that_others_changed_is_not(
    database: Database, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maintain.site(database, settings)
    tmp_path.chmod(0o750)
    assert said(databases.look(database, "site", DAY), f"chmod 700 {tmp_path}")
    tmp_path.chmod(0o700)
    with database.transaction() as db:
        db.execute(text("CREATE TABLE diary (line text)"))
    assert said(databases.look(database, "site", DAY), "diary")
    with database.transaction() as db:
        db.execute(text("DROP TABLE diary"))
    monkeypatch.setattr(databases, "LARGEST_LOG", 0)
    assert said(databases.look(database, "site", DAY), "-wal is long")
    with database.alone() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete=OFF")
    assert any("secure_delete=0" in line for line in ill(databases.look(database, "site", DAY)))


@ON_POSTGRESQL
def test_each_setting_of_postgresql_counts(database: Database, settings: Settings) -> None:
    maintain.site(database, settings)
    name = database.engine.url.database

    def set_to(values: dict[str, str]) -> list[str]:
        with psycopg.connect(_admin(database), autocommit=True) as connection:
            for setting, value in values.items():
                connection.execute(f"ALTER DATABASE {name} SET {setting} = '{value}'")
        database.close()
        return ill(databases.look(database, "site", DAY))

    assert len(ill(databases.look(database, "site", DAY))) == len(WELL), "as it is installed"
    assert set_to(WELL) == []
    for setting, value in {
        "log_error_verbosity": "default",
        "log_min_error_statement": "error",
        "log_min_messages": "warning",
        "log_statement": "mod",
        "log_duration": "on",
        "log_min_duration_statement": "100",
    }.items():
        (only,) = set_to({setting: value})
        assert f"ALTER SYSTEM SET {setting} = " in only
        set_to({setting: WELL.get(setting, databases.SETTINGS[setting][0][0])})


@ON_POSTGRESQL
def test_a_log_that_is_used_again_or_kept_is_found(database: Database, settings: Settings) -> None:
    maintain.site(database, settings)
    with psycopg.connect(_admin(database), autocommit=True) as connection:
        connection.execute("SELECT pg_create_physical_replication_slot('forgotten')")
        try:
            found = ill(databases.look(database, "site", DAY))
        finally:
            connection.execute("SELECT pg_drop_replication_slot('forgotten')")
    assert any("forgotten" in line for line in found)
    asked = {"wal_recycle", "archive_mode", "log_connections", "wal_keep_size"}
    assert asked <= set(databases.SETTINGS)


def test_the_guide_asks_for_what_is_checked() -> None:
    guide = (SHIPPED.parent / "docs" / "operating.md").read_text("utf-8")
    asked = dict(re.findall(r"^ALTER SYSTEM SET (\w+) = '(\w+)';$", guide, re.MULTILINE))
    assert set(WELL) | {"wal_recycle", "archive_mode", "log_connections"} <= set(asked)
    for setting, value in asked.items():
        assert value in databases.SETTINGS[setting][0]
    for grant in postgresql.GRANTS.values():
        assert grant.format(role="lamplight") in guide


def test_secrets_are_their_owners_and_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(var=tmp_path)
    settings.key("x"), settings.issuer_key("x")
    assert ill(files.secrets(settings)) == []
    (tmp_path / "issuer-secret").write_bytes((tmp_path / "secret").read_bytes())
    assert said(files.secrets(settings), "are the same")
    (tmp_path / "issuer-secret").write_bytes(b"another")
    (tmp_path / "secret").chmod(0o640)
    assert said(files.secrets(settings), "chmod 600")
    (tmp_path / "secret").chmod(0o600)
    mounted = tmp_path / "smtp"
    mounted.write_text("smtp://x")
    mounted.chmod(0o644)
    monkeypatch.setenv("LAMPLIGHT_SMTP_URL_FILE", str(mounted))
    assert said(files.secrets(settings), str(mounted))


def test_looking_makes_no_secret(tmp_path: Path) -> None:
    assert ill(files.secrets(Settings(var=tmp_path))) == []
    assert list(tmp_path.iterdir()) == []


GOOD = {
    "base_url": "https://lamplight.example",
    "issuer_url": "https://proof.example",
    "smtp_url": "smtps://mail.example",
    "mail_from": "codes@neutral.example",
}


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({}, ""),
        ({"base_url": "http://lamplight.example"}, "LAMPLIGHT_BASE_URL is http:"),
        ({"base_url": "http://abcdef.onion"}, ""),
        ({"issuer_url": "http://proof.example"}, "LAMPLIGHT_ISSUER_URL is http:"),
        ({"issuer_url": "https://lamplight.example:8443"}, "cookies would cross"),
        ({"smtp_url": ""}, "set LAMPLIGHT_SMTP_URL"),
        ({"smtp_url": "console:"}, "set LAMPLIGHT_SMTP_URL"),
        ({"mail_from": ""}, "set LAMPLIGHT_SMTP_URL"),
        ({"mail_from": "codes@mail.lamplight.example"}, "use another domain"),
        (
            {"issuer_database_url": "sqlite:///one.db", "database_url": "sqlite:///one.db"},
            "its own",
        ),
        (
            {
                "database_url": "postgresql://site:x@db/lamplight",
                "issuer_database_url": "postgresql://issuer:y@db/lamplight",
            },
            "its own",
        ),
        (
            {
                "database_url": "postgresql:///a?host=/run/one",
                "issuer_database_url": "postgresql:///a?host=/run/two",
            },
            "",
        ),
        ({"valkey_url": "valkey://127.0.0.1:1"}, "does not answer"),
    ],
)
def test_addresses(changed: dict[str, str], word: str) -> None:
    findings = list(addresses.look(Settings(**{**GOOD, **changed})))
    assert said(findings, word) if word else ill(findings) == []


def test_old_backups_are_found_wherever_they_are_kept(tmp_path: Path) -> None:
    kept, other = tmp_path / "var", tmp_path / "backups"
    for folder, day in ((kept, "2026-10-19"), (other, "2026-10-18")):
        folder.mkdir()
        head = json.dumps({"lamplight": "backup", "day": day, "tables": {}})
        (folder / "site.backup").write_bytes(gzip.compress(head.encode() + b"\n"))
    assert ill(files.backups([kept, tmp_path / "none"], DAY)) == []
    assert said(files.backups([kept, other], DAY), "delete site.backup")


def test_the_shipped_caddyfile_is_quiet() -> None:
    assert ill(files.caddy(SHIPPED)) == []


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("\tlog {\n\t\toutput discard\n\t}\n\tservers", "\tservers", 1),
        ("lamplight.example {\n\timport quiet", "lamplight.example {", 2),
        ("(quiet) {\n\tlog {\n\t\toutput discard\n\t}", "(quiet) {", 1),
        ("\t\toutput discard", "\t\toutput stdout", 2),
        ("\t\t-Server\n", "", 1),
        ("\tlog {\n\t\toutput discard", "\tlog {\n#\t\toutput discard", 2),
    ],
)
def test_a_caddyfile_that_talks_is_found(tmp_path: Path, old: str, new: str, count: int) -> None:
    written = SHIPPED.read_text()
    assert old in written
    path = tmp_path / "Caddyfile"
    path.write_text(written.replace(old, new))
    assert len(ill(files.caddy(path))) == count


def test_no_caddyfile_is_said_so(tmp_path: Path) -> None:
    assert said(files.caddy(tmp_path / "none"), "cannot be read")


def _admin(database: Database) -> str:
    url = database.engine.url
    return f"postgresql://postgres@/{url.database}?host={url.query['host']}"
