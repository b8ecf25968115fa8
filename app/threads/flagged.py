"""What a reader flags, as the pages of flags show it: a post, or what an employer answers."""

import re
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.employers import directory
from app.employers.models import Employer
from app.replies import showing
from app.replies.models import Reply
from app.threads import markup
from app.threads.located import AtPost
from app.threads.models import Thread
from app.triage.states import VISIBLE
from app.web.languages import language
from app.web.refusals import Refusal

_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Flagged:
    """Something that everybody can read, by its id.

    path: under which its own pages are; place, anchor: where it stands; named: the address that a
    notice about it names; title: of where it stands, if everybody may know that.
    """

    id: bytes
    path: str
    place: str
    anchor: str
    named: str
    title: str | None
    html: Markup
    reply: bool = False


def post_at(at: AtPost) -> Flagged:
    """Return the post at an address, or a 404 where nobody can read it."""
    if not at.seen:
        raise Refusal(404)
    return Flagged(
        id=at.post.id,
        path=at.form_path,
        place=at.page_of(at.post),
        anchor=f"p{at.post.position}",
        named=at.form_path,
        title=at.title,
        html=at.html,
    )


def reply_at(request: Request, reply: str) -> Flagged:
    """Return the reply at an address, or a 404 where nobody can read it."""
    if not _ID.fullmatch(reply):
        raise Refusal(404)
    with request.app.state.database.reading() as db:
        found = db.get(Reply, bytes.fromhex(reply))
        if found is None or found.state not in VISIBLE or not _stands(db, found):
            raise Refusal(404)
        place, title = _standing(db, found, language(request))
    return Flagged(
        id=found.id,
        path=f"/replies/{found.id.hex()}",
        place=place,
        anchor="employer-reply",
        named=f"{place}#employer-reply",
        title=title,
        html=markup.html(found.text or ""),
        reply=True,
    )


def _stands(db: Session, reply: Reply) -> bool:
    """Tell whether the page that a reply is on shows it, and not that of one who merged with it."""
    if reply.thread_id:
        return True
    employer = directory.canonical(db, db.get_one(Employer, reply.employer_id))
    shown = showing.on_page(db, employer.id, directory.family(db, employer))
    return shown is not None and shown.id == reply.id


def _standing(db: Session, reply: Reply, lang: str) -> tuple[str, str | None]:
    """Return the address of the page on which a reply stands, and its title."""
    if reply.thread_id:
        thread = db.get_one(Thread, reply.thread_id)
        return f"/threads/{thread.id.hex()}", thread.title if thread.listed else None
    employer = directory.canonical(db, db.get_one(Employer, reply.employer_id))
    return f"/employers/{employer.slug}", employer.name_in(lang)


FlaggedPost = Annotated[Flagged, Depends(post_at)]
FlaggedReply = Annotated[Flagged, Depends(reply_at)]
