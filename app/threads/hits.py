"""What a list of results shows of posts: their words, their threads, what these are about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.employers.models import Employer
from app.threads import tree
from app.threads.models import Post, Thread, Topic
from app.triage.states import VISIBLE


@dataclass(frozen=True)
class Hit:
    """A post that can be read; `title` is None where its thread's first post cannot."""

    thread_id: bytes
    position: int
    title: str | None
    text: str
    day: date
    employer: Employer | None
    topic: Topic | None
    taken: int

    @property
    def path(self) -> str:
        """The address of a page that shows it."""
        return tree.page_of(f"/threads/{self.thread_id.hex()}", self.position, self.taken)


def hits(db: Session, ids: Sequence[bytes]) -> list[Hit]:
    """The posts of these ids in their order, without those that cannot be read."""
    asked = select(
        *(Post.id, Post.thread_id, Post.position, Post.text, Post.day),
        *(Thread.title, Thread.listed, Thread.employer_id, Thread.topic, Thread.posts),
    ).join(Thread, Thread.id == Post.thread_id)
    rows = {
        row.id: row for row in db.execute(asked.where(Post.id.in_(ids), Post.state.in_(VISIBLE)))
    }
    employers = _employers(db, {row.employer_id for row in rows.values() if row.employer_id})
    known = {topic.slug: topic for topic in topics(db)}
    return [
        Hit(
            row.thread_id,
            row.position,
            row.title if row.listed else None,
            row.text,
            row.day,
            employers.get(row.employer_id),
            known.get(row.topic),
            row.posts,
        )
        for row in map(rows.get, ids)
        if row is not None
    ]


def topics(db: Session) -> Sequence[Topic]:
    """What threads can be about, in the order of lists."""
    return db.scalars(select(Topic).order_by(Topic.place)).all()


def _employers(db: Session, ids: Collection[bytes]) -> dict[bytes, Employer]:
    """The employers that stand for these, by the ids that threads keep."""
    own, standing = aliased(Employer), aliased(Employer)
    asked = select(own.id, standing).join(standing, standing.id == own.canonical_id)
    return {row[0]: row[1] for row in db.execute(asked.where(own.id.in_(ids)))}
