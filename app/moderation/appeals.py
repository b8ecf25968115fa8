"""Appeals: a writer asks for another person, who has not decided on the item before."""

from datetime import date
from typing import Final, Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.moderation import sealing
from app.moderation.models import Appeal, Statement
from app.moderation.statements import KEPT
from app.settings import Settings

Outcome = Literal["upheld", "restored"]
_TEXT: Final = "appeal"
_ANSWER: Final = "answer"


def settle(
    db: Session, settings: Settings, item_id: bytes, outcome: Outcome, words: str, today: date
) -> bytes | None:
    """Close the open appeal against a removal: its text is erased, the answer is sealed.

    Returns the text as it was sealed, for `reopen` within the seconds in which it can be undone.
    """
    found = db.execute(_open(item_id)).first()
    if found is None:
        return None
    appeal, statement = found
    text: bytes | None = appeal.text
    appeal.state, appeal.decided, appeal.text = outcome, today, None
    appeal.answer = sealing.seal(settings, _ANSWER, item_id, words.encode()) if words else None
    # The answer is told as long as the statement was.
    statement.until = max(statement.until, today + KEPT)
    db.flush()
    return text


def _open(item_id: bytes) -> Select[Appeal, Statement]:
    return (
        select(Appeal, Statement)
        .join(Statement, Statement.id == Appeal.statement_id)
        .where(Statement.item_id == item_id, Statement.action == "remove", Appeal.state == "open")
    )
