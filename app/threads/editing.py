"""Changing and withdrawing one's own posts; of neither is any history kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.evidence import attaching
from app.threads import appearing, delaying, own, polls, reach, weighed
from app.threads.hand import Hand, line, lines
from app.threads.models import Post, Thread
from app.threads.weighed import Hold
from app.triage.changing import begin_version, note
from app.triage.states import EMPTY, VISIBLE
from app.triage.weighing import Weighed


@dataclass(frozen=True)
class Withdrawn:
    """What was withdrawn, and the images whose bytes go when the transaction has committed."""

    posts: tuple[Post, ...] = ()
    images: tuple[bytes, ...] = ()


def edit(
    db: Session,
    post_id: bytes,
    hand: Hand,
    text: str,
    now: datetime,
    title: str | None = None,
    hold: Hold = "nothing",
) -> Post | None:
    """Give an account's own post another text, a first one another title too.

    None if it is not its, or has no words any more. What has appeared is marked as edited, unless
    nothing changed; hold: what triage may now keep out of sight. What somebody at the desk was
    deciding on goes out of sight until that is done.
    """
    held = reach.lock_of(db, post_id)
    if held is None or not _is_own(held[1], hand) or held[1].state in EMPTY:
        return None
    thread, post = held
    first = post.id == thread.id
    new = (lines(text), line(title) if first and title is not None else thread.title)
    if new == (post.text, thread.title):
        return post
    if post.state in VISIBLE:
        appearing.leave(db, thread, post)
    post.text, thread.title = new
    post.edited = post.position is not None
    found = weighed.edited(db, thread, post, hold, now)
    begin_version(post)
    _settle(db, thread, post, found, now.date())
    db.flush()
    if post.position is not None:
        reach.touch(db, [thread], lists=True)
    return post


def withdraw(db: Session, post_id: bytes, hand: Hand) -> Withdrawn | None:
    """Withdraw an account's own post; None if it is not its. A second time nothing changes."""
    held = reach.lock_of(db, post_id)
    if held is None:
        return None
    thread, post = held
    if _is_own(post, hand):
        return _withdraw(db, {thread.id: thread}, [post])
    again = post.nym is None and post.slot in own.numbers(db, hand.slot)
    return Withdrawn((post,)) if again else None


def withdraw_all(db: Session, hand: Hand) -> Withdrawn:
    """Withdraw everything that an account wrote; its votes and answers to polls stay."""
    ids = {post.id: post.thread_id for post in own.posts(db, hand.slot)}
    threads = reach.lock_all(db, set(ids.values()))
    posts = [db.get_one(Post, post_id, populate_existing=True) for post_id in ids]
    return _withdraw(db, threads, [post for post in posts if post.nym is not None])


def _is_own(post: Post, hand: Hand) -> bool:
    """Tell whether a post that was not withdrawn is an account's own."""
    return post.nym is not None and post.nym == hand.nym(post.thread_id)


def _settle(db: Session, thread: Thread, post: Post, found: Weighed, today: date) -> None:
    """Bring a post with new words to where it stands from now on."""
    if post.state == "hidden" and found.state != "held":
        return  # it comes back on its day, or when the desk says so
    if post.state == "delayed" and found.state != "held":
        note(post, found, today)
        post.waits_since = None
        return
    if post.state == "delayed" and (due := delaying.dues(db, [post.id]).get(post.id)):
        polls.hide(db, post.id, delaying.day_of(due))
    note(post, found, today)
    post.hidden_until = None
    post.state = found.state
    if post.state in VISIBLE:
        delaying.appear(db, thread, post, today)


def _withdraw(db: Session, threads: dict[bytes, Thread], posts: Iterable[Post]) -> Withdrawn:
    """Leave tombstones of posts whose threads are held."""
    gone = tuple(posts)
    seen = {post.thread_id for post in gone if post.position is not None}
    for post in gone:
        _empty(db, threads[post.thread_id], post)
    db.flush()
    images = attaching.detach(db, [post.id for post in gone]) if gone else []
    reach.touch(db, [threads[thread] for thread in seen], lists=True)
    return Withdrawn(gone, tuple(images))


def _empty(db: Session, thread: Thread, post: Post) -> None:
    """Leave of a post its slot, its place in the thread and its strike, and nothing else.

    One that was suppressed stays so, with the reason.
    """
    if post.state in VISIBLE:
        appearing.leave(db, thread, post)
    if post.position is None:
        delaying.forget(db, post.id)
    if post.id == thread.id:
        _close(db, thread)
    begin_version(post)
    post.severity = post.waits_since = post.hidden_until = None
    if post.state != "suppressed":
        post.state, post.why = "withdrawn", None
    post.nym = post.name = post.badge = post.text = post.day = None
    post.edited, post.votes = False, 0
    appearing.warm(thread)


def _close(db: Session, thread: Thread) -> None:
    """Take a thread out of the lists and forget the words that opened it."""
    polls.wipe(db, thread.id)
    thread.title = None
    thread.votes, thread.listed = 0, False
    if thread.day is None:
        thread.employer_id = thread.topic = None
