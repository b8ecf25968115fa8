"""The verifier: whatever somebody with the whole database does to the log, a kept head shows it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from app.db import Database
from app.moderation import audit, chain, log, verifying
from app.moderation.models import AuditEntry, AuditHead, AuditOpening
from app.moderation.verifying import Head, Wrong, head, verify
from app.ops import command
from tests import factories
from tests.conftest import SQLITE_FIRST
from tests.moderation.acts import FIRST, act

LINES = 12
Break = Callable[[Session], None]


@pytest.fixture
def written(database: Database) -> Database:
    """Write a log of twelve lines about one employer."""
    with database.transaction() as db:
        employer = factories.employer(db, "Northgate Games").id
        for _ in range(LINES):
            audit.write(db, act(employer_id=employer), FIRST)
    return database


def rows(db: Session) -> list[str]:
    """Download the log."""
    return [json.dumps(line.document()) for line in log.oldest(db, FIRST.replace(day=2), 0, 100)]


def chained_anew(db: Session) -> None:
    """Compute every hash again, as somebody who owns the server would; no name gives it away."""
    db.execute(delete(AuditOpening))
    before = bytes(32)
    for number, entry in enumerate(db.scalars(select(AuditEntry).order_by(AuditEntry.number)), 1):
        entry.number = number
        entry.hash = before = chain.link(before, chain.canonical(entry))
    db.flush()
    db.execute(update(AuditHead).values(number=number, hash=before))


def edit(db: Session) -> None:
    db.execute(update(AuditEntry).where(AuditEntry.number == 5).values(reason="spam"))


def remove(db: Session) -> None:
    db.execute(delete(AuditEntry).where(AuditEntry.number == 5))


def swap(db: Session) -> None:
    for now, then in ((5, 99), (6, 5), (99, 6)):
        db.execute(update(AuditEntry).where(AuditEntry.number == now).values(number=then))


def cut(db: Session) -> None:
    db.execute(delete(AuditEntry).where(AuditEntry.number > LINES - 3))


def insert(db: Session) -> None:
    db.execute(update(AuditEntry).where(AuditEntry.number > 5).values(number=-AuditEntry.number))
    moved = update(AuditEntry).where(AuditEntry.number < 0)
    db.execute(moved.values(number=1 - AuditEntry.number))
    columns = ", ".join(c.name for c in AuditEntry.__table__.columns if c.name != "number")
    copied = f"INSERT INTO audit_entry (number, {columns}) SELECT 6, {columns} FROM audit_entry "  # noqa: S608 (our own names)
    db.execute(text(copied + "WHERE number = 5"))


TRICKS: dict[str, tuple[Break, str]] = {
    "edit": (edit, "line 5 does not follow from the one before it"),
    "delete": (remove, "after line 4 comes line 6"),
    "swap": (swap, "line 5 does not follow"),
    "cut": (cut, "the log ends at line 9, but line 12 was published"),
    "insert": (insert, "line 6 does not follow"),
}
ANEW = "line 12 is not the one whose hash was published"


@SQLITE_FIRST
def test_every_trick_of_somebody_with_the_whole_database_is_seen(written: Database) -> None:
    with written.reading() as db:
        kept = head(str(log.head(db, FIRST.replace(day=2))))
        assert verify(rows(db), [kept]) == (1, LINES, kept.hash)
        for name, (trick, said) in TRICKS.items():
            trick(db)
            with pytest.raises(Wrong, match=said):
                verify(rows(db), [kept])
            db.expire_all()
            chained_anew(db)
            # In itself it holds again, and against the head that was kept it does not.
            last = verify(rows(db)).last
            with pytest.raises(Wrong, match=ANEW if last >= LINES else f"ends at line {last}"):
                verify(rows(db), [kept])
            with pytest.raises(Wrong, match="no line has the hash"):
                verify(rows(db), [Head(None, kept.hash)])
            db.rollback()
            assert len(rows(db)) == LINES, name


@SQLITE_FIRST
def test_erasing_what_opens_the_commitments_leaves_the_chain_whole(written: Database) -> None:
    with written.reading() as db:
        before = [json.loads(row) for row in rows(db)]
        assert all(line["named"]["slug"] == "northgate-games" for line in before)
        db.execute(delete(AuditOpening))
        after = rows(db)
        db.rollback()
    assert all("named" not in row for row in after)
    assert verify(after).hash.hex() == before[-1]["hash"]


def lines(number: int = 3) -> list[dict[str, Any]]:
    """Return a small log, made by hand."""
    made, before = [], bytes(32)
    salt, employer = b"s" * 32, b"e" * 16
    for each in range(1, number + 1):
        entry = AuditEntry(
            number=each,
            day=FIRST,
            kind="post",
            action="remove",
            reason="spam",
            source="own",
            automated=False,
            before="published",
            after="removed",
            days="0",
            outcome=None,
            two=False,
            item=bytes(32),
            decider=bytes(32),
            employer=chain.commit(salt, "employer", employer),
        )
        before = chain.link(before, chain.canonical(entry))
        named = {"slug": "tide", "id": employer.hex(), "salt": salt.hex()}
        values = dict(zip(verifying.FIELDS, json.loads(chain.canonical(entry)), strict=True))
        made.append({**values, "hash": before.hex(), "named": named})
    return made


def test_the_verifier_hashes_what_the_log_hashes() -> None:
    assert verifying.FIELDS == chain.FIELDS
    assert verify(json.dumps(line) for line in lines()).last == 3
    assert verify([]) == (1, 0, bytes(32))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"named": {"slug": "x", "id": "00" * 16, "salt": "00" * 32}},
            "line 2 names an employer t",
        ),
        ({"named": {"slug": "x"}}, "line 2 names an employer without"),
        ({"text": "said so"}, "row 2 of the file is no line of a log: its fields"),
        ({"number": 2.0}, "row 2 of the file is no line of a log: it has no number"),
        ({"number": 1}, "after line 1 comes line 1"),
        ({"two": 0}, "line 2 does not follow"),
        ({"employer": None}, "line 2 does not follow"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change: dict[str, Any], said: str) -> None:
    log = lines()
    log[1] |= change
    with pytest.raises(Wrong, match=said):
        verify(json.dumps(line) for line in log)


def test_a_later_part_is_checked_from_the_head_before_it() -> None:
    first, *later = ([json.dumps(line), line["hash"]] for line in lines())
    part = [text for text, _ in later]
    with pytest.raises(Wrong, match="lines 1 to 1 are missing"):
        verify(part)
    assert verify(part, [head(f"1:{first[1]}")]).last == 3
    with pytest.raises(Wrong, match="line 2 does not follow"):
        verify(part, [head(f"1:{'00' * 32}")])
    with pytest.raises(Wrong, match="two heads of line 3"):
        verify(part, [head(f"3:{'00' * 32}"), head(f"3:{'11' * 32}")])


def test_the_command_and_the_lone_file_say_it_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = lines()
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text("".join(f"{json.dumps(line)}\n" for line in whole))
    bad.write_text(good.read_text().replace("spam", "hate", 1))
    lone = tmp_path / "verify.py"
    lone.write_text(Path(verifying.__file__).read_text())
    kept = f"3:{whole[-1]['hash']}"
    for file, code in ((good, 0), (bad, 1), (tmp_path / "none", 1)):
        monkeypatch.setattr(
            "sys.argv", ["lamplight", "transparency", "verify", str(file), "--head", kept]
        )
        with pytest.raises(SystemExit) as ended:
            command.main()
        said = capsys.readouterr()
        assert (ended.value.code or 0, (said.out + said.err).count("\n")) == (code, 1)
        words = [sys.executable, "-I", str(lone), str(file), "--head", kept]
        alone = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (alone.returncode, alone.stdout, alone.stderr) == (code, said.out, said.err)
    assert verifying.main([str(good), "--head", "3"]) == 1
    assert "is no head" in capsys.readouterr().err
