"""Opening threads and answering in them, by tags: no account is ever known here.

The id of a post follows from its form, so that the same form sent twice is one post.
"""

from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.db import insert_once
from app.employers.models import Employer
from app.evidence import attaching
from app.threads import appearing, delaying, polls, reach, weighed
from app.threads.hand import Asked, Hand, NotThere, Outcome, Written, line, lines
from app.threads.models import Post, Thread
from app.threads.own import free_number
from app.triage.changing import note
from app.triage.states import VISIBLE

_TRIES: Final = 256


def open_thread(
    db: Session,
    thread_id: bytes,
    hand: Hand,
    written: Written,
    *,
    title: str,
    employer: Employer | None,
    topic: str | None,
    poll: Asked | None,
    today: date,
) -> Outcome:
    """Open a thread with its first post, which has the same id and may wait before it appears.

    poll: as if it appeared today; how long it is open says nothing of how long it waited.
    """
    new = insert_once(
        db,
        Thread,
        id=thread_id,
        employer_id=employer.id if employer else None,
        topic=topic,
        title=line(title),
        posts=0,
        comments=0,
        votes=0,
        heat=0.0,
        listed=False,
    )
    thread = db.get_one(Thread, thread_id, with_for_update=True, populate_existing=True)
    if not new:
        return Outcome(db.get_one(Post, thread_id, populate_existing=True), False)
    if poll:
        polls.ask(db, thread_id, poll)
    return Outcome(_keep(db, thread, thread_id, None, hand, written, today), True)


def reply(
    db: Session,
    post_id: bytes,
    hand: Hand,
    thread_id: bytes,
    parent_id: bytes,
    written: Written,
    today: date,
) -> Outcome:
    """Answer a post of a thread. Raises NotThere where it has not appeared or was withdrawn.

    A thread goes on when its first post was withdrawn: its comments can be answered.
    """
    thread = reach.lock(db, thread_id)
    if thread is None:
        raise NotThere
    if same := db.get(Post, post_id, populate_existing=True):
        return Outcome(same, False)
    parent = db.get(Post, parent_id, populate_existing=True)
    if parent is None or parent.thread_id != thread_id or parent.state not in VISIBLE:
        raise NotThere
    return Outcome(_keep(db, thread, post_id, parent.position, hand, written, today), True)


def _keep(
    db: Session,
    thread: Thread,
    post_id: bytes,
    parent: int | None,
    hand: Hand,
    written: Written,
    today: date,
) -> Post:
    """Store a new post of a thread whose row is held; it appears now unless it is to wait."""
    post = _insert(db, thread, post_id, parent, hand, written)
    if written.image:
        attaching.attach(db, post_id, written.image)
    found = weighed.new(db, thread, post, written.hold, first=post_id == thread.id)
    note(post, found, today)
    if written.due:
        delaying.wait(db, post_id, written.due)
    if found.state == "held":
        post.state = "held"
        polls.hide(db, post_id, today)
        db.flush()
    elif written.due:
        post.waits_since = None
        polls.put_off(db, post_id, delaying.day_of(written.due) - today)
        db.flush()
    else:
        post.state = found.state
        appearing.appear(db, thread, post, today)
        reach.touch(db, [thread], lists=True)
    return post


def _insert(
    db: Session, thread: Thread, post_id: bytes, parent: int | None, hand: Hand, written: Written
) -> Post:
    for _ in range(_TRIES):
        new = insert_once(
            db,
            Post,
            id=post_id,
            thread_id=thread.id,
            parent=parent,
            slot=hand.slot(free_number(db, hand.slot)),
            nym=hand.nym(thread.id),
            badge=written.badge,
            text=lines(written.text),
            edited=False,
            votes=0,
            state="delayed",
        )
        if new:
            return db.get_one(Post, post_id)
    # Each failed try is another post of the same account that came first.
    raise RuntimeError("no free place among an account's posts")
