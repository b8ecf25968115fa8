"""What a change concerns: the row by which writers of a thread take turns, and its pages.

Every transaction locks threads first, in the order of their ids, and counts editions last, in the
order of their names: so two of them never wait for each other.
"""

from collections.abc import Collection, Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.employers.models import Employer
from app.threads.models import Post, Thread
from app.web import editions

AT_ONCE: Final = 200  # values in one statement
_OWN = aliased(Employer)
_ABOUT = aliased(Employer)
_STANDING: Final = select(_ABOUT.slug).join(_OWN, _OWN.canonical_id == _ABOUT.id)


def lock(db: Session, thread_id: bytes) -> Thread | None:
    """Return a thread as it stands, with its row held until the transaction ends."""
    return db.get(Thread, thread_id, with_for_update=True, populate_existing=True)


def lock_all(db: Session, ids: Collection[bytes]) -> dict[bytes, Thread]:
    """Hold several threads."""
    ordered = sorted(set(ids))
    found: dict[bytes, Thread] = {}
    for first in range(0, len(ordered), AT_ONCE):
        some = select(Thread).where(Thread.id.in_(ordered[first : first + AT_ONCE]))
        held = some.order_by(Thread.id).with_for_update()
        rows = db.scalars(held.execution_options(populate_existing=True))
        found |= {row.id: row for row in rows}
    return found


def lock_of(db: Session, post_id: bytes) -> tuple[Thread, Post] | None:
    """Hold the thread of a post, and return both as they stand; None if there is no such post."""
    thread_id = db.scalar(select(Post.thread_id).where(Post.id == post_id))
    if thread_id is None:
        return None
    thread = db.get_one(Thread, thread_id, with_for_update=True, populate_existing=True)
    return thread, db.get_one(Post, post_id, populate_existing=True)


def touch(db: Session, threads: Iterable[Thread], *, lists: bool) -> None:
    """Count a change of threads' own pages, and of the lists that show them."""
    changed = list(threads)
    scopes = {editions.thread_scope(thread.id) for thread in changed}
    if changed and lists:
        employers = {thread.employer_id for thread in changed if thread.employer_id}
        scopes |= {editions.TALK, *map(editions.employer_scope, _slugs(db, employers))}
    for scope in sorted(scopes):
        editions.touch(db, scope)


def _slugs(db: Session, employers: Collection[bytes]) -> set[str]:
    """The slugs of employers, or of those that they were merged into."""
    if not employers:
        return set()
    return set(db.scalars(_STANDING.where(_OWN.id.in_(employers))))
