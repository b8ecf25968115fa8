"""Appeals: a writer asks for another person, who has not decided on the item before.

A removed item goes back to the desk as a case (deciding.decide: uphold or restore). What left no
case behind (a picture, a suppressed text, a text that was sent back) is answered with `answer`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import Select, exists, select, update
from sqlalchemy.orm import Session, aliased

from app.db import insert_once
from app.employers.models import Employer
from app.moderation import audit, items, notices, sealing, statements, stating
from app.moderation.audit import Act
from app.moderation.desk import Beaten, Desk, NotThere, Refused
from app.moderation.models import Appeal, Decider, Statement
from app.moderation.powers import POWERS
from app.moderation.stating import Told
from app.replies import judging as replies
from app.settings import Settings
from app.triage.reasons import LEGAL, REASONS

Outcome = Literal["upheld", "restored"]
LONGEST: Final = 2_000  # characters
_VERBS: Final = {"upheld": "uphold", "restored": "restore"}


@dataclass(frozen=True)
class Open:
    """An appeal as the desk's list shows it; case: it is decided there, like any other item."""

    statement_id: bytes
    kind: str
    item_id: bytes
    action: str
    reason: str
    severity: int
    days: int
    case: bool


@dataclass(frozen=True)
class Shown:
    """An appeal for whoever decides on it: what was said to its writer, and what they answer.

    item: the words it is about, where they still stand on the item.
    """

    told: Told
    text: str
    day: date
    item: str | None


def file(db: Session, settings: Settings, statement_id: bytes, text: str, today: date) -> bool:
    """Appeal against a statement, once; True if this text stands, sent now or before.

    A removed item waits from now on as appealed. Raises NotThere, and Beaten ("decided") where
    there is nothing to appeal against any more.
    """
    found = db.get(Statement, statement_id)
    if found is None or not items.verbs(found.kind).hold(db, found.item_id):
        raise NotThere("statement")
    told, appeal = _told(db, settings, statement_id)
    if appeal is not None:
        return told.asked == text
    if not told.appealable(today):
        raise Beaten("decided")
    sealed = sealing.seal(settings, statements.ASKED, found.item_id, text.encode())
    insert_once(db, Appeal, statement_id=statement_id, state="open", day=today, text=sealed)
    if told.action == "remove":
        _wait(db, told, today)
    return True


def settle(
    db: Session, settings: Settings, item_id: bytes, outcome: Outcome, words: str, today: date
) -> None:
    """Close the open appeal against a removal: its text is erased, the answer is sealed."""
    asked = _open().where(Statement.item_id == item_id, Statement.action == "remove")
    for statement, appeal in db.execute(asked).all():
        _close(db, settings, statement, appeal, outcome, words, today)


def answer(
    db: Session,
    settings: Settings,
    desk: Desk,
    statement_id: bytes,
    outcome: Outcome,
    words: str,
    today: date,
) -> int:
    """Decide on an appeal that has no case, and return the number of the log's line.

    Restoring publishes a text that was sent back, and takes a strike away; what was erased its
    writer may post again. Raises NotThere, Refused ("power", "tie", "earlier_decider") and Beaten.
    """
    found = db.get(Statement, statement_id)
    if found is None or found.action == "remove":
        raise NotThere("appeal")
    verbs = items.verbs(found.kind)
    if not verbs.hold(db, found.item_id):
        raise NotThere("appeal")
    if desk.role not in POWERS["uphold"].roles:
        raise Refused("power")
    employer_id = verbs.employer_of(db, found.item_id)
    if items.tied(db, desk, employer_id):
        raise Refused("tie")
    told, appeal = _told(db, settings, statement_id)
    if appeal is None or told.appeal != "open":
        raise Beaten("decided", items.last_decider(db, found.item_id))
    law = told.reason in LEGAL or notices.sent_back(db, found.item_id)
    if told.action == "return" and outcome == "restored" and law:
        raise Refused("power")  # what the law was called upon against comes back by two persons
    if not insert_once(db, Decider, item_id=found.item_id, staff_id=desk.id):
        raise Refused("earlier_decider")
    _close(db, settings, found, appeal, outcome, words, today)
    before, after = _give_back(db, told, outcome, today)
    act = Act(
        kind=told.kind,
        action=_VERBS[outcome],
        source="appeal",
        before=before,
        after=after,
        item_id=told.item_id,
        staff_id=desk.id,
        employer_id=employer_id,
        reason=told.reason,
        days=audit.bucket((today - appeal.day).days),
        outcome=outcome,
    )
    return audit.write(db, act, today)


