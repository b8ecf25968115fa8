"""A month at the desk: each act has its line, each restriction its statement, each number holds."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.db import Database
from app.moderation import open_pages, statements, stating, verifying
from app.moderation.chain import commit
from app.moderation.models import AuditOpening, Statement
from app.moderation.notice_models import Notice
from app.moderation.powers import POWERS
from app.settings import Settings
from app.threads import own
from app.threads.models import Post
from app.triage.reasons import LEGAL, REASONS
from tests.moderation.month import Month
from tests.moderation.reports import downloaded, restricting, table
from tests.moderation.test_statements import FIELDS
from tests.people import Person

Lines = Sequence[dict[str, Any]]
AGAIN = ("agree", "disagree")
ACTIONS = {*POWERS, "propose", "undo", "end_hiding", "notice", "answer", *AGAIN}
ENDS = {"settle", "reopen"}
ENDED = {
    **dict.fromkeys(("removed", "returned", "image"), "followed"),
    **dict.fromkeys(("kept", "judged", "restored"), "declined"),
    "withdrawn": "moot",
}


@pytest.mark.parametrize(
    ("database_url", "number"),
    [
        ("sqlite", 40),
        pytest.param("sqlite", 400, marks=pytest.mark.deep),
        pytest.param("postgres", 100, marks=pytest.mark.deep),
    ],
    indirect=["database_url"],
)
def test_a_month_at_the_desk(
    client: TestClient,
    database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    monkeypatch.setattr(open_pages, "PART", number)
    month = Month(database, settings, number)
    month.run()
    assert list(month.waits()) == []
    settings.clock = "2026-11-18T12:00:00"
    lines = downloaded(client)
    assert verifying.verify(json.dumps(line) for line in lines).last == len(lines) > number
    each_act_has_its_line(database, month, [e for e in lines if e["action"] not in ENDS])
    each_notice_has_its_end(database, lines)
    each_restriction_has_its_statement(database, settings, month, lines)
    the_report_says_what_the_log_says(client, month, lines)
    the_page_says_what_the_log_says(client, lines)


def each_act_has_its_line(database: Database, month: Month, lines: Lines) -> None:
    """Compare the log with what everybody was told of their acts: neither says more."""
    assert {line["number"] for line in lines} == set(month.done)
    assert {line["action"] for line in lines} == ACTIONS
    with database.reading() as db:
        salts = {opening.number: opening.salt for opening in db.scalars(select(AuditOpening))}
        judged = {post.id for post in db.scalars(select(Post).where(Post.judged))}
    for line in lines:
        act = month.done[line["number"]]
        for name in ("kind", "action", "before", "after"):
            assert line[name] == getattr(act, name), line
        assert act.reason in (None, line["reason"]), line
        assert line["item"] == commit(salts[line["number"]], "item", act.item_id).hex()
    decided = {act.item_id for act in month.done.values() if act.action in POWERS}
    assert judged <= decided


def each_notice_has_its_end(database: Database, lines: Lines) -> None:
    """Compare what the log says of notices with what their receipts tell."""
    with database.reading() as db:
        found = db.scalars(select(Notice).where(Notice.outcome != "nothing")).all()
        salts = {opening.number: opening.salt for opening in db.scalars(select(AuditOpening))}
    came = Counter(line["source"] for line in lines if line["action"] == "notice")
    assert came == Counter(notice.party for notice in found)
    stands = Counter[tuple[str, str, str]]()
    for line in lines:
        if line["action"] in ENDS:
            about = line["source"], line["reason"], line["outcome"]
            stands[about] += 1 if line["action"] == "settle" else -1
            known = [commit(salts[line["number"]], "item", each.item_id).hex() for each in found]
            assert line["item"] in known
    ended = Counter((each.party, each.reason, ENDED[each.outcome or ""]) for each in found)
    assert +stands == ended
    assert {end for *_, end in ended} >= {"declined", "followed"}


def each_restriction_has_its_statement(
    database: Database, settings: Settings, month: Month, lines: Lines
) -> None:
    """Read every statement as its writer finds it, and hold it to its line and to article 17."""
    found = dict[int, stating.Told]()
    with database.reading() as db:
        for writer in month.writers:
            mine = own.ids(db, writer.hand.slot)
            found |= {told.number: told for told in statements.own(db, settings, mine, month.day)}
        assert db.scalar(select(func.count()).select_from(Statement)) == len(found)
    lasting = [line for line in restricting(lines) if line["number"] not in month.undone]
    assert set(found) == {line["number"] for line in lasting}
    for line in lasting:
        told = found[line["number"]]
        for name in ("kind", "action", "reason", "source", "automated"):
            assert getattr(told, name) == line[name], name
        assert (told.day.isoformat(), told.item_id) == (
            line["day"],
            month.done[told.number].item_id,
        )
        ground = "law" if told.reason in LEGAL else "rule"
        for lang in ("en", "zh"):
            fields = {field.name: field for field in stating.fields(told, lang)}
            assert FIELDS | {ground} <= set(fields) <= FIELDS | {ground, "words"}
            assert all(field.label and all(field.sentences) for field in fields.values())
            assert "%(" not in str(fields)
        # What was erased takes along what earlier statements said of it.
        if told.state != "suppressed" or told.action == "suppress":
            assert REASONS[told.reason].words <= ("words" in fields)


def the_report_says_what_the_log_says(client: TestClient, month: Month, lines: Lines) -> None:
    """Count the downloaded log again, and compare every number of the report's file."""
    outcomes = Counter(line["outcome"] for line in lines)
    assert outcomes["upheld"]
    assert outcomes["restored"]
    expected = {
        (name, row, column): counted[row, column == "automation"]
        for name, counted in recounted(lines).items()
        for row, _ in counted
        for column in ("people", "automation")
    }
    expected |= {("appeals", row, "number"): outcomes[row] for row in ("upheld", "restored")}
    again = Counter(line["action"] for line in lines)
    assert again["agree"] >= again["disagree"] > 1
    expected |= {("samples", row, "number"): again[row] for row in AGAIN}
    legal = Counter(line["reason"] for line in restricting(lines))
    expected |= {("legal", row, "number"): legal[row] for row in ("legal_order", "legal_notice")}
    demands = Counter(line["reason"] for line in lines if line["kind"] == "demand")
    for reason, asked in demands.items():
        expected |= {("demands", reason, "asked"): asked, ("demands", reason, "given"): 0}
    columns = {"notice": "came", "reopen": "again"}
    noticed = Counter(
        (line["source"], columns.get(line["action"]) or line["outcome"])
        for line in lines
        if line["action"] in {"notice", *ENDS}
    )
    expected |= {
        ("notices", party, column): noticed[party, column]
        for party in month.noticed
        for column in ("came", "followed", "declined", "moot", "again")
    }
    rows = list(csv.reader(io.StringIO(client.get("/transparency/report.csv").text)))[1:]
    for period in ("2026Q4", "2026H2", "all"):
        said = {(t, of, column): int(n) for when, t, of, column, n in rows if when == period}
        assert said == expected, period


