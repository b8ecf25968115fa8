"""One thread as everybody reads it: the order from a light query, then the texts of one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markupsafe import Markup
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from app.employers.models import Employer
from app.evidence.attaching import Attached
from app.evidence.models import EvidenceImage
from app.replies import showing
from app.threads import appearing, listing, markup, polls, pseudonyms, scripts
from app.threads.listing import Named
from app.threads.models import Post, Thread, Topic
from app.threads.replied import Replied, replied
from app.threads.tombs import Tomb, tomb
from app.threads.tree import Node, Order, Page, Said, Tree

MOST_ABOVE: Final = 5  # comments shown above the one that a permalink means

_OWN = aliased(Employer)
_ABOUT = aliased(Employer)
# Prepared once: these are the hot reads of public pages.
_THREAD: Final = (
    select(
        Thread.title,
        Thread.day,
        Thread.comments,
        Post.state,
        Post.why,
        Topic.slug.label("topic"),
        Topic.name.label("topic_name"),
        Topic.name_zh.label("topic_name_zh"),
        _ABOUT.id.label("employer_id"),
        _ABOUT.status,
        _ABOUT.slug,
        _ABOUT.name,
        _ABOUT.name_zh,
    )
    .join(Post, Post.id == Thread.id)
    .outerjoin(Topic, Topic.slug == Thread.topic)
    .outerjoin(_OWN, _OWN.id == Thread.employer_id)
    .outerjoin(_ABOUT, _ABOUT.id == _OWN.canonical_id)
    .where(Thread.id == bindparam("thread"), Thread.day.is_not(None))
)
_ORDER: Final[Any] = select(Post.position, Post.parent, Post.votes, Post.state).where(
    Post.thread_id == bindparam("thread"), Post.position.is_not(None)
)
_STARTER: Final = select(Post.nym).where(Post.thread_id == bindparam("thread"), Post.position == 0)
_LAST: Final = (
    select(Post.position)
    .where(Post.thread_id == bindparam("thread"), Post.position > 0, Post.state != "withdrawn")
    .order_by(Post.position.desc())
)
_SHOWN: Final[Any] = select(
    Post.id,
    Post.position,
    Post.parent,
    Post.nym,
    Post.name,
    Post.badge,
    Post.text,
    Post.day,
    Post.edited,
    Post.votes,
    Post.state,
    Post.why,
    EvidenceImage.id.label("image"),
    EvidenceImage.alternative,
    EvidenceImage.width,
    EvidenceImage.height,
).outerjoin(EvidenceImage, EvidenceImage.post_id == Post.id)
_POSTS: Final = _SHOWN.where(
    Post.thread_id == bindparam("thread"),
    Post.position.in_(bindparam("positions", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One post as everybody sees it; one that is out of sight has its place and a `tomb`.

    started: by who opened the thread; tag: the text's language where it is not the page's.
    """

    id: bytes
    position: int
    parent: int | None
    tomb: Tomb | None
    name: str
    mark: pseudonyms.Mark | None
    started: bool
    badge: str | None
    text: str
    tag: str | None
    day: date | None
    edited: bool
    votes: int
    image: Attached | None

    @property
    def html(self) -> Markup:
        """The text as HTML that is safe to put on a page."""
        return markup.html(self.text)


@dataclass(frozen=True)
class Head:
    """What a thread is called and about; comments counts those that can be read.

    tomb: what stands in place of title and first post while nobody can read them.
    """

    id: bytes
    title: str | None
    tomb: Tomb | None
    tag: str | None
    day: date
    comments: int
    employer: Named | None
    employer_id: bytes | None
    confirmed: bool
    topic: Named | None

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/threads/{self.id.hex()}"


@dataclass(frozen=True)
class Read:
    """One page of a thread.

    first: the first post; above: the comments that a permalink's one stands under, outermost
    first; tree: the branches of this page; posts: what they are made of, by position; reply: what
    the employer answers.
    """

    head: Head
    first: Shown
    poll: polls.Result | None
    above: Sequence[Shown]
    tree: Page
    posts: Mapping[int, Shown]
    order: Order
    reply: Replied | None = None


def head(db: Session, thread_id: bytes, lang: str) -> Head | None:
    """Return what a thread is called and about; None if it has not appeared."""
    row = db.execute(_THREAD, {"thread": thread_id}).first()
    if row is None:
        return None
    named, gone = listing.named, tomb(row.state, row.why, lang)
    title = None if gone else row.title
    return Head(
        id=thread_id,
        title=title,
        tomb=gone,
        tag=scripts.tag(title or "", lang),
        day=row.day,
        comments=row.comments,
        employer=named(row.slug, row.name, row.name_zh, lang) if row.slug else None,
        employer_id=row.employer_id,
        confirmed=row.status == "confirmed",
        topic=named(row.topic, row.topic_name, row.topic_name_zh, lang) if row.topic else None,
    )


