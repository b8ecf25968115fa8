"""What stands around a reply, for the desk: where it answers, and what it answers."""

from sqlalchemy.orm import Session

from app.employers import directory
from app.employers.models import Employer
from app.replies.models import Reply
from app.threads import reading, scripts
from app.threads.judging import Context
from app.threads.models import Thread


def reply(db: Session, reply_id: bytes, lang: str) -> Context | None:
    """Return what surrounds a reply, in a language; None if there is no such reply.

    Never who of the employer wrote it.
    """
    found = db.get(Reply, reply_id)
    if found is None:
        return None
    thread = db.get(Thread, found.thread_id) if found.thread_id else None
    employer = directory.canonical(db, db.get_one(Employer, found.employer_id))
    above = reading.shown(db, thread.id, [0], lang) if thread else {}
    return Context(
        path=f"/threads/{thread.id.hex()}" if thread else f"/employers/{employer.slug}",
        day=thread.day if thread else found.day,
        title=thread.title if thread else None,
        first=False,
        item=_words(found, lang),
        asked=[],
        answers=list(above.values()),
    )


def _words(found: Reply, lang: str) -> reading.Shown:
    text = found.text or ""
    return reading.Shown(
        id=found.id,
        position=0,
        parent=None,
        tomb=None,
        name="",
        mark=None,
        started=False,
        badge=None,
        text=text,
        tag=scripts.tag(text, lang),
        day=found.day,
        edited=False,
        votes=0,
        image=None,
    )
