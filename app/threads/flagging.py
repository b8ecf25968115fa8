"""Flags: a reader asks the desk to look at something, once for each account, with a reason.

They order what the desk looks at; nothing goes out of sight because of them.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.replies import judging as replies
from app.replies.models import Reply
from app.threads import reach
from app.threads.hand import Hand, NotThere
from app.threads.models import Flag
from app.triage import weighing
from app.triage.item import Judged
from app.triage.reasons import REASONS
from app.triage.states import VISIBLE

# What a reader can choose; the others need a law, a picture or words.
CHOICES: Final = (
    *("threat", "sexual", "contact", "person", "hate", "secret", "fabricated", "coordinated"),
    *("spam", "duplicate", "off_topic"),
)
MILD: Final = frozenset({"spam", "duplicate", "off_topic"})
ENOUGH: Final = 2  # mild flags that make the desk look
BURST: Final = 5
_GRAVEST_OF_MANY: Final = 2  # however many there are, a flag makes no emergency

How = Literal["given", "already", "own", "judged"]


def give(db: Session, post_id: bytes, tag: bytes, hand: Hand, reason: str, today: date) -> How:
    """Flag a post for a reason, one of CHOICES.

    "own": one's own is not flagged; "judged": the desk has looked at this wording, and nothing is
    stored; "already": this account did before. tag: the account's own for this post. Raises
    NotThere where nobody can read it.
    """
    held = reach.lock_of(db, post_id)
    if held is None or held[1].state not in VISIBLE:
        raise NotThere
    thread, post = held
    if post.nym == hand.nym(thread.id):
        return "own"
    return _give(db, post, {"tag": tag, "item_id": post_id, "reason": reason}, today)


def give_on_reply(db: Session, reply_id: bytes, tag: bytes, reason: str, today: date) -> How:
    """Flag what an employer answers, which is never an account's own; else as `give`."""
    reply = db.get_one(Reply, reply_id) if replies.hold(db, reply_id) else None
    if reply is None or reply.state not in VISIBLE:
        raise NotThere
    return _give(db, reply, {"tag": tag, "item_id": reply_id, "reason": reason}, today)


def counts(db: Session, item_id: bytes) -> dict[str, int]:
    """Return how many accounts flagged an item for which reason."""
    given = db.scalars(select(Flag.reason).where(Flag.item_id == item_id))
    return dict(Counter(given))


def severity(given: Mapping[str, int]) -> int | None:
    """Return how grave an item's flags make it; None while they are too few and mild.

    A burst makes it one graver, but never as grave as what is dangerous.
    """
    total = sum(given.values())
    if not given or (total < ENOUGH and MILD.issuperset(given)):
        return None
    gravest = min(REASONS[reason].severity for reason in given)
    return min(gravest, max(_GRAVEST_OF_MANY, gravest - 1)) if total >= BURST else gravest


def _give(db: Session, item: Judged, row: dict[str, Any], today: date) -> How:
    """Store a flag on an item whose row is held, unless the desk has looked at its words."""
    if item.judged:
        return "judged"
    if not insert_once(db, Flag, **row):
        return "already"
    _wait(item, counts(db, row["item_id"]), today)
    db.flush()
    return "given"


def _wait(item: Judged, given: Mapping[str, int], today: date) -> None:
    """Put an item before the desk; its version stays, because its words do."""
    grave = severity(given)
    if grave is None:
        return
    item.severity = min(grave, item.severity or grave)
    item.why = weighing.with_code(item.why, weighing.FLAGS)
    if sum(given.values()) >= BURST:
        item.why = weighing.with_code(item.why, weighing.FLAG_BURST)
    if item.state == "published":
        item.state, item.waits_since = "flagged", today
