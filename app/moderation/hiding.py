"""Interim hiding ends by itself at the third midnight: the item is seen again, and still waits."""

from datetime import date
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.moderation import audit, items
from app.moderation.desk import END_HIDING
from app.threads import judging
from app.threads.models import Post

# Who acts where a rule does; nobody of the staff has this id.
RULE: Final = bytes(16)


def end(db: Session, today: date) -> int:
    """Show again one item that was hidden until this day or an earlier one; 0 if there is none.

    One in a transaction, because each changes editions after it has held a thread.
    hidden_until stays, so that the same wording is not hidden a second time. Safe beside others.
    """
    # Whatever is hidden waits, and so has a severity, of which there is an index.
    over = select(Post.id).where(
        Post.severity.is_not(None), Post.state == "hidden", Post.hidden_until <= today
    )
    post_id = db.scalar(over.order_by(Post.id).limit(1))
    return 0 if post_id is None else _show(db, post_id, today)


def _show(db: Session, post_id: bytes, today: date) -> int:
    judging.hold(db, post_id)
    shown = update(Post).where(Post.id == post_id, Post.state == "hidden")
    shown = shown.where(Post.hidden_until <= today)
    values = {"state": "pending", "version": Post.version + 1, "holder": None, "lease_until": None}
    if not items.changed(db, shown.values(values)):
        return 1  # by somebody else, before we held its thread
    post = db.get_one(Post, post_id, populate_existing=True)
    kind = items.kind_of(post)
    items.KINDS[kind].appear(db, post_id, today)
    act = audit.Act(
        kind=kind,
        action=END_HIDING,
        source="rule",
        before="hidden",
        after="pending",
        item_id=post_id,
        staff_id=RULE,
        employer_id=items.KINDS[kind].employer_of(db, post_id),
        reason=items.reason_of(post),
        automated=True,
    )
    audit.write(db, act, today)
    return 1