def open_ones(db: Session, desk: Desk, today: date) -> Sequence[Open]:
    """List what somebody may decide: never what they decided on before, nor of tied employers."""
    if desk.role not in POWERS["uphold"].roles:
        return []
    decided = exists().where(Decider.item_id == Statement.item_id, Decider.staff_id == desk.id)
    rows = db.execute(_open().where(~decided)).all()
    about = [(*row, items.of(db, row[0].item_id)) for row in rows]
    tied = _family(db, desk.ties)
    found = [
        Open(
            statement_id=statement.id,
            kind=items.kind_of(item),
            item_id=item.id,
            action=statement.action,
            reason=statement.reason,
            severity=REASONS[statement.reason].severity,
            days=(today - appeal.day).days,
            case=statement.action == "remove",
        )
        for statement, appeal, item in about
        if item is not None
        and stating.waits(statement.action, item.state)
        and items.verbs(items.kind_of(item)).employer_of(db, item.id) not in tied
    ]
    return sorted(found, key=lambda each: (each.severity, -each.days, each.statement_id))


def shown(db: Session, settings: Settings, item_id: bytes) -> Shown | None:
    """Return the open appeal against an item's removal; None if there is none."""
    asked = _open().where(Statement.item_id == item_id, Statement.action == "remove")
    return _shown(db, settings, db.scalar(asked.with_only_columns(Statement.id)))


def shown_of(db: Session, settings: Settings, statement_id: bytes) -> Shown | None:
    """Return the open appeal against a statement; None if there is none."""
    return _shown(db, settings, statement_id)


def _shown(db: Session, settings: Settings, statement_id: bytes | None) -> Shown | None:
    if statement_id is None or db.get(Statement, statement_id) is None:
        return None
    told, appeal = _told(db, settings, statement_id)
    if appeal is None or told.appeal != "open":
        return None
    item = items.of(db, told.item_id)
    return Shown(told, told.asked, appeal.day, item.text if item else None)


def _told(db: Session, settings: Settings, statement_id: bytes) -> tuple[Told, Appeal | None]:
    """Open a statement and the appeal against it, as they stand."""
    statement = db.get_one(Statement, statement_id, populate_existing=True)
    appeal = db.get(Appeal, statement_id, populate_existing=True)
    return statements.of(db, settings, statement, appeal), appeal


def _wait(db: Session, told: Told, today: date) -> None:
    """Put a removed item before the desk again; `why` keeps the reason that its tombstone names."""
    model = items.verbs(told.kind).model
    waits = update(model).where(model.id == told.item_id, model.state == "removed")
    changed = waits.values(
        state="appealed",
        version=model.version + 1,
        severity=REASONS[told.reason].severity,
        waits_since=today,
        holder=None,
        lease_until=None,
    )
    if not items.changed(db, changed):
        raise Beaten("changed")


def _close(
    db: Session,
    settings: Settings,
    statement: Statement,
    appeal: Appeal,
    outcome: Outcome,
    words: str,
    today: date,
) -> None:
    sealed = sealing.seal(settings, statements.ANSWER, statement.item_id, words.encode())
    appeal.state, appeal.decided, appeal.text, appeal.answer = outcome, today, None, sealed
    # The answer is told as long as the statement was.
    statement.until = max(statement.until, today + statements.KEPT)
    db.flush()


def _give_back(db: Session, told: Told, outcome: Outcome, today: date) -> tuple[str, str]:
    """Do what the outcome asks of the item, and return its states before and after."""
    before = after = told.state or ""
    # Losing a picture is no strike; one that the item bears by now is of something else.
    if outcome == "upheld" or told.action == "remove_image":
        return before, after
    verbs = items.verbs(told.kind)
    model = verbs.model
    values: dict[str, Any] = {"strike_until": None}
    if told.action == "return":
        after = "published"
        values |= {"state": after, "version": model.version + 1, "judged": True, "why": None}
    items.changed(db, update(model).where(model.id == told.item_id).values(values))
    if told.action == "return":
        verbs.appear(db, told.item_id, today)
    elif told.kind == "reply":
        replies.free(db, told.item_id)  # else it could not be written again
    return before, after


def _family(db: Session, employer_ids: Collection[bytes]) -> set[bytes]:
    """Return employers and all that they were merged with."""
    same, other = aliased(Employer), aliased(Employer)
    family = select(same.id).join(other, other.canonical_id == same.canonical_id)
    return set(db.scalars(family.where(other.id.in_(employer_ids))))


def _open() -> Select[Statement, Appeal]:
    joined = select(Statement, Appeal).join(Appeal, Appeal.statement_id == Statement.id)
    return joined.where(Appeal.state == "open")
