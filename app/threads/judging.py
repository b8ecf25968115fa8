"""What a decision of the desk does to a post: seen or out of sight, its words, its picture.

Who may decide, and the guarded UPDATE that sets the state, are the desk's (app/moderation); it
calls `hold` before that and these verbs after it, in one transaction. A post keeps its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.evidence import attaching
from app.evidence.models import EvidenceImage
from app.threads import appearing, delaying, indexing, polls, reach, reading, tree
from app.threads.models import Poll, Post, Thread

ANSWERED: Final = 3  # posts above an item that its case shows
_PARENT: Final = select(Post.parent)


@dataclass(frozen=True)
class Context:
    """What the case page of a post shows besides the case.

    item: the post with its words, whoever may see it; path: of a page that shows its place,
    once the thread has appeared on its day;
    asked: the question and the choices of its poll; answers: what it answers, outermost first.
    """

    path: str
    day: date | None
    title: str | None
    first: bool
    item: reading.Shown
    asked: Sequence[str]
    answers: Sequence[reading.Shown]


def hold(db: Session, post_id: bytes) -> bool:
    """Hold the thread of a post until the transaction ends; False if there is no such post.

    Before its row is updated, as every writer does: so that no two wait for each other.
    """
    return reach.lock_of(db, post_id) is not None


def appear(db: Session, post_id: bytes, today: date) -> None:
    """Let everybody see a post: in the place that it had, else in a new one.

    One whose writer chose a time that has not come goes back to waiting for just that.
    """
    thread, post = _held(db, post_id)
    if delaying.appear(db, thread, post, today):
        reach.touch(db, [thread], lists=True)


# What was taken out comes back by the same verb.
put_back: Final = appear


def take_out(db: Session, post_id: bytes) -> None:
    """Take a post that was visible out of index, lists and counts; before `take_words`."""
    thread, post = _held(db, post_id)
    appearing.leave(db, thread, post)
    reach.touch(db, [thread], lists=True)


def take_words(db: Session, post_id: bytes) -> dict[str, Any]:
    """Take away and return every word of a post that is out of sight, such as JSON can hold."""
    thread, post = _held(db, post_id)
    words: dict[str, Any] = {"text": post.text}
    post.text = None
    if post.id == thread.id:
        words["title"], thread.title = thread.title, None
        if poll := db.get(Poll, thread.id):
            words["question"], poll.question = poll.question, ""
            words["choices"] = _exchange(db, thread.id, {})
    for image in _images(db, post.id):
        words["alternative"], image.alternative = image.alternative, ""
    db.flush()
    reach.touch(db, [thread], lists=False)
    return words


def give_words(db: Session, post_id: bytes, words: dict[str, Any]) -> None:
    """Give a post back what `take_words` returned; before `appear`."""
    thread, post = _held(db, post_id)
    post.text = words["text"]
    if post.id == thread.id:
        thread.title = words["title"]
        poll = db.get(Poll, thread.id)
        if poll and "question" in words:
            poll.question = words["question"]
            _exchange(db, thread.id, dict(enumerate(words["choices"])))
    for image in _images(db, post.id):
        image.alternative = words.get("alternative", "")
    db.flush()
    reach.touch(db, [thread], lists=False)


def take_image(db: Session, post_id: bytes) -> list[bytes]:
    """Take the picture from a post; returns the ids whose objects go after the commit."""
    thread, post = _held(db, post_id)
    gone = attaching.detach(db, [post.id])
    reach.touch(db, [thread], lists=False)
    return gone


def employer_of(db: Session, post_id: bytes) -> bytes | None:
    """Return the id of the employer that a post's thread is about, as it was opened."""
    about = select(Thread.employer_id).join(Post, Post.thread_id == Thread.id)
    return db.scalar(about.where(Post.id == post_id))


def context(db: Session, post_id: bytes, lang: str) -> Context | None:
    """Return what surrounds a post, in a language; None if there is no such post."""
    post = db.get(Post, post_id)
    if post is None:
        return None
    thread = db.get_one(Thread, post.thread_id)
    above: list[int] = []
    at = post.parent
    while at is not None and len(above) < ANSWERED:
        above.insert(0, at)
        at = db.scalar(_PARENT.where(Post.thread_id == thread.id, Post.position == at))
    seen = reading.shown(db, thread.id, above, lang)
    first = post.id == thread.id
    return Context(
        path=tree.page_of(f"/threads/{thread.id.hex()}", post.position, thread.posts),
        day=thread.day,
        title=thread.title,
        first=first,
        item=reading.whole(db, post, lang),
        asked=indexing.asked(db, thread.id) if first else [],
        answers=[seen[each] for each in above if each in seen],
    )


def _held(db: Session, post_id: bytes) -> tuple[Thread, Post]:
    """Hold a post's thread, and return both as they stand."""
    held = reach.lock_of(db, post_id)
    if held is None:
        raise LookupError("no such post")
    return held


def _exchange(db: Session, thread_id: bytes, texts: dict[int, str]) -> list[str]:
    """Put texts in place of a poll's choices, nothing where there is none; return those before."""
    choices = polls.choices(db, thread_id)
    before = [choice.text for choice in choices]
    for choice in choices:
        choice.text = texts.get(choice.number, "")
    return before


def _images(db: Session, post_id: bytes) -> Sequence[EvidenceImage]:
    return db.scalars(select(EvidenceImage).where(EvidenceImage.post_id == post_id)).all()
