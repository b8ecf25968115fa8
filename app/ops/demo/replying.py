"""What one invented employer answers: on its own page, and in a thread about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.employers.models import Employer
from app.replies import writing
from app.replies.writing import Hand
from app.settings import Settings
from app.staff.models import Staff
from app.threads.models import Thread

EMPLOYER: Final = "Meridian Cloud"


@dataclass(frozen=True)
class Answer:
    """One answer: how the title of the thread begins, or nothing for the employer's own page."""

    under: str
    text: str


ANSWERS: Final = (
    Answer(
        "",
        "We ask our own people twice a year. In September 61 % answered, and the middle of what "
        "they said was 49 working hours a week. We publish the question as it was asked.",
    ),
    Answer(
        "They announced the end of 996.",
        "The rule of January stands: no meetings after 18:30, and Saturdays need a director’s "
        "signature. Where that is not kept:\n\n"
        "- signed Saturdays are paid double, as “weekend, special” on the payslip\n"
        "- the stand-up at 21:15 has no order behind it; nobody has to accept the invitation",
    ),
)


def load(db: Session, settings: Settings, employers: Mapping[str, Employer], name: str) -> None:
    """Let the representative of that name answer, and the desk have looked at it already."""
    speaker = db.scalar(select(Staff.id).where(Staff.name == name))
    if speaker is None or EMPLOYER not in employers:
        return
    hand, today = Hand(employers[EMPLOYER], speaker), settings.today()
    for each in ANSWERS:
        found = select(Thread).where(Thread.title.startswith(each.under, autoescape=True))
        thread = db.scalars(found.limit(1)).first() if each.under else None
        if each.under and (thread is None or thread.day is None):
            continue
        day = min(thread.day + timedelta(2), today) if thread and thread.day else today
        reply = writing.write(db, hand, thread.id if thread else None, each.text, day)
        reply.state, reply.judged = "published", True
        reply.severity = reply.why = reply.waits_since = None
    db.flush()
