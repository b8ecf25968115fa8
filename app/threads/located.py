"""The thread and the post that an address names, loaded in one place, or a 404."""

import re
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.employers import directory
from app.employers.models import Employer
from app.threads import markup, tree
from app.threads.models import Post, Thread
from app.triage.states import VISIBLE
from app.web.refusals import Refusal

_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class ThreadAt:
    """A thread with the employer it is about, merged or not."""

    thread: Thread
    employer: Employer | None

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/threads/{self.thread.id.hex()}"

    @property
    def title(self) -> str | None:
        """What everybody may know that it is called."""
        return self.thread.title if self.thread.listed else None

    def page_of(self, post: Post) -> str:
        """The address of a page that shows a post of it."""
        return tree.page_of(self.path, post.position, self.thread.posts)


@dataclass(frozen=True)
class PostAt(ThreadAt):
    """A post of a thread."""

    post: Post

    @property
    def seen(self) -> bool:
        """Whether everybody can read it."""
        return self.post.state in VISIBLE

    @property
    def html(self) -> Markup:
        """What it says."""
        return markup.html(self.post.text or "")

    @property
    def form_path(self) -> str:
        """The address under which its own pages are."""
        return f"{self.path}/{self.post.id.hex()}"


def path_of(thread: str) -> str:
    """The address of a thread's page, by its id in an address."""
    return f"/threads/{_id(thread).hex()}"


def thread_at(request: Request, thread: str) -> ThreadAt:
    """The thread at an address, which has appeared.

    Read apart: a page that held this connection while it waits for another could wait for good.
    """
    with request.app.state.database.reading() as db:
        found = _thread(db, thread)
        if found.day is None:
            raise Refusal(404)
        return ThreadAt(found, _employer(db, found))


def post_at(request: Request, thread: str, post: str) -> PostAt:
    """The post at an address, which may still wait to appear."""
    with request.app.state.database.reading() as db:
        found = _thread(db, thread)
        row = db.get(Post, _id(post))
        if row is None or row.thread_id != found.id:
            raise Refusal(404)
        return PostAt(found, _employer(db, found), row)


def _thread(db: Session, address: str) -> Thread:
    found = db.get(Thread, _id(address))
    if found is None:
        raise Refusal(404)
    return found


def _employer(db: Session, thread: Thread) -> Employer | None:
    employer = db.get(Employer, thread.employer_id) if thread.employer_id else None
    return employer and directory.canonical(db, employer)


def _id(address: str) -> bytes:
    if not _ID.fullmatch(address):
        raise Refusal(404)
    return bytes.fromhex(address)


InThread = Annotated[ThreadAt, Depends(thread_at)]
AtPost = Annotated[PostAt, Depends(post_at)]
