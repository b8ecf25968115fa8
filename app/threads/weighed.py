"""What triage makes of a post: whether it waits for the desk, unseen or seen, and why."""

from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from app.evidence import attaching
from app.threads import indexing
from app.threads.models import Post, Thread
from app.triage import weighing
from app.triage.changing import weighed_again
from app.triage.weighing import Weighed

# What nobody sees before the desk does; "nothing" is for what was looked at, such as a demo's.
Hold = Literal["nothing", "risky", "everything"]


def new(db: Session, thread: Thread, post: Post, hold: Hold, *, first: bool) -> Weighed:
    """Weigh a post that was just written; first: it opens the thread."""
    return _weigh(db, thread, post, hold, first=first, new=True)


def edited(db: Session, thread: Thread, post: Post, hold: Hold, now: datetime) -> Weighed:
    """Weigh a post whose words have changed; what made it wait besides its words stays."""
    return weighed_again(post, _weigh(db, thread, post, hold, first=False, new=False), now)


def _weigh(
    db: Session, thread: Thread, post: Post, hold: Hold, *, first: bool, new: bool
) -> Weighed:
    if hold == "nothing":
        return Weighed("published")
    image = attaching.of(db, [post.id]).get(post.id)
    texts = [indexing.words_of(db, thread, post), image.alternative if image else ""]
    everything = hold == "everything"
    return weighing.weigh(texts, first=first, image=bool(image) and new, everything=everything)
