"""Flags: a reader asks the desk to look at a post, once for each account and post, with a reason.

They order what the desk looks at; nothing goes out of sight because of them.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.threads import reach
from app.threads.hand import Hand, NotThere
from app.threads.models import Flag, Post
from app.triage import weighing
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
    if post.judged:
        return "judged"
    if not insert_once(db, Flag, tag=tag, post_id=post_id, reason=reason):
        return "already"
    _wait(post, counts(db, post_id), today)
    db.flush()
    return "given"


def counts(db: Session, post_id: bytes) -> dict[str, int]:
    """Return how many accounts flagged a post for which reason."""
    given = db.scalars(select(Flag.reason).where(Flag.post_id == post_id))
    return dict(Counter(given))


def severity(given: Mapping[str, int]) -> int | None:
    """Return how grave a post's flags make it; None while they are too few and mild.

    A burst makes it one graver, but never as grave as what is dangerous.
    """
    total = sum(given.values())
    if not given or (total < ENOUGH and MILD.issuperset(given)):
        return None
    gravest = min(REASONS[reason].severity for reason in given)
    return min(gravest, max(_GRAVEST_OF_MANY, gravest - 1)) if total >= BURST else gravest


def _wait(post: Post, given: Mapping[str, int], today: date) -> None:
    """Put a post before the desk; its version stays, because its words do."""
    grave = severity(given)
    if grave is None:
        return
    post.severity = min(grave, post.severity or grave)
    post.why = weighing.with_code(post.why, weighing.FLAGS)
    if sum(given.values()) >= BURST:
        post.why = weighing.with_code(post.why, weighing.FLAG_BURST)
    if post.state == "published":
        post.state, post.waits_since = "flagged", today
