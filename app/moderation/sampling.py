"""What an auditor looks at again: of every day that is over, a few decisions that a key draws.

Nobody chooses which: the smallest keyed hashes of the numbers of a day's lines are drawn. That a
decision was looked at again is a line of the log, and nothing else is stored.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.evidence.attaching import Attached
from app.moderation import audit, cases, effects, items, saying, statements, wording
from app.moderation.desk import PROPOSE, UNDO, Beaten, Desk, NotThere, Refused
from app.moderation.models import AuditEntry, AuditHead, AuditOpening, Statement
from app.moderation.powers import POWERS
from app.settings import Settings
from app.triage.states import EMPTY

A_DAY: Final = 3  # decisions
DAYS: Final = 14
AGREE: Final = "agree"
DISAGREE: Final = "disagree"


@dataclass(frozen=True)
class Drawn:
    """A decision that was drawn, as its line tells of it; said: what an auditor noted, if any."""

    line: AuditEntry
    item_id: bytes
    said: str | None


@dataclass(frozen=True)
class Shown:
    """A drawn decision with what is left of its item, and nothing of who wrote or decided.

    texts: the words by the field that they are in. changed: they are others by now. answers: what
    the item answers. passages, words: what its writer was told. since: later lines about the item.
    """

    drawn: Drawn
    title: str | None
    texts: Mapping[str, str]
    image: Attached | None
    changed: bool
    answers: Sequence[str]
    passages: Sequence[str]
    words: str
    since: Sequence[AuditEntry]

    @property
    def left(self) -> bool:
        """Tell whether there is anything to look at."""
        return bool(self.texts or self.image)


def listed(db: Session, settings: Settings, desk: Desk, today: date) -> list[Drawn]:
    """Return what was drawn of the last days and somebody may look at, the last day first."""
    numbers = list[int]()
    for _, of_day in groupby(_decided(db, today), lambda row: row.day):
        numbers += draw(settings, (row.number for row in of_day))
    rows = select(AuditEntry, AuditOpening)
    rows = rows.join(AuditOpening, AuditOpening.number == AuditEntry.number)
    rows = rows.where(AuditEntry.number.in_(numbers)).order_by(AuditEntry.number.desc())
    said = _noted(db, numbers)
    return [
        Drawn(entry, opening.item_id or b"", said.get(entry.number))
        for entry, opening in db.execute(rows).all()
        if _may(db, desk, opening)
    ]


def draw(settings: Settings, numbers: Iterable[int]) -> list[int]:
    """Return the lines of a day that are looked at again, of the numbers of its decisions."""
    key = settings.key("sample")
    ranked = sorted(numbers, key=lambda number: hmac.digest(key, number.to_bytes(8), sha256))
    return ranked[:A_DAY]


def shown(
    db: Session, settings: Settings, desk: Desk, number: int, lang: str, today: date
) -> Shown:
    """Return a drawn decision with its item; raises NotThere for any other line."""
    drawn = _drawn(db, settings, desk, number, today)
    lines = select(AuditEntry).join(AuditOpening, AuditOpening.number == AuditEntry.number)
    lines = lines.where(AuditOpening.item_id == drawn.item_id, AuditEntry.number > number)
    statement = db.scalar(select(Statement).where(Statement.number == number))
    told = statements.of(db, settings, statement, None) if statement else None
    return Shown(
        drawn=drawn,
        **_item(db, settings, drawn, lang),
        passages=told.passages if told else (),
        words=told.words if told else "",
        since=db.scalars(lines.order_by(AuditEntry.number)).all(),
    )


def note(
    db: Session,
    settings: Settings,
    desk: Desk,
    number: int,
    opinion: str,
    doubt: str | None,
    today: date,
) -> int:
    """Note once whether somebody agrees with a drawn decision, and why not.

    Returns the number of the log's line. Raises NotThere, Refused("reason") and Beaten.
    """
    if opinion not in {AGREE, DISAGREE} or (opinion == DISAGREE) != (doubt in saying.DOUBTS):
        raise Refused("reason")
    # Whoever writes the log waits here for the others.
    db.get_one(AuditHead, audit.HEAD, with_for_update=True)
    drawn = _drawn(db, settings, desk, number, today)
    if drawn.said:
        raise Beaten("decided", items.last_decider(db, mark(number)))
    act = audit.Act(
        kind=drawn.line.kind,
        action=opinion,
        source="own",
        before=drawn.line.after,
        after=drawn.line.after,
        # Not the item, of which this is no decision.
        item_id=mark(number),
        staff_id=desk.id,
        reason=doubt,
        days=audit.bucket((today - drawn.line.day).days),
    )
    return audit.write(db, act, today)


def mark(number: int) -> bytes:
    """Return what stands for a line of the log in the line that looks at it again."""
    return sha256(b"line %d" % number).digest()[:16]


def _decided(db: Session, today: date) -> list[Any]:
    """Return number and day of the decisions of the last days, in order, but what was undone."""
    columns = AuditEntry.number, AuditEntry.day, AuditEntry.action
    asked = select(*columns, AuditOpening.item_id, AuditOpening.staff_id)
    asked = asked.join(AuditOpening, AuditOpening.number == AuditEntry.number)
    asked = asked.where(AuditEntry.day >= today - timedelta(DAYS), AuditEntry.day < today)
    asked = asked.where(AuditEntry.action.in_((*POWERS, PROPOSE, UNDO)))
    found, last = dict[int, Any](), dict[tuple[bytes | None, bytes | None], int]()
    for row in db.execute(asked.order_by(AuditEntry.number)):
        # Everybody undoes what was their own, be it a decision or what they only proposed.
        own = row.item_id, row.staff_id
        if row.action == UNDO:
            found.pop(last.get(own, 0), None)
            continue
        last[own] = row.number
        if row.action != PROPOSE:
            found[row.number] = row
    return list(found.values())


def _may(db: Session, desk: Desk, opening: AuditOpening) -> bool:
    """Tell whether a decision is neither somebody's own nor about an employer they are tied to."""
    return opening.staff_id != desk.id and not items.tied(db, desk, opening.employer_id)


