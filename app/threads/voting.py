"""Votes: up only, one for each account and post, and one taking back, which is for good."""

from collections.abc import Mapping
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.threads import appearing, reach
from app.threads.hand import Hand, NotThere
from app.threads.models import Post, Thread, Vote
from app.triage.states import VISIBLE

_EXACT: Final = 20  # lists show counts up to here, and above to within ten
_TENS: Final = 10


def give(
    db: Session, post_id: bytes, tag: bytes, hand: Hand
) -> Literal["given", "already", "over", "own"]:
    """Vote for a post; "over" when the vote was taken back before, "own" for one's own post.

    tag: the account's own for this post. Raises NotThere.
    """
    thread, post = _votable(db, post_id)
    if post.nym == hand.nym(thread.id):
        return "own"
    if not insert_once(db, Vote, tag=tag, post_id=post_id, counted=True):
        return "already" if db.get_one(Vote, tag, populate_existing=True).counted else "over"
    _count(db, thread, post, 1)
    return "given"


def take_back(db: Session, post_id: bytes, tag: bytes) -> Literal["taken_back", "over", "none"]:
    """Take a vote back; "over" when it was before, "none" when there is none. Raises NotThere."""
    thread, post = _votable(db, post_id)
    vote = db.get(Vote, tag, populate_existing=True)
    if vote is None or vote.post_id != post_id:
        return "none"
    if not vote.counted:
        return "over"
    vote.counted = False
    _count(db, thread, post, -1)
    return "taken_back"


def given(db: Session, tags: Mapping[bytes, bytes]) -> dict[bytes, bool]:
    """Return on which posts an account voted: True where it counts, False where taken back.

    tags: the account's tag for each post's id.
    """
    asked = list(tags.values())
    found: dict[bytes, bool] = {}
    for first in range(0, len(asked), reach.AT_ONCE):
        votes = select(Vote).where(Vote.tag.in_(asked[first : first + reach.AT_ONCE]))
        found |= {vote.post_id: vote.counted for vote in db.scalars(votes)}
    return found


def _votable(db: Session, post_id: bytes) -> tuple[Thread, Post]:
    held = reach.lock_of(db, post_id)
    if held is None or held[1].state not in VISIBLE:
        raise NotThere
    return held


def _count(db: Session, thread: Thread, post: Post, change: int) -> None:
    before, post.votes = post.votes, post.votes + change
    first = post.id == thread.id
    if first:
        thread.votes = post.votes
        appearing.warm(thread)
    db.flush()
    seen = any(votes <= _EXACT or votes % _TENS == 0 for votes in (before, post.votes))
    reach.touch(db, [thread], lists=first and seen)
