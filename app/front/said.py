"""What an account said in threads and who answered it, for its own page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.employers.models import Employer
from app.members.member import Member
from app.settings import Settings
from app.threads import composing, delaying, markup, own, tree
from app.threads.models import Post, Thread
from app.threads.tombs import Tomb, tomb
from app.triage.states import EMPTY

NEW: Final = timedelta(days=7)  # 'new' is by day: no visit is noted
AT_ONCE: Final = 200
START: Final = 140


@dataclass(frozen=True)
class Said:
    """One post in its thread; about: the employer that the thread is about.

    waits: for one's own that has not appeared, within what time it will, as a message id; tomb:
    what others see in its place.
    """

    post: Post
    thread: Thread
    about: Employer | None
    waits: str | None = None
    tomb: Tomb | None = None

    @property
    def title(self) -> str | None:
        """What its thread is called, where everybody may know that or it is one's own."""
        own = self.post.id == self.thread.id
        return self.thread.title if own or self.thread.listed else None

    @property
    def kept(self) -> bool:
        """Whether its words are there to be changed."""
        return self.post.state not in EMPTY

    @property
    def path(self) -> str:
        """The address of a page that shows it."""
        return tree.page_of(self._thread_path, self.post.position, self.thread.posts)

    @property
    def form_path(self) -> str:
        """The address under which its own pages are."""
        return f"{self._thread_path}/{self.post.id.hex()}"

    @property
    def _thread_path(self) -> str:
        return f"/threads/{self.thread.id.hex()}"

    @property
    def start(self) -> str:
        """How its text begins."""
        return markup.excerpt(self.post.text or "", START)


@dataclass(frozen=True)
class Spoken:
    """Everything that an account said, the last first, and the answers of the last seven days."""

    posts: Sequence[Said]
    answers: Sequence[Said]


def spoken(db: Session, member: Member, settings: Settings, lang: str) -> Spoken:
    """Find by its slots what an account said, and what others answered it lately."""
    posts = own.posts(db, member.slot)
    answers = [each.post for each in own.answers(db, posts, settings.today() - NEW)]
    threads = _threads(db, {post.thread_id for post in (*posts, *answers)})
    about = _employers(db, {thread.employer_id for thread in threads.values()})
    dues = delaying.dues(db, [post.id for post in posts if post.state == "delayed"])

    def said(post: Post) -> Said:
        thread, due = threads[post.thread_id], dues.get(post.id)
        employer = about.get(thread.employer_id) if thread.employer_id else None
        waits = _within(due, settings.now()) if due else None
        return Said(post, thread, employer, waits, tomb(post.state, post.why, lang))

    return Spoken([said(post) for post in posts], [said(post) for post in answers])


def written(said: Said) -> dict[str, Any]:
    """Everything that is kept of one's own post, for /me.json."""
    post, thread = said.post, said.thread
    return {
        "thread": thread.id.hex(),
        "title": said.title,
        "employer": said.about and said.about.slug,
        "topic": thread.topic,
        "post": post.id.hex(),
        "position": post.position,
        "text": post.text,
        "day": post.day and post.day.isoformat(),
        "badge": post.badge,
        "edited": post.edited,
        "votes": post.votes,
        "state": post.state,
        "reason": said.tomb and said.tomb.reason,
    }


def answered(said: Said) -> dict[str, Any]:
    """What everybody sees of an answer to one's own post, and where, for /me.json."""
    kept = written(said)
    return {name: kept[name] for name in ("thread", "title", "post", "position", "text", "day")}


def _within(due: datetime, now: datetime) -> str:
    """Say within what time a post appears, no finer than the window that it was given."""
    left = due - now
    longest = list(composing.LATER)[-1]
    name = next((n for n, window in delaying.WINDOWS.items() if left <= window), longest)
    return composing.LATER[name]


def _threads(db: Session, ids: Collection[bytes]) -> Mapping[bytes, Thread]:
    ordered, found = sorted(ids), list[Thread]()
    for first in range(0, len(ordered), AT_ONCE):
        some = ordered[first : first + AT_ONCE]
        found += db.scalars(select(Thread).where(Thread.id.in_(some)))
    return {thread.id: thread for thread in found}


def _employers(db: Session, ids: Collection[bytes | None]) -> Mapping[bytes, Employer]:
    """The employers of threads, by the ids that the threads name, each as it stands now."""
    named = db.scalars(select(Employer).where(Employer.id.in_(filter(None, ids)))).all()
    standing = {each.canonical_id for each in named}
    found = {e.id: e for e in db.scalars(select(Employer).where(Employer.id.in_(standing)))}
    return {each.id: found[each.canonical_id] for each in named}
