"""Publishing later: at a random time within a window that the writer picks.

The time of a post is the one thing on the disk that is finer than a day: the five minutes in
which it appears, chosen by chance and gone when it has appeared.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.threads import appearing, polls, reach
from app.threads.models import DelayedPost, Post, Thread

WINDOWS: Final = {
    "day": timedelta(days=1),
    "three_days": timedelta(days=3),
    "week": timedelta(days=7),
}
STEP: Final = timedelta(minutes=5)
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


def pick(window: str, now: datetime, rng: Random) -> datetime:
    """Choose when a post appears: after now, within a window of WINDOWS, in steps of five minutes.

    rng: of the system's chance (random.SystemRandom), except in tests. Raises KeyError.
    """
    begun = (now - _EPOCH) // STEP
    return _EPOCH + STEP * (begun + 1 + rng.randrange(WINDOWS[window] // STEP))


def wait(db: Session, post_id: bytes, due: datetime) -> None:
    """Note when a post is to appear."""
    db.add(DelayedPost(post_id=post_id, due=due.astimezone(UTC)))
    db.flush()


def day_of(due: datetime) -> date:
    """Return the day on which what is due appears, unless the server stands still."""
    return _in_utc(due).date()


def appear(db: Session, thread: Thread, post: Post, today: date) -> bool:
    """Let everybody see a post that the desk had or might have held, in its place or a new one.

    False where its writer chose a time that has not come: it goes back to waiting for just that.
    For callers that hold the thread's row and touch its editions afterwards.
    """
    if post.position is not None:
        appearing.enter(db, thread, post)
        return True
    due = dues(db, [post.id]).get(post.id)
    polls.begin(db, post.id, day_of(due) if due else today)
    if due:
        post.state, post.waits_since = "delayed", None
        db.flush()
        return False
    appearing.appear(db, thread, post, today)
    return True


def forget(db: Session, post_id: bytes) -> None:
    """Take back that a post waits."""
    db.execute(delete(DelayedPost).where(DelayedPost.post_id == post_id))


def dues(db: Session, post_ids: Collection[bytes]) -> dict[bytes, datetime]:
    """Return when those of some posts that wait are to appear, in UTC."""
    rows = db.scalars(select(DelayedPost).where(DelayedPost.post_id.in_(post_ids)))
    return {row.post_id: _in_utc(row.due) for row in rows}


def publish_due(db: Session, now: datetime, most: int = reach.AT_ONCE) -> int:
    """Let appear what is due, at most so many at once, and return how many did.

    Safe beside others that do the same: each post appears once. Posts that are due in the same
    five minutes take their places in the order of their random ids. What the desk holds waits from
    then on for the desk alone.
    """
    waiting = select(Post.id, Post.thread_id, DelayedPost.due)
    waiting = waiting.join(DelayedPost, DelayedPost.post_id == Post.id)
    first = waiting.where(DelayedPost.due <= now.astimezone(UTC))
    first = first.order_by(Post.state != "delayed", DelayedPost.due, Post.id)
    candidates = db.execute(first.limit(most)).all()
    threads = reach.lock_all(db, {row.thread_id for row in candidates})
    changed = set()
    appeared = 0
    for row in candidates:
        post = db.get_one(Post, row.id, populate_existing=True)
        forget(db, post.id)
        # Published or withdrawn by somebody else before we held its thread, or held.
        if post.state != "delayed":
            continue
        post.state = "pending" if post.severity else "published"
        post.waits_since = now.date() if post.severity else None
        appearing.appear(db, threads[row.thread_id], post, now.date())
        if post.id == row.thread_id:
            polls.put_off(db, post.id, now.date() - day_of(row.due))
        changed.add(row.thread_id)
        appeared += 1
    reach.touch(db, [threads[thread] for thread in changed], lists=True)
    return appeared


def _in_utc(due: datetime) -> datetime:
    """What a database gave back as an instant; SQLite keeps no zone."""
    return due.astimezone(UTC) if due.tzinfo else due.replace(tzinfo=UTC)