def thread(
    db: Session,
    thread_id: bytes,
    lang: str,
    *,
    today: date,
    least: int,
    order: Order = "best",
    after: int = 0,
) -> Read | None:
    """Return one page of a thread in a language, or None; least: the k of poll results.

    after: the position of the comment that the page begins behind.
    """
    found = head(db, thread_id, lang)
    if found is None:
        return None
    page = Tree(_said(db, thread_id), order).page(after)
    posts = shown(db, thread_id, [0, *page.shown], lang)
    poll = None if found.tomb else polls.read(db, thread_id, today, least)
    answer = showing.in_thread(db, thread_id) if found.employer else None
    return Read(found, posts[0], poll, [], page, posts, order, replied(answer, lang))


def branch(db: Session, thread_id: bytes, position: int, lang: str) -> Read | None:
    """Return one comment with what it answers and what answers it, or None."""
    found = head(db, thread_id, lang)
    said = _said(db, thread_id) if found else []
    parents = {each.position: each.parent for each in said}
    if found is None or position == 0 or position not in parents:
        return None
    above: list[int] = []
    at = parents[position]
    while at and len(above) < MOST_ABOVE:
        above.insert(0, at)
        at = parents[at]
    page = Tree(said).branch(position)
    posts = shown(db, thread_id, [0, *above, *page.shown], lang)
    return Read(found, posts[0], None, [posts[each] for each in above], page, posts, "best")


def shown(db: Session, thread_id: bytes, positions: Sequence[int], lang: str) -> dict[int, Shown]:
    """Return posts of a thread as everybody sees them, by position."""
    starter = db.execute(_STARTER, {"thread": thread_id}).scalar()
    rows = db.execute(_POSTS, {"thread": thread_id, "positions": list(positions)})
    return {row.position: _shown(row, starter, lang) for row in rows}


def whole(db: Session, post: Post, lang: str) -> Shown:
    """Return a post with its words and the name that it bears or will, for the desk alone."""
    row = db.execute(_SHOWN.where(Post.id == post.id)).one()
    starter = db.execute(_STARTER, {"thread": post.thread_id}).scalar()
    name = row.name
    if name is None and row.nym is not None:
        name = appearing.name_of(db, post.thread_id, row.nym)
    return _said_by(row, name, starter, lang)


def newest(db: Session, thread_id: bytes, most: int, lang: str) -> list[Shown]:
    """Return a thread's last comments that were not withdrawn, the last one first."""
    last = _LAST.limit(most)
    positions = [at for at in db.execute(last, {"thread": thread_id}).scalars() if at]
    posts = shown(db, thread_id, positions, lang)
    return [posts[at] for at in positions]


def first_posts(db: Session, threads: Sequence[bytes], lang: str) -> dict[bytes, Shown]:
    """Return the first posts of several threads, by the threads' ids."""
    if not threads:
        return {}
    rows = db.execute(_SHOWN.where(Post.id.in_(threads)))
    return {row.id: _shown(row, row.nym, lang) for row in rows}


def in_order(nodes: Sequence[Node]) -> list[int]:
    """Return the positions of nodes and all beneath them, as they are read."""
    found: list[int] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        found.append(node.position)
        waiting.extend(reversed(node.kids))
    return found


def _said(db: Session, thread_id: bytes) -> list[Said]:
    return [Said(*row) for row in db.execute(_ORDER, {"thread": thread_id})]


def _shown(row: Any, starter: bytes | None, lang: str) -> Shown:
    """Show a row to everybody: of one that is out of sight, its place."""
    gone = tomb(row.state, row.why, lang)
    if gone is None:
        return _said_by(row, row.name, starter, lang)
    return Shown(
        id=row.id,
        position=row.position,
        parent=row.parent,
        tomb=gone,
        name="",
        mark=None,
        started=False,
        badge=None,
        text="",
        tag=None,
        day=row.day,
        edited=False,
        votes=row.votes,
        image=None,
    )


def _said_by(row: Any, name: int | None, starter: bytes | None, lang: str) -> Shown:
    """Show a row with its words, by the name of a number."""
    text = row.text or ""
    return Shown(
        id=row.id,
        position=row.position or 0,  # none yet, where only the desk sees it
        parent=row.parent,
        tomb=None,
        name="" if name is None else pseudonyms.words(name, lang),
        mark=None if name is None else pseudonyms.mark(name),
        started=row.nym is not None and row.nym == starter,
        badge=row.badge,
        text=text,
        tag=scripts.tag(text, lang),
        day=row.day,
        edited=row.edited,
        votes=row.votes,
        image=row.image and Attached(row.image, row.alternative, row.width, row.height),
    )
