"""Maintenance of the evidence storage: what belongs to no post goes, and so does the order.

A storage knows when each object was written. Those written since the last maintenance are written
again in random order, so that a night's objects say no more than that they are of one day: the
one on which their posts appeared.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import and_, or_, select

from app.db import Database
from app.evidence import attaching, store
from app.evidence.models import EvidenceImage
from app.evidence.store import Seen, Store
from app.threads.models import Post
from app.triage.states import VISIBLE

# An object without a row may belong to a post whose transaction is still under way.
YOUNG: Final = timedelta(hours=1)
TOGETHER: Final = 500
# An empty object that is written last: whatever is older was written again already.
MARK: Final = "maintained"


def maintain(
    database: Database,
    kept: Store,
    now: Callable[[], datetime],
    say: Callable[[str], None] = lambda step: None,
) -> None:
    """Delete orphans and write new objects again in random order; safe at any time, and to kill.

    Raises store.Unreachable.
    """
    if kept.empty:
        return
    listed = list(kept.all())
    since = _mark(listed)
    images = [seen for seen in listed if store.is_id(seen.name)]
    owned = _owned(database, [seen.name for seen in images])
    over = now() - YOUNG
    orphans = [seen.name for seen in images if seen.name not in owned and seen.written < over]
    say(f"evidence: deleting {len(orphans)} orphans")
    kept.delete(orphans)
    kept.sweep(over)
    new = {seen.name for seen in images if seen.name in owned and seen.written >= since}
    new |= {seen.name for seen in images} & _late(database, since.date())
    say(f"evidence: writing {len(new)} new objects again")
    _again(database, kept, new)
    kept.write(MARK, b"")
    # What came in the meantime would be older than the mark, and never written again.
    _again(database, kept, _owned(database, _names(kept) - {seen.name for seen in images}))


def _again(database: Database, kept: Store, names: Iterable[str]) -> None:
    """Write objects again in random order, and take back what was withdrawn meanwhile."""
    shuffled = sorted(names)
    secrets.SystemRandom().shuffle(shuffled)
    for name in shuffled:
        if (data := kept.read(name)) is not None:
            kept.write(name, data)
    kept.delete(set(shuffled) - _owned(database, shuffled))


def _mark(listed: Iterable[Seen]) -> datetime:
    """Return when the last maintenance was done, or a time before everything."""
    found = [seen.written for seen in listed if seen.name == MARK]
    return found[0] if found else datetime.min.replace(tzinfo=UTC)


def _late(database: Database, since: date) -> set[str]:
    """Return images of posts that wait, or that appeared since a day.

    Their objects would else tell in which night they were new: on which day a post was written
    that was to appear on another.
    """
    owned = select(EvidenceImage.id).join(Post, Post.id == EvidenceImage.post_id)
    with database.reading() as db:
        unseen = and_(Post.day.is_(None), Post.state.not_in(VISIBLE))
        late = db.scalars(owned.where(or_(unseen, Post.day >= since)))
        return {image_id.hex() for image_id in late}


def _names(kept: Store) -> set[str]:
    return {seen.name for seen in kept.all() if store.is_id(seen.name)}


def _owned(database: Database, names: Iterable[str]) -> set[str]:
    """Return which objects belong to a post's image."""
    found: set[str] = set()
    rest = iter(names)
    with database.reading() as db:
        while some := list(islice(rest, TOGETHER)):
            ids = attaching.known(db, [bytes.fromhex(name) for name in some])
            found |= {image_id.hex() for image_id in ids}
    return found
