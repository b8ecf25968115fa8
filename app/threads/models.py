"""Tables of the conversation: topics, threads, posts, votes and polls.

No row says who: a post bears tags that its account alone recognises (docs/accounts.md). Days only,
but for posts that wait to be published.
"""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PUBLIC, Base, Identifier
from app.triage.item import Judged

RETIRED: Final = 1000  # from this place on


class Topic(Base):
    """What threads can be about, employer or not; `place` is where lists show it.

    A place from RETIRED on is that of a topic that nobody is offered any more; its threads keep it.
    """

    __tablename__ = "topic"
    __table_args__: Any = PUBLIC

    slug: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_zh: Mapped[str] = mapped_column(String(60))
    place: Mapped[int] = mapped_column(SmallInteger)

    def name_in(self, lang: str) -> str:
        """The name in a language."""
        return self.name_zh if lang == "zh" else self.name

    @property
    def retired(self) -> bool:
        """Whether nobody is offered it any more."""
        return self.place >= RETIRED


class Thread(Base):
    """What a first post opened: its title, what it is about, and what lists order it by.

    day: when it appeared, None until then; posts: how many positions are taken; comments: how many
    of them can be read; votes: those of the first post; heat: app/threads/ranking.py. It is in
    lists while `listed`: its first post has appeared and was not withdrawn.
    """

    __tablename__ = "thread"
    __table_args__: Any = (
        Index("ix_thread_listed_heat", "listed", "heat"),
        Index("ix_thread_listed_day", "listed", "day"),
        Base.__table_args__,
    )

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    employer_id: Mapped[bytes | None] = mapped_column(
        LargeBinary(16), ForeignKey("employer.id"), index=True
    )
    topic: Mapped[str | None] = mapped_column(String(30), ForeignKey("topic.slug"), index=True)
    title: Mapped[str | None] = mapped_column(String(120))
    day: Mapped[date | None] = mapped_column(Date)
    posts: Mapped[int] = mapped_column(Integer)
    comments: Mapped[int] = mapped_column(Integer)
    votes: Mapped[int] = mapped_column(Integer)
    heat: Mapped[float] = mapped_column(Float)
    listed: Mapped[bool] = mapped_column(Boolean)


class Post(Judged, Base):
    """One text: a thread's first one (position 0, whose id is the thread's) or a comment.

    position: None until it appears; parent: the position that a comment answers, 0 for the first
    post, None on the first post itself. slot finds it for its account, nym (one a thread and
    account) says who is the same writer inside the thread, `name` which two words those bear.
    badge: "employer", "worker" or None. A withdrawn post keeps slot, position and parent: a
    tombstone with everything else empty. A removed one keeps nym, name and day too.
    """

    __tablename__ = "post"
    __table_args__: Any = (
        UniqueConstraint("thread_id", "position"),
        Index("ix_post_severity", "severity"),
        Base.__table_args__,
    )

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    thread_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("thread.id"))
    position: Mapped[int | None] = mapped_column(Integer)
    parent: Mapped[int | None] = mapped_column(Integer)
    slot: Mapped[bytes] = mapped_column(Identifier, unique=True)
    nym: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    name: Mapped[int | None] = mapped_column(Integer)
    badge: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str | None] = mapped_column(Text)
    day: Mapped[date | None] = mapped_column(Date)
    edited: Mapped[bool] = mapped_column(Boolean)
    votes: Mapped[int] = mapped_column(Integer)


class DelayedPost(Base):
    """A post that waits: in which five minutes it appears, chosen at random within its window.

    Gone as soon as it has appeared; the one finer time on the disk.
    """

    __tablename__ = "delayed_post"

    post_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("post.id"), primary_key=True)
    due: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class Vote(Base):
    """That some account found a post useful, once; taken back it stays, and counts no more."""

    __tablename__ = "vote"

    tag: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    post_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("post.id"), index=True)
    counted: Mapped[bool] = mapped_column(Boolean)


class Flag(Base):
    """That some account asked the desk to look at an item, once, and for which reason.

    item_id: of a post or of an employer's reply.
    """

    __tablename__ = "flag"

    tag: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    item_id: Mapped[bytes] = mapped_column(Identifier, index=True)
    reason: Mapped[str] = mapped_column(String(24))


class Poll(Base):
    """The question that a thread asks: open through the day it closes.

    steps: results appear at every k-th answer, and otherwise once, when it has closed.
    """

    __tablename__ = "poll"

    thread_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("thread.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(200))
    closes: Mapped[date] = mapped_column(Date)
    steps: Mapped[bool] = mapped_column(Boolean)
    answers: Mapped[int] = mapped_column(Integer)


class PollChoice(Base):
    """One of a poll's answers: how many gave it, and how many of them are shown so far."""

    __tablename__ = "poll_choice"

    thread_id: Mapped[bytes] = mapped_column(
        Identifier, ForeignKey("poll.thread_id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    text: Mapped[str] = mapped_column(String(120))
    given: Mapped[int] = mapped_column(Integer)
    shown: Mapped[int] = mapped_column(Integer)


class PollAnswer(Base):
    """That some account answered a poll, once; not what it answered, which is only counted."""

    __tablename__ = "poll_answer"

    tag: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    thread_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("poll.thread_id"), index=True)
