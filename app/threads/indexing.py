"""What search is told of a post: its words, and the marks by which a search is narrowed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.search import index
from app.threads.models import Poll, PollChoice, Post, Thread
from app.triage.states import VISIBLE
from app.weeks.quarters import Quarter

THREAD: Final = "kthread"
COMMENT: Final = "kcomment"
_AT_ONCE: Final = 1_000


def text_of(thread: Thread, post: Post, asked: Sequence[str] = ()) -> str:
    """Return what can be found of a post; of a first one the title and `asked`, its poll, too."""
    title = [thread.title] if post.id == thread.id else []
    return "\n".join(part for part in (*title, post.text, *asked) if part)


def marks_of(thread: Thread, post: Post) -> list[str]:
    """Return by what a published post can be narrowed: employer, topic, quarter, kind."""
    if post.day is None:
        raise ValueError("only what has appeared can be found")
    marks = [quarter_mark(Quarter.of(post.day)), THREAD if post.id == thread.id else COMMENT]
    if thread.employer_id:
        marks.append(employer_mark(thread.employer_id))
    if thread.topic:
        marks.append(topic_mark(thread.topic))
    return marks


def employer_mark(employer_id: bytes) -> str:
    """Return the mark of what is said in an employer's threads."""
    return f"e{employer_id.hex()}"


def topic_mark(slug: str) -> str:
    """Return the mark of what is said under a topic."""
    return f"t{slug.replace('-', '')}"


def quarter_mark(quarter: Quarter) -> str:
    """Return the mark of what appeared in a quarter."""
    return f"q{quarter}".lower()


def write(db: Session, thread: Thread, post: Post) -> None:
    """Index a visible post as it stands."""
    marks = marks_of(thread, post)
    if post.day:
        index.write(db, post.id, post.day, words_of(db, thread, post), marks)


def erase(db: Session, thread: Thread, post: Post) -> None:
    """Take a visible post out of the index; before its words change, which are needed for it."""
    index.erase(db, post.id, words_of(db, thread, post), marks_of(thread, post))


def everything(db: Session) -> Iterator[tuple[bytes, date, str, list[str]]]:
    """Give every visible post, as `write` indexes it: item, day, text, marks."""
    polls = _polls(db)
    published = select(Thread, Post).join(Post, Post.thread_id == Thread.id)
    rows = db.execute(published.where(Post.state.in_(VISIBLE)).order_by(Post.id))
    for thread, post in rows.yield_per(_AT_ONCE):
        if post.day:
            text = text_of(thread, post, polls.get(post.id, ()))
            yield post.id, post.day, text, marks_of(thread, post)


def asked(db: Session, thread_id: bytes) -> Sequence[str]:
    """Return the question and the choices of a thread's poll, if it has one."""
    return _polls(db, thread_id).get(thread_id, ())


def words_of(db: Session, thread: Thread, post: Post) -> str:
    """Return every word of a post that can be found, with those of its poll."""
    return text_of(thread, post, asked(db, thread.id) if post.id == thread.id else ())


def _polls(db: Session, thread_id: bytes | None = None) -> dict[bytes, list[str]]:
    """The question and the choices of each poll, or of one thread's, by the thread's id."""
    questions = select(Poll.thread_id, Poll.question)
    choices = select(PollChoice.thread_id, PollChoice.text)
    choices = choices.order_by(PollChoice.thread_id, PollChoice.number)
    if thread_id is not None:
        questions = questions.where(Poll.thread_id == thread_id)
        choices = choices.where(PollChoice.thread_id == thread_id)
    words: dict[bytes, list[str]] = defaultdict(list)
    for rows in (questions, choices):
        for thread, text in db.execute(rows):
            words[thread].append(text)
    return words
