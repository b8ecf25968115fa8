"""`lamplight import`, `employers` and `domains` as an operator types them."""

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from app.db import Database, random_id
from app.employers import adding, directory
from app.employers.models import Employer, SourcedClaim
from app.ops.command import commands
from tests.conftest import SQLITE_FIRST
from tests.employers.test_lists import ICU, WLB

pytestmark = SQLITE_FIRST


@pytest.fixture
def lamplight(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Give the command, working on a test's database."""
    monkeypatch.setenv("LAMPLIGHT_DATABASE_URL", database_url)
    monkeypatch.setenv("LAMPLIGHT_VAR", str(tmp_path))

    def run(*words: object) -> Result:
        return CliRunner().invoke(commands, [str(word) for word in words])

    return run


@pytest.fixture
def database(database_url: str):
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def icu(tmp_path: Path) -> Path:
    path = tmp_path / "icu.md"
    path.write_text(ICU, "utf-8")
    return path


def count(database: Database, model: type) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(model)) or 0


def test_the_summary_is_the_last_line(lamplight, database, icu):
    first = lamplight("import", "996icu", icu)

    assert first.exit_code == 0
    assert json.loads(first.stdout.splitlines()[-1]) == {
        "rows": 10,
        "usable": 5,
        "clean": 4,
        "heuristic": 1,
        "text": 5,
        "employers": 8,
        "duplicates": 1,
        "personal_data_removed": 2,
    }
    assert "10 of 10 rows" in first.stderr
    assert (count(database, Employer), count(database, SourcedClaim)) == (8, 10)


def test_importing_again_says_the_same_and_changes_nothing(lamplight, database, icu):
    first, second = (lamplight("import", "996icu", icu) for _ in range(2))

    assert first.stdout == second.stdout
    assert "0 new employers, 0 new or changed claims." in second.stderr
    assert (count(database, Employer), count(database, SourcedClaim)) == (8, 10)


def test_a_dry_run_stores_nothing_and_still_writes_json_lines(lamplight, database, tmp_path):
    wlb, out = tmp_path / "wlb.md", tmp_path / "out.jsonl"
    wlb.write_text(WLB, "utf-8")

    done = lamplight("import", "955wlb", wlb, "--dry-run", "--jsonl", out)

    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert done.exit_code == 0
    assert count(database, Employer) == 0
    assert [row["name"] for row in rows] == ["Lampan", "Lamp Group", "Lampless", "Lamp - Works"]
    assert set(rows[0]) == {
        "source_row",
        "name",
        "aliases",
        "cities",
        "claim_kind",
        "schedule_code",
        "exposure_month",
        "evidence_urls",
        "status",
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"# another file\n", "no table"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_a_failure_is_one_clear_line(lamplight, tmp_path, content, said):
    path = tmp_path / "list.md"
    if content is not None:
        path.write_bytes(content)

    failed = lamplight("import", "996icu", path)

    assert failed.exit_code == 1
    assert failed.stdout == ""
    assert re.fullmatch(rf"lamplight: .*{said}.*\n", failed.stderr)


def test_confirming_and_domains(lamplight, database):
    with database.transaction() as db:
        adding.add(db, random_id(), adding.Wanted("Lamp"))

    assert lamplight("employers", "confirm", "lamp").stdout == "lamp is confirmed.\n"
    assert lamplight("employers", "confirm", "lamp").stdout == "lamp was confirmed already.\n"
    assert lamplight("domains", "add", "lamp", "Lamp.example").exit_code == 0
    assert lamplight("domains", "list", "lamp").stdout == "lamp.example\n"
    with database.reading() as db:
        assert directory.find(db, "lamp").confirmed


@pytest.mark.parametrize(
    "words",
    [
        ("employers", "confirm", "nobody"),
        ("domains", "add", "nobody", "lamp.example"),
        ("domains", "list", "nobody"),
    ],
)
def test_an_unknown_employer_is_said_to_be_unknown(lamplight, words):
    failed = lamplight(*words)

    assert failed.exit_code == 1
    assert failed.stderr == "lamplight: no employer has the address 'nobody'.\n"


def test_a_refused_domain_says_why(lamplight, database):
    with database.transaction() as db:
        adding.add(db, random_id(), adding.Wanted("Lamp"))

    failed = lamplight("domains", "add", "lamp", "qq.com")

    assert (failed.exit_code, failed.stderr) == (
        1,
        "lamplight: qq.com gives an address to anybody.\n",
    )
