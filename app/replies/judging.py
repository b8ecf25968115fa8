"""What a decision of the desk does to a reply: seen or out of sight, its words.

Who may decide, and the guarded UPDATE that sets the state, are the desk's (app/moderation); it
calls `hold` before that and these verbs after it, in one transaction.
"""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.replies import showing
from app.replies.models import Reply


def hold(db: Session, reply_id: bytes) -> bool:
    """Hold a reply's row until the transaction ends; False if there is no such reply."""
    return db.get(Reply, reply_id, with_for_update=True, populate_existing=True) is not None


def appear(db: Session, reply_id: bytes, today: date) -> None:
    """Let everybody see a reply; one that readers saw before bears the day that it bore."""
    reply = _held(db, reply_id)
    reply.day = reply.day or today
    db.flush()
    showing.touch(db, reply)


def take_out(db: Session, reply_id: bytes) -> None:
    """Count that a reply is out of sight now."""
    showing.touch(db, _held(db, reply_id))


def take_words(db: Session, reply_id: bytes) -> dict[str, Any]:
    """Take away and return the words of a reply, such as JSON can hold."""
    reply = _held(db, reply_id)
    words = {"text": reply.text}
    reply.text = None
    db.flush()
    showing.touch(db, reply)
    return words


def give_words(db: Session, reply_id: bytes, words: dict[str, Any]) -> None:
    """Give a reply back what `take_words` returned; before `appear`."""
    _held(db, reply_id).text = words["text"]
    db.flush()


def take_image(db: Session, reply_id: bytes) -> list[bytes]:
    """Return the pictures of a reply, of which there are none."""
    return []


def employer_of(db: Session, reply_id: bytes) -> bytes | None:
    """Return the id of the employer that answers."""
    return db.scalar(select(Reply.employer_id).where(Reply.id == reply_id))


def free(db: Session, reply_id: bytes) -> None:
    """Let a suppressed reply keep its employer from answering no longer; its note goes."""
    reply = _held(db, reply_id)
    showing.touch(db, reply)
    reply.subject, reply.day = reply.id, None
    db.flush()


def _held(db: Session, reply_id: bytes) -> Reply:
    return db.get_one(Reply, reply_id, with_for_update=True, populate_existing=True)