def _noted(db: Session, numbers: Sequence[int]) -> dict[int, str]:
    """Return what was noted about some lines."""
    marks = {mark(number): number for number in numbers}
    lines = select(AuditOpening.item_id, AuditEntry.action)
    lines = lines.join(AuditEntry, AuditEntry.number == AuditOpening.number)
    lines = lines.where(AuditOpening.item_id.in_(marks))
    return {marks[item_id]: action for item_id, action in db.execute(lines) if item_id}


def _drawn(db: Session, settings: Settings, desk: Desk, number: int, today: date) -> Drawn:
    for each in listed(db, settings, desk, today):
        if each.line.number == number:
            return each
    raise NotThere("line")


def _item(db: Session, settings: Settings, drawn: Drawn, lang: str) -> dict[str, Any]:
    """Return what is left of an item; what nobody has judged since it was changed is not shown."""
    item = items.of(db, drawn.item_id)
    kind = items.kind_of(item) if item else "post"
    about = items.KINDS[kind].context(db, drawn.item_id, lang)
    if item is None or about is None or not item.judged:
        gone: dict[str, Any] = {"title": None, "texts": {}, "image": None, "answers": ()}
        return gone | {"changed": item is not None and item.state != "withdrawn"}
    image = about.item.image
    said: Mapping[str, Any] = {
        "title": about.title if about.first else "",
        "text": about.item.text,
        "choices": about.asked,
        "alternative": image.alternative if image else "",
    }
    if item.state in EMPTY:
        kept = None if item.state == "withdrawn" else effects.kept(db, settings, item.id)
        said = kept or {}
    return {
        "title": wording.title_over(db, item),
        "texts": cases.texts(said),
        "image": image,
        "changed": False,
        "answers": [each.text for each in about.answers if each.text],
    }
