"""A post appears: it takes its place in the thread, its name, its day, and can be found.

For callers that hold the thread's row and touch its editions afterwards.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.threads import indexing, pseudonyms, ranking
from app.threads.models import Post, Thread


def appear(db: Session, thread: Thread, post: Post, day: date) -> None:
    """Publish a post of a thread on a day."""
    post.name = _name(db, thread, post)
    post.position = thread.posts
    post.state, post.day = "published", day
    thread.posts += 1
    if post.id == thread.id:
        thread.day, thread.listed = day, True
    else:
        thread.comments += 1
    warm(thread)
    indexing.write(db, thread, post)
    db.flush()


def warm(thread: Thread) -> None:
    """Put a thread where it belongs in the order 'hot'."""
    if thread.listed and thread.day:
        thread.heat = ranking.heat(thread.votes, thread.comments, thread.day)
    else:
        thread.heat = 0


def _name(db: Session, thread: Thread, post: Post) -> int:
    """The name that the writer bears in the thread, or one that nobody bears there."""
    bearing = select(Post.nym, Post.name).where(Post.thread_id == thread.id, Post.name.is_not(None))
    names = {nym: name for nym, name in db.execute(bearing.distinct()) if nym and name is not None}
    if post.nym is None:
        raise ValueError("a post that appears has a writer")
    if post.nym in names:
        return names[post.nym]
    return pseudonyms.choose(post.nym, set(names.values()))
