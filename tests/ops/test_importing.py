"""`lamplight import`, `employers` and `domains` as an operator types them."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from app.db import Database, random_id
from app.employers import adding, directory, merging
from app.employers.models import Employer, SourcedClaim
from app.figures.events import Announced
from app.figures.models import PolicyEvent
from app.moderation import directory_events
from app.moderation.desk import Desk
from app.moderation.models import AuditEntry, AuditOpening
from app.ops.command import commands
from tests.conftest import SQLITE_FIRST
from tests.employers.test_lists import ICU, WLB

pytestmark = SQLITE_FIRST
DAY: Final = date(2026, 1, 5)


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


EVENTS = """\
\ufeffsource,day,employer,place,text,text_zh
https://lamp.example/news,2026-01-05,Lamp,,"Says that 996 is over,\n for good.",宣布取消 996。
https://lamp.example/news,2026-01-05,lamp,,"Says that 996 is over, for good.",宣布取消 996。

https://law.example/1,2026-02-01,,CN,A ruling.,
"""


def read_events(database: Database) -> list[tuple[str, str | None]]:
    with database.reading() as db:
        found = db.scalars(select(PolicyEvent).order_by(PolicyEvent.day))
        return [(each.text_in("en"), each.place) for each in found]


def test_policy_events_are_entered_once_each_with_a_line_of_the_log(lamplight, database, tmp_path):
    file, out = tmp_path / "events.csv", tmp_path / "out.jsonl"
    file.write_text(EVENTS, "utf-8")
    with database.transaction() as db:
        lamp = adding.add(db, random_id(), adding.Wanted("Lamp")).id
    command = ("import", "policies", file)

    tried = lamplight(*command, "--dry-run", "--jsonl", out)
    assert (tried.exit_code, count(database, PolicyEvent), count(database, AuditEntry)) == (0, 0, 0)
    assert [json.loads(line)["source_row"] for line in out.read_text("utf-8").splitlines()] == [
        *(2, 4, 6)
    ]
    first, second = lamplight(*command), lamplight(*command)

    assert tried.stdout == first.stdout == second.stdout
    counted = json.loads(first.stdout.splitlines()[-1])
    assert {name: number for name, number in counted.items() if number} == {
        "rows": 3,
        "usable": 3,
        "clean": 3,
        "employers": 1,
        "duplicates": 1,
    }
    assert "2 new policy events, 1 known already." in first.stderr
    assert "0 new policy events, 3 known already." in second.stderr
    said = [("Says that 996 is over, for good.", None), ("A ruling.", "CN")]
    assert read_events(database) == said
    with database.transaction() as db:
        lines = db.execute(
            select(AuditEntry.kind, AuditEntry.action, AuditOpening.employer_id)
            .join(AuditOpening, AuditOpening.number == AuditEntry.number)
            .order_by(AuditEntry.number)
        )
        assert lines.all() == [("event", "add_event", lamp), ("event", "add_event", None)]
        # What the desk said otherwise or withdrew stays so, also where its employer is merged.
        mira = Desk(random_id(), "moderator")
        for found in directory_events.listed(db, mira).rows:
            act = db, mira, found.event.id, found.seen
            if found.employer:
                otherwise = Announced(DAY, lamp, None, "Otherwise.", None, "https://lamp.example/")
                directory_events.correct(*act, otherwise, DAY)
            else:
                directory_events.withdraw(*act, DAY)
        other = adding.add(db, random_id(), adding.Wanted("Lamp Group"))
        merging.merge(db, db.get_one(Employer, lamp), other)
    assert "0 new policy events, 3 known already." in lamplight(*command).stderr
    assert read_events(database) == [("Otherwise.", None)]


WRONG_EVENTS = """\
day,employer,place,text,text_zh,source
2026-01-05,Nobody,,Says so.,,https://lamp.example/
2026-01-05,,CN,A ruling.,,https://law.example/
2026-13-05,,CN,"Ring
13912345678",,http://law.example/
2026-01-05,,CN,A ruling.,https://law.example/
"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            WRONG_EVENTS,
            [
                "line 2: employer: No employer has this name or address.",
                "line 4: day: Give the day as in 2026-01-05. source: .* text: This looks like .*",
                "line 6: 5 cells instead of 6.",
                "3 of 4 rows are wrong; nothing was entered.",
            ],
        ),
        ("day,employer,place,text,source\n", ["its first line must name the columns day,.*"]),
        ('day,employer,place,text,text_zh,source\n"a"b,,,,,\n', ["line 2 is no CSV: .*"]),
        ("", ["its first line must name the columns day,.*"]),
    ],
)
def test_a_wrong_event_is_told_with_its_line_and_nothing_is_entered(
    lamplight, database, tmp_path, content, said
):
    path = tmp_path / "events.csv"
    path.write_text(content, "utf-8")

    failed = lamplight("import", "policies", path)

    told = [line for line in failed.stderr.splitlines() if str(path) in line]
    assert (failed.exit_code, failed.stdout, len(told)) == (1, "", len(said))
    for line, pattern in zip(told, said, strict=True):
        assert re.search(f"{pattern}$", line)
    assert count(database, PolicyEvent) == count(database, AuditEntry) == 0


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
