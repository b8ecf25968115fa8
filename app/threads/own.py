"""What an account wrote and who answered it, found by slots: only the account can ask for those."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.threads.models import Post
from app.threads.reach import AT_ONCE
from app.triage.states import VISIBLE

BATCH: Final = 64  # and as many in a row are empty behind the last
STRIKES: Final = 3  # with so many an account does not write until the first of them ends

Slot = Callable[[int], bytes]


@dataclass(frozen=True)
class Answer:
    """A comment by somebody else on something of one's own."""

    post: Post
    to: Post


def numbers(db: Session, slot: Slot) -> dict[bytes, int]:
    """Return the number of everything of an account by its slot, in order; tombstones too."""
    by_number = sorted(_taken(db, slot).items(), key=lambda each: each[1][0])
    return {tag: n for tag, (n, _) in by_number}


def strikes(db: Session, slot: Slot, today: date) -> list[date]:
    """Return until which day each removed thing of an account counts that does, the latest first.

    Tombstones too: withdrawing what was removed changes nothing.
    """
    days = [day for _, day in _taken(db, slot).values() if day and day >= today]
    return sorted(days, reverse=True)


def stopped_until(db: Session, slot: Slot, today: date) -> date | None:
    """Return the last day on which an account may not write, for its strikes; None if it may."""
    return stopped_by(strikes(db, slot, today))


def stopped_by(counting: Sequence[date]) -> date | None:
    """Return the last day on which strikes, the latest first, keep an account from writing."""
    return counting[STRIKES - 1] if len(counting) >= STRIKES else None


def posts(db: Session, slot: Slot) -> list[Post]:
    """Return what an account wrote and did not withdraw, whatever its state, the last first."""
    taken = numbers(db, slot)
    tags = list(taken)
    found: list[Post] = []
    for first in range(0, len(tags), AT_ONCE):
        some = Post.slot.in_(tags[first : first + AT_ONCE])
        found.extend(db.scalars(select(Post).where(some, Post.nym.is_not(None))))
    return sorted(found, key=lambda post: -taken[post.slot])


def ids(db: Session, slot: Slot) -> set[bytes]:
    """Return the ids of everything that an account wrote, withdrawn or not."""
    tags = list(numbers(db, slot))
    found: set[bytes] = set()
    for first in range(0, len(tags), AT_ONCE):
        found |= set(
            db.scalars(select(Post.id).where(Post.slot.in_(tags[first : first + AT_ONCE])))
        )
    return found


def free_number(db: Session, slot: Slot) -> int:
    """Return the number after the last that is taken."""
    return 1 + max(numbers(db, slot).values(), default=-1)


def answers(db: Session, own: Sequence[Post], since: date) -> list[Answer]:
    """Return what others answered to one's own posts since a day, the newest first."""
    places = {(post.thread_id, post.position): post for post in own if post.state in VISIBLE}
    asked = list(places)
    found: list[Answer] = []
    for first in range(0, len(asked), AT_ONCE):
        answering = tuple_(Post.thread_id, Post.parent).in_(asked[first : first + AT_ONCE])
        rows = select(Post).where(answering, Post.state.in_(VISIBLE), Post.day >= since)
        for post in db.scalars(rows):
            to = places[post.thread_id, post.parent]
            if post.nym != to.nym:
                found.append(Answer(post, to))
    return sorted(found, key=_newest)


def _taken(db: Session, slot: Slot) -> dict[bytes, tuple[int, date | None]]:
    """Ask for slots until there are no more: the number and the strike of each that is taken."""
    taken: dict[bytes, tuple[int, date | None]] = {}
    first, last = 0, -1
    while first - 1 - last < BATCH:
        batch = {slot(n): n for n in range(first, first + BATCH)}
        asked = select(Post.slot, Post.strike_until).where(Post.slot.in_(batch))
        taken |= {tag: (batch[tag], strike) for tag, strike in db.execute(asked)}
        last = max((n for n, _ in taken.values()), default=-1)
        first += BATCH
    return taken


def _newest(answer: Answer) -> tuple[int, bytes]:
    """By day, and inside a day in an order that is nobody's."""
    return (-answer.post.day.toordinal() if answer.post.day else 0, answer.post.id)
