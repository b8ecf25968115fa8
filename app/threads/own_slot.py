"""The personal slot of a thread: who one is there, what is one's own, what one voted for."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.members.current import Current
from app.members.member import Member
from app.settings import Settings
from app.threads import polls, voting
from app.threads.located import ThreadAt, path_of, thread_at
from app.threads.models import Post
from app.threads.polls import Result
from app.threads.reach import AT_ONCE
from app.threads.writer import writer
from app.triage.states import VISIBLE
from app.web.templates import page

router = APIRouter()


@dataclass(frozen=True)
class Own:
    """What is an account's own in a thread: its posts, those that wait, those it voted for.

    answered: the poll that it answered.
    """

    posts: Sequence[Post]
    waiting: int
    voted: Sequence[Post]
    answered: Result | None


@router.get("/threads/{thread}/mine")
def mine(request: Request, thread: str, member: Current) -> Response:
    """Show it: a fragment for htmx, else a page; to somebody signed out, how to join.

    Every reader's page asks for this, so without a cookie nothing is read for it.
    """
    whole = not request.headers.get("hx-request")
    name = "threads/mine.html" if whole else "threads/_mine.html"
    if member is None:
        return page(request, name, thread_path=path_of(thread), at=None, own=None, writer=None)
    at = thread_at(request, thread)
    who = writer(request, member, at.thread.id, at.employer)
    with request.app.state.database.reading() as db:
        own = _own(db, at, member, request.app.state.settings)
    return page(request, name, thread_path=at.path, at=at, own=own, writer=who)


def _own(db: Session, at: ThreadAt, member: Member, settings: Settings) -> Own:
    thread_id = at.thread.id
    today, least = settings.today(), settings.release_min_reports
    answered = polls.answered(db, member.answer(thread_id))
    nym = member.nym(thread_id)
    stand = Post.thread_id == thread_id, Post.state != "withdrawn"
    # Ids of all, but texts of one's own only: a thread may be long.
    heads = db.execute(select(Post.id, Post.nym, Post.state).where(*stand)).all()
    votes = voting.given(db, {e.id: member.vote(e.id) for e in heads if e.state in VISIBLE})
    mine = [e.id for e in heads if e.nym == nym and e.state in VISIBLE]
    return Own(
        posts=_rows(db, mine),
        waiting=sum(e.nym == nym for e in heads if e.state in {"delayed", "held"}),
        voted=_rows(db, [post_id for post_id, counted in votes.items() if counted]),
        answered=polls.read(db, thread_id, today, least) if answered else None,
    )


def _rows(db: Session, ids: Sequence[bytes]) -> Sequence[Post]:
    """Read posts by their ids, in the order of the thread."""
    found: list[Post] = []
    for first in range(0, len(ids), AT_ONCE):
        found += db.scalars(select(Post).where(Post.id.in_(ids[first : first + AT_ONCE])))
    return sorted(found, key=lambda post: post.position or 0)
