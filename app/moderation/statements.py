"""Statements of reasons: what a writer learns of every restriction, for six months.

Codes are stored, and the words of no language: sentences are composed when somebody reads them
(app/moderation/stating.py). Passages and what the desk wrote are sealed and bound to the item.
Source: Digital Services Act, article 17.
"""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, or_, select, union_all, update
from sqlalchemy.orm import Session

from app.db import random_id
from app.moderation import items, sealing
from app.moderation.desk import Verdict
from app.moderation.models import Appeal, KeptText, Statement
from app.moderation.stating import Told, waits
from app.replies.models import Reply
from app.settings import Settings
from app.threads.models import Post

# No six months have more days.
KEPT: Final = timedelta(days=184)
AT_ONCE: Final = 200  # values in one statement of SQL
ASKED: Final = "appeal"  # what the text of an appeal is sealed for
ANSWER: Final = "answer"  # what the words of an answer are sealed for
CLOSED: Final = "closed"  # an appeal about what was withdrawn or changed meanwhile
_PURPOSE: Final = "statement"
_PLAINLY: Final[dict[str, Any]] = {"synchronize_session": False}
_EVERY: Final = (
    select(Statement, Appeal, func.coalesce(Post.state, Reply.state), Post.thread_id)
    .outerjoin(Appeal, Appeal.statement_id == Statement.id)
    .outerjoin(Post, Post.id == Statement.item_id)
    .outerjoin(Reply, Reply.id == Statement.item_id)
)


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
        rows = db.execute(_EVERY.where(Statement.item_id.in_(asked[first : first + AT_ONCE])))
        found += [_told(settings, *row) for row in rows]
    found.sort(key=lambda each: -each.number)
    last = {(each.item_id, each.action): each.number for each in reversed(found)}
    return [
        replace(each, last=each.number == last[each.item_id, each.action])
        for each in found
        if each.until >= today or each.appeal == "open"
    ]


def of(db: Session, settings: Settings, statement: Statement, appeal: Appeal | None) -> Told:
    """Open one statement as it stands."""
    item_id = statement.item_id
    later = select(Statement.id).where(
        Statement.item_id == item_id,
        Statement.action == statement.action,
        Statement.number > statement.number,
    )
    last = db.scalar(later.limit(1)) is None
    item = items.of(db, item_id)
    place = (item.state, item.thread_id) if item else (None, None)
    return replace(_told(settings, statement, appeal, *place), last=last)


def withdrawn(db: Session, item_id: bytes) -> None:
    """Do for one item that was just withdrawn what the night does for all, in case it is reused."""
    of_item = select(Statement.id).where(Statement.item_id == item_id)
    waits = update(Appeal).where(Appeal.statement_id.in_(of_item), Appeal.state == "open")
    db.execute(waits.values(state=CLOSED, text=None).execution_options(**_PLAINLY))
    quotes = update(Statement).where(Statement.item_id == item_id).values(sealed=b"")
    db.execute(quotes.execution_options(**_PLAINLY))
    kept = delete(KeptText).where(KeptText.item_id == item_id)
    db.execute(kept.execution_options(**_PLAINLY))


def purge(db: Session, today: date) -> None:
    """Erase what is over: statements after six months, and all words about what was withdrawn.

    Of a withdrawn item the codes stay, because the strike does. The kept words of a removed item
    go with its last statement, when nothing can be appealed against any more.
    """
    _close_moot(db)
    withdrawn = (select(model.id).where(model.state == "withdrawn") for model in items.MODELS)
    gone = union_all(*withdrawn)
    of_gone = Statement.item_id.in_(gone), Statement.sealed != b""
    db.execute(update(Statement).where(*of_gone).values(sealed=b"").execution_options(**_PLAINLY))
    open_ones = select(Appeal.statement_id).where(Appeal.state == "open")
    over = select(Statement.id).where(Statement.until < today, Statement.id.not_in(open_ones))
    db.execute(delete(Appeal).where(Appeal.statement_id.in_(over)).execution_options(**_PLAINLY))
    db.execute(delete(Statement).where(Statement.id.in_(over)).execution_options(**_PLAINLY))
    told_of = select(Statement.item_id).where(Statement.item_id == KeptText.item_id)
    kept = or_(KeptText.item_id.in_(gone), ~told_of.exists())
    db.execute(delete(KeptText).where(kept).execution_options(**_PLAINLY))


def _told(
    settings: Settings,
    statement: Statement,
    appeal: Appeal | None,
    state: str | None,
    thread_id: bytes | None,
) -> Told:
    kept = _opened(settings, _PURPOSE, statement.item_id, statement.sealed)
    words: dict[str, Any] = json.loads(kept) if kept else {"passages": (), "words": ""}
    made = _appealed(settings, statement, appeal, state) if appeal else {}
    return Told(
        id=statement.id,
        item_id=statement.item_id,
        kind=statement.kind,
        number=statement.number,
        day=statement.day,
        until=statement.until,
        action=statement.action,
        reason=statement.reason,
        source=statement.source,
        automated=statement.automated,
        passages=tuple(words["passages"]),
        words=words["words"],
        state=state,
        thread_id=thread_id,
        **made,
    )


def _close_moot(db: Session) -> None:
    """Close appeals about what is not there to decide on any more, and erase their texts."""
    for statement, appeal, state, _ in db.execute(_EVERY.where(Appeal.state == "open")).all():
        if appeal and not waits(statement.action, state):
            appeal.state, appeal.text = CLOSED, None
    db.flush()


def _appealed(
    settings: Settings, statement: Statement, appeal: Appeal, state: str | None
) -> dict[str, Any]:
    """Tell what became of an appeal; one with nothing left to decide on is closed."""
    moot = appeal.state == "open" and not waits(statement.action, state)
    asked = _opened(settings, ASKED, statement.item_id, None if moot else appeal.text)
    answer = _opened(settings, ANSWER, statement.item_id, appeal.answer)
    return {
        "appeal": CLOSED if moot else appeal.state,
        "asked": asked.decode(),
        "decided": appeal.decided,
        "answer": answer.decode(),
    }


def _opened(settings: Settings, purpose: str, item_id: bytes, sealed: bytes | None) -> bytes:
    return sealing.unseal(settings, purpose, item_id, sealed) if sealed else b""
