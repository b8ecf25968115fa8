"""Statements of reasons: what a writer learns of every restriction, for six months.

Codes are stored, and the words of no language: sentences are composed when somebody reads them
(app/moderation/stating.py). Passages and what the desk wrote are sealed and bound to the item.
Source: Digital Services Act, article 17.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.db import random_id
from app.moderation import sealing
from app.moderation.desk import Verdict
from app.moderation.models import Appeal, Statement
from app.settings import Settings

# No six months have more days.
KEPT: Final = timedelta(days=184)
AT_ONCE: Final = 200  # values in one statement of SQL
_PURPOSE: Final = "statement"
_ANSWER: Final = "answer"


@dataclass(frozen=True)
class Told:
    """A statement as its writer may read it, and what became of an appeal against it.

    appeal: "open", "upheld", "restored" or None; answer: the desk's words on it.
    """

    statement: Statement
    passages: tuple[str, ...]
    words: str
    appeal: str | None = None
    decided: date | None = None
    answer: str = ""


def write(
    db: Session,
    settings: Settings,
    *,
    kind: str,
    item_id: bytes,
    number: int,
    verdict: Verdict,
    source: str,
    automated: bool,
    today: date,
) -> Statement:
    """State the reasons of a restriction, which is line `number` of the log.

    Of a suppressed item no passage is kept: its text is to exist nowhere.
    """
    passages = () if verdict.action == "suppress" else verdict.passages
    plain = json.dumps({"passages": passages, "words": verdict.words}).encode()
    statement = Statement(
        id=random_id(),
        item_id=item_id,
        kind=kind,
        number=number,
        action=verdict.action,
        reason=verdict.reason or "other",
        source=source,
        automated=automated,
        day=today,
        until=today + KEPT,
        sealed=sealing.seal(settings, _PURPOSE, item_id, plain),
    )
    db.add(statement)
    db.flush()
    return statement


def forget(db: Session, number: int) -> None:
    """Delete the statement of a decision that was undone, with any appeal against it."""
    of = select(Statement.id).where(Statement.number == number)
    db.execute(delete(Appeal).where(Appeal.statement_id.in_(of)))
    db.execute(delete(Statement).where(Statement.number == number))


def own(db: Session, settings: Settings, item_ids: Collection[bytes], today: date) -> list[Told]:
    """Tell what was decided on an account's own items, the last first."""
    asked, found = sorted(item_ids), list[Told]()
    for first in range(0, len(asked), AT_ONCE):
        rows = db.execute(
            select(Statement, Appeal)
            .outerjoin(Appeal, Appeal.statement_id == Statement.id)
            .where(Statement.item_id.in_(asked[first : first + AT_ONCE]))
            .where(or_(Statement.until >= today, Appeal.state == "open"))
        )
        found += [told(settings, statement, appeal) for statement, appeal in rows]
    return sorted(found, key=lambda each: -each.statement.number)


def told(settings: Settings, statement: Statement, appeal: Appeal | None = None) -> Told:
    """Open a statement."""
    item_id = statement.item_id
    kept = json.loads(sealing.unseal(settings, _PURPOSE, item_id, statement.sealed))
    passages: Sequence[str] = kept["passages"]
    if appeal is None:
        return Told(statement, tuple(passages), kept["words"])
    answer = sealing.unseal(settings, _ANSWER, item_id, appeal.answer) if appeal.answer else b""
    return Told(
        statement, tuple(passages), kept["words"], appeal.state, appeal.decided, answer.decode()
    )
