"""The same words again and again: what is alike across threads waits for the desk, together.

It stays visible. Signatures are kept in memory alone, by post and version.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database
from app.threads import reach
from app.threads.models import Post
from app.triage import copies, weighing
from app.triage.copies import Signature
from app.triage.reasons import REASONS
from app.triage.states import VISIBLE

DAYS: Final = 7
SEVERAL: Final = 3
SEVERITY: Final = REASONS["coordinated"].severity
MOST_NEW: Final = 5_000  # in one look: a few seconds; the rest is for the next
_AT_ONCE: Final = 500

Key = tuple[bytes, int]  # a post and its version


class Sweep:
    """What one process remembers of the last seven days' posts between two looks."""

    def __init__(self, database: Database) -> None:
        """Begin knowing nothing."""
        self._database = database
        self._known: dict[Key, Signature | None] = {}

    def look(self, today: date) -> int:
        """Put copies before the desk; return how many posts wait because of it that did not."""
        with self._database.reading() as db:
            threads = _recent(db, today)
            new = [key for key in threads if key not in self._known][:MOST_NEW]
            fresh = _signatures(db, new)
        both = self._known | fresh
        self._known = known = {key: both[key] for key in threads if key in both}
        if not new:
            return 0
        waiting = 0
        for keys in _clusters(known, threads):
            with self._database.transaction() as db:
                waiting += put(db, keys, today)
        return waiting


def put(db: Session, keys: Iterable[Key], today: date) -> int:
    """Let posts wait as copies unless they changed or were judged; return how many newly do."""
    versions = dict(keys)
    found = select(Post.thread_id).where(Post.id.in_(versions))
    reach.lock_all(db, set(db.scalars(found)))
    waiting = 0
    for post_id in sorted(versions):
        post = db.get_one(Post, post_id, populate_existing=True)
        codes = (post.why or "").split(",")
        same = post.version == versions[post_id] and post.state in VISIBLE and not post.judged
        if not same or weighing.COPIES in codes:
            continue
        post.why = weighing.with_code(post.why, weighing.COPIES)
        post.severity = min(SEVERITY, post.severity or SEVERITY)
        if post.state == "published":
            post.state, post.waits_since = "pending", today
        waiting += 1
    db.flush()
    return waiting


def _recent(db: Session, today: date) -> dict[Key, bytes]:
    """Return the visible posts of the last days, each with its thread."""
    asked = select(Post.id, Post.version, Post.thread_id)
    asked = asked.where(Post.day > today - timedelta(days=DAYS), Post.state.in_(VISIBLE))
    return {(row.id, row.version): row.thread_id for row in db.execute(asked.order_by(Post.id))}


def _signatures(db: Session, keys: list[Key]) -> dict[Key, Signature | None]:
    found: dict[Key, Signature | None] = dict.fromkeys(keys)
    for first in range(0, len(keys), _AT_ONCE):
        ids = [post_id for post_id, _ in keys[first : first + _AT_ONCE]]
        rows = db.execute(select(Post.id, Post.version, Post.text).where(Post.id.in_(ids)))
        for row in rows:
            if (row.id, row.version) in found:
                found[row.id, row.version] = copies.signature(row.text or "")
    return found


def _clusters(known: dict[Key, Signature | None], threads: dict[Key, bytes]) -> list[list[Key]]:
    """Return what is alike, three posts or more in two threads at least."""
    keys = {post_id: (post_id, version) for post_id, version in known}
    groups = copies.grouped({post_id: known[key] for post_id, key in keys.items()})
    found = [[keys[post_id] for post_id in group] for group in groups]
    return [
        group
        for group in found
        if len(group) >= SEVERAL and len({threads[key] for key in group}) > 1
    ]
