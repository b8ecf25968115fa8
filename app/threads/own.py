"""What an account wrote and who answered it, found by slots: only the account can ask for those."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.threads.models import Post
from app.threads.reach import AT_ONCE

BATCH: Final = 64  # and as many in a row are empty behind the last

Slot = Callable[[int], bytes]


@dataclass(frozen=True)
class Answer:
    """A comment by somebody else on something of one's own."""

    post: Post
    to: Post


def numbered(db: Session, slot: Slot) -> Iterator[tuple[int, Post]]:
    """Give everything of an account with its number, in that order; tombstones too."""
    first, empty = 0, 0
    while empty < BATCH:
        numbers = {slot(n): n for n in range(first, first + BATCH)}
        rows = db.scalars(select(Post).where(Post.slot.in_(numbers))).all()
        found = sorted(((numbers[row.slot], row) for row in rows), key=lambda pair: pair[0])
        yield from found
        first += BATCH
        empty = first - 1 - found[-1][0] if found else empty + BATCH


def posts(db: Session, slot: Slot) -> list[Post]:
    """Return what an account wrote and did not withdraw, the last written first."""
    found = [post for _, post in numbered(db, slot) if post.state != "withdrawn"]
    return found[::-1]


def free_number(db: Session, slot: Slot) -> int:
    """Return the number after the last that is taken."""
    return 1 + max((number for number, _ in numbered(db, slot)), default=-1)


def answers(db: Session, own: Sequence[Post], since: date) -> list[Answer]:
    """Return what others answered to one's own posts since a day, the newest first."""
    places = {(post.thread_id, post.position): post for post in own if post.state == "published"}
    asked = list(places)
    found: list[Answer] = []
    for first in range(0, len(asked), AT_ONCE):
        answering = tuple_(Post.thread_id, Post.parent).in_(asked[first : first + AT_ONCE])
        rows = select(Post).where(answering, Post.state == "published", Post.day >= since)
        for post in db.scalars(rows):
            to = places[post.thread_id, post.parent]
            if post.nym != to.nym:
                found.append(Answer(post, to))
    return sorted(found, key=_newest)


def _newest(answer: Answer) -> tuple[int, bytes]:
    """By day, and inside a day in an order that is nobody's."""
    return (-answer.post.day.toordinal() if answer.post.day else 0, answer.post.id)
