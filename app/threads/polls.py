"""Polls: asking, answering once, and results that never show what a single answer was.

What an account answered is counted and forgotten; only that it answered is kept. Results appear
at close, from k answers on, or at every k-th answer; what came after the last step never shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.threads import reach
from app.threads.hand import Asked, NotThere, line
from app.threads.models import Poll, PollAnswer, PollChoice
from app.triage.states import VISIBLE

# The day on which a poll counts as asked that nobody sees yet: no note of when it was written.
UNSEEN: Final = date(2000, 1, 1)


@dataclass(frozen=True)
class Choice:
    """One answer of a poll, and how many gave it as far as that is shown."""

    number: int
    text: str
    given: int | None


@dataclass(frozen=True)
class Result:
    """A poll as everybody sees it on a day.

    counted: how many answers the numbers are made of; None while none are shown. too_few: it has
    closed and none ever will be.
    """

    question: str
    choices: Sequence[Choice]
    closes: date
    steps: bool
    open: bool
    counted: int | None
    too_few: bool


def ask(db: Session, thread_id: bytes, asked: Asked) -> None:
    """Keep the poll of a new thread; its choices are numbered from 0."""
    question = line(asked.question)
    db.add(
        Poll(
            thread_id=thread_id,
            question=question,
            closes=asked.closes,
            steps=asked.steps,
            answers=0,
        )
    )
    db.flush()
    for number, text in enumerate(asked.choices):
        choice = PollChoice(thread_id=thread_id, number=number, text=line(text), given=0, shown=0)
        db.add(choice)
    db.flush()


def put_off(db: Session, thread_id: bytes, days: timedelta) -> None:
    """Let the poll of a thread, if it has one, close so much later: as the thread appears later."""
    if poll := db.get(Poll, thread_id):
        poll.closes += days
        db.flush()


def hide(db: Session, thread_id: bytes, since: date) -> None:
    """Let a poll that was to be asked on a day wait for the day on which `begin` asks it."""
    put_off(db, thread_id, UNSEEN - since)


def begin(db: Session, thread_id: bytes, day: date) -> None:
    """Let a thread's poll, if it has one that waits for that, count as asked on a day."""
    poll = db.get(Poll, thread_id)
    if poll and poll.closes < UNSEEN + timedelta(days=366):
        put_off(db, thread_id, day - UNSEEN)


def answer(
    db: Session, thread_id: bytes, tag: bytes, number: int, today: date, least: int
) -> Literal["counted", "already", "closed"]:
    """Answer the poll of a thread, once and for good; least: the k of steps.

    tag: the account's own for this thread. Raises NotThere for a choice that is none.
    """
    held = reach.lock_of(db, thread_id)
    if held is None or held[1].state not in VISIBLE:
        raise NotThere
    poll = db.get(Poll, thread_id, populate_existing=True)
    offered = choices(db, thread_id)
    if poll is None or number not in (choice.number for choice in offered):
        raise NotThere
    if db.get(PollAnswer, tag):
        return "already"
    if today > poll.closes:
        return "closed"
    if not insert_once(db, PollAnswer, tag=tag, thread_id=thread_id):
        return "already"
    poll.answers += 1
    offered[number].given += 1
    if poll.steps and poll.answers % least == 0:
        for choice in offered:
            choice.shown = choice.given
        reach.touch(db, [held[0]], lists=False)
    return "counted"


def answered(db: Session, tag: bytes) -> bool:
    """Tell whether an account answered a poll, by its tag for the thread."""
    return db.get(PollAnswer, tag) is not None


def read(db: Session, thread_id: bytes, today: date, least: int) -> Result | None:
    """Return the poll of a thread with what is shown of its results today, or None."""
    poll = db.get(Poll, thread_id)
    return None if poll is None else result(poll, choices(db, thread_id), today, least)


def result(poll: Poll, choices: Sequence[PollChoice], today: date, least: int) -> Result:
    """Decide what is shown of a poll's results on a day; least: the fewest that are ever shown."""
    opened = today <= poll.closes
    if poll.steps:
        numbers = [choice.shown for choice in choices]
    else:
        numbers = [0 if opened else choice.given for choice in choices]
    counted = sum(numbers) if sum(numbers) >= least else None
    given = [None if counted is None else number for number in numbers]
    return Result(
        poll.question,
        [Choice(one.number, one.text, n) for one, n in zip(choices, given, strict=True)],
        poll.closes,
        poll.steps,
        opened,
        counted,
        too_few=not opened and counted is None,
    )


def wipe(db: Session, thread_id: bytes) -> None:
    """Delete the poll of a thread with its answers; the words are its writer's."""
    for table in (PollAnswer, PollChoice, Poll):
        db.execute(delete(table).where(table.thread_id == thread_id))


def choices(db: Session, thread_id: bytes) -> list[PollChoice]:
    """Return the choices of a thread's poll as they stand, in their order."""
    asked = select(PollChoice).where(PollChoice.thread_id == thread_id)
    ordered = asked.order_by(PollChoice.number).execution_options(populate_existing=True)
    return list(db.scalars(ordered))