def the_page_says_what_the_log_says(client: TestClient, lines: Lines) -> None:
    """Read the report as a person does."""
    counts = recounted(lines)
    outcomes = Counter(line["outcome"] for line in lines)
    share = outcomes["restored"] / (outcomes["restored"] + outcomes["upheld"])
    for period in ("", "?period=2026Q4"):
        person = Person(client).open(f"/transparency{period}")
        for name, counted in counts.items():
            assert sum(map(sum, table(person, name).values())) == counted.total(), name
        assert table(person, "reasons") == {
            REASONS[code].name: [counts["reasons"][code, by] for by in (False, True)]
            for code, _ in counts["reasons"]
        }
        assert f"{share * 100:.0f} % were restored" in person.text
    assert "Nothing yet" in Person(client).open("/transparency?period=2026Q3").text
    assert client.get("/transparency?period=2026Q5").status_code == 404


def recounted(lines: Lines) -> Mapping[str, Counter[Any]]:
    """Count lines by what the report counts by, and by whether automation saw it first."""
    return {
        "actions": Counter((line["action"], line["automated"]) for line in lines),
        "reasons": Counter((line["reason"], line["automated"]) for line in restricting(lines)),
        "sources": Counter((line["source"], line["automated"]) for line in lines),
        "days": Counter(
            (line["days"], line["automated"]) for line in lines if line["action"] in POWERS
        ),
    }
