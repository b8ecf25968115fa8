"""A post appears: it takes its place in the thread, its name, its day, and can be found.

What goes out of sight keeps the place, so that it can come back.

For callers that hold the thread's row and touch its editions afterwards.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.threads import indexing, pseudonyms, ranking
from app.threads.models import Post, Thread
from app.triage.states import VISIBLE


def appear(db: Session, thread: Thread, post: Post, day: date) -> None:
    """Give a post whose state is a visible one its place, on a day."""
    if post.nym is None:
        raise ValueError("a post that appears has a writer")
    post.name = name_of(db, thread.id, post.nym)
    post.position = thread.posts
    post.day = day
    thread.posts += 1
    if post.id == thread.id:
        thread.day = day
    enter(db, thread, post)


def enter(db: Session, thread: Thread, post: Post) -> None:
    """Put a post that has its place into lists, counts and the index."""
    if post.state not in VISIBLE:
        raise ValueError("what everybody sees is in a visible state")
    if post.id == thread.id:
        thread.listed = True
    else:
        thread.comments += 1
    warm(thread)
    indexing.write(db, thread, post)
    db.flush()


def leave(db: Session, thread: Thread, post: Post) -> None:
    """Take a post that was visible out of them, before its words change."""
    indexing.erase(db, thread, post)
    if post.id == thread.id:
        thread.listed = False
    else:
        thread.comments -= 1
    warm(thread)
    db.flush()


def warm(thread: Thread) -> None:
    """Put a thread where it belongs in the order 'hot'."""
    if thread.listed and thread.day:
        thread.heat = ranking.heat(thread.votes, thread.comments, thread.day)
    else:
        thread.heat = 0


def name_of(db: Session, thread_id: bytes, nym: bytes) -> int:
    """Return the name that a writer bears in a thread, or will: one that nobody bears there."""
    bearing = select(Post.nym, Post.name).where(Post.thread_id == thread_id, Post.name.is_not(None))
    names = {nym: name for nym, name in db.execute(bearing.distinct()) if nym and name is not None}
    return names[nym] if nym in names else pseudonyms.choose(nym, set(names.values()))
