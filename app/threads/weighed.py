"""What triage makes of a post: whether it waits for the desk, unseen or seen, and why."""

from datetime import date
from typing import Final, Literal

from sqlalchemy.orm import Session

from app.evidence import attaching
from app.threads import indexing
from app.threads.models import Post, Thread
from app.triage import weighing
from app.triage.weighing import Weighed

# What nobody sees before the desk does; "nothing" is for what was looked at, such as a demo's.
Hold = Literal["nothing", "risky", "everything"]
# Why something waits that is not in its words: an edit does not end it. What others asked for keeps
# its severity too.
_ASKED: Final = frozenset({weighing.FLAGS, "notice", "handed_over"})
_STAYING: Final = _ASKED | {weighing.FIRST, weighing.COPIES, weighing.CHANGED}


def new(db: Session, thread: Thread, post: Post, hold: Hold, *, first: bool) -> Weighed:
    """Weigh a post that was just written; first: it opens the thread."""
    return _weigh(db, thread, post, hold, first=first, new=True)


def edited(db: Session, thread: Thread, post: Post, hold: Hold) -> Weighed:
    """Weigh a post whose words have changed; what made it wait besides its words stays."""
    found = _weigh(db, thread, post, hold, first=False, new=False)
    codes = [] if post.judged else (post.why or "").split(",")
    codes = [code for code in codes if code in _STAYING]
    if post.state == "returned":
        codes = [weighing.CHANGED]
    if not codes:
        return found
    why = found.why
    for code in codes:
        why = weighing.with_code(why, code)
    held = weighing.CHANGED in codes or found.state == "held"
    was = post.severity if _ASKED & set(codes) else None
    grave = min(found.severity or weighing.MILDEST, was or weighing.MILDEST)
    return Weighed("held" if held else "pending", grave, why)


def note(post: Post, found: Weighed, today: date) -> None:
    """Write into a post's row what it waits for; its state is the caller's."""
    post.severity, post.why = found.severity, found.why
    waits = post.waits_since or today
    post.waits_since = waits if found.severity else None


def _weigh(
    db: Session, thread: Thread, post: Post, hold: Hold, *, first: bool, new: bool
) -> Weighed:
    if hold == "nothing":
        return Weighed("published")
    image = attaching.of(db, [post.id]).get(post.id)
    texts = [indexing.words_of(db, thread, post), image.alternative if image else ""]
    everything = hold == "everything"
    return weighing.weigh(texts, first=first, image=bool(image) and new, everything=everything)
