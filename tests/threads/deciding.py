"""What the desk does to posts, without the desk: its states, then the verbs that follow them."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.threads import judging
from app.threads.models import Post
from app.triage.states import VISIBLE
from tests.threads.accounts import TODAY

STRIKE = TODAY + timedelta(days=184)


def decide(
    db: Session, post: bytes, state: str, why: str | None = None, strike: date | None = None
) -> dict[str, Any]:
    """Bring a post to a state as a decision does; returns the words that a removal took."""
    assert judging.hold(db, post)
    before = db.get_one(Post, post).state
    values = {"state": state, "why": why, "severity": None, "judged": True, "strike_until": strike}
    db.execute(update(Post).where(Post.id == post).values(version=Post.version + 1, **values))
    if before not in VISIBLE and state in VISIBLE:
        judging.put_back(db, post, TODAY)
    if before in VISIBLE and state not in VISIBLE:
        judging.take_out(db, post)
    return judging.take_words(db, post) if state in {"removed", "suppressed"} else {}
