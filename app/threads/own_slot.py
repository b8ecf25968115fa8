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
from app.threads.writer import writer
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
    asked = select(Post).where(Post.thread_id == thread_id, Post.state != "withdrawn")
    posts = db.scalars(asked.order_by(Post.position)).all()
    nym = member.nym(thread_id)
    shown = [post for post in posts if post.state == "published"]
    votes = voting.given(db, {post.id: member.vote(post.id) for post in shown})
    return Own(
        posts=[post for post in shown if post.nym == nym],
        waiting=sum(post.nym == nym for post in posts if post.state == "delayed"),
        voted=[post for post in shown if votes.get(post.id)],
        answered=polls.read(db, thread_id, today, least) if answered else None,
    )
