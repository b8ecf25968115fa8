"""How notices end: by a decision on their item, or because it is gone; each end is logged.

The line says what kind of sender the notice had and whether it was followed, so that everybody can
count; it stands beside that of the decision and bears nobody's name.
"""

from datetime import date
from typing import Any, Final

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from app.moderation import audit, items
from app.moderation.audit import Act
from app.moderation.notice_models import LegalCase, Notice

SETTLE: Final = "settle"
REOPEN: Final = "reopen"
NOBODY: Final = bytes(16)  # decides in the lines of notices: decisions are on items
# What a decision makes of the notices about an item; interim hiding leaves them open.
OUTCOMES: Final = {
    "approve": "kept",
    "remove": "removed",
    "suppress": "removed",
    "return": "returned",
    "remove_image": "image",
}
# What the log says of it; that a notice asked for nothing that can be done is no end of it.
ENDS: Final = {
    **dict.fromkeys(("removed", "returned", "image"), "followed"),
    **dict.fromkeys(("kept", "judged", "restored"), "declined"),
    "withdrawn": "moot",
}


def settle(db: Session, item_id: bytes, action: str, reason: str | None, today: date) -> None:
    """Close what waits for a decision on an item, when it is taken; contact data goes at once.

    Words stay until the night, so that an undone decision finds them; of a suppressed item they
    go too, because they quote it. Legal cases that still wait for an answer end only when the
    item goes.
    """
    if action == "restore":
        _restored(db, item_id, today)
    if action not in OUTCOMES:
        return
    ends = {"open"} if action == "approve" else {"open", "asked"}
    for notice in db.scalars(_about(item_id).where(Notice.state.in_(ends))):
        notice.given = reason
        close(db, notice, OUTCOMES[action], today)
    if action == "suppress":
        _erase_quotes(db, item_id)


def close(db: Session, notice: Notice, outcome: str, today: date) -> None:
    """Close one notice, and tell the log how it ended."""
    notice.state, notice.outcome, notice.decided = "closed", outcome, today
    notice.contact = None
    db.flush()
    tell(db, notice, SETTLE, today)


def reopen(db: Session, item_id: bytes, today: date) -> None:
    """Take back what `settle` closed, within the seconds in which a decision can be undone."""
    closed = _about(item_id).where(
        Notice.decided == today, Notice.outcome != "restored", Notice.sealed.is_not(None)
    )
    for notice in db.scalars(closed):
        case = db.get(LegalCase, notice.id)
        waits = case is not None and case.until is not None and not case.answer
        asked = waits and case and case.until and case.until >= today
        again(db, notice, "asked" if asked else "open", today)


def again(db: Session, notice: Notice, state: str, today: date) -> None:
    """Take a closed notice up again, and tell the log."""
    tell(db, notice, REOPEN, today)
    notice.state, notice.outcome, notice.given, notice.decided = state, None, None, None
    db.flush()


def tell(db: Session, notice: Notice, action: str, today: date) -> None:
    """Write the line of a notice that ends, or of one that is taken up again."""
    state = items.get(db, notice.kind, notice.item_id).state
    act = Act(
        kind=notice.kind,
        action=action,
        source=notice.party,
        before=state,
        after=state,
        item_id=notice.item_id,
        staff_id=NOBODY,
        employer_id=items.KINDS[notice.kind].employer_of(db, notice.item_id),
        reason=notice.reason,
        days=audit.bucket((today - notice.day).days),
        outcome=ENDS[notice.outcome or ""],
    )
    audit.write(db, act, today)


def _restored(db: Session, item_id: bytes, today: date) -> None:
    """Tell whoever asked for a removal that it was taken back, and since when."""
    for notice in db.scalars(_about(item_id).where(Notice.outcome == "removed")):
        tell(db, notice, REOPEN, today)
        close(db, notice, "restored", today)


def _erase_quotes(db: Session, item_id: bytes) -> None:
    """Erase what was said about an item whose words are to exist nowhere."""
    of = select(Notice.id).where(Notice.item_id == item_id)
    db.execute(update(Notice).where(Notice.item_id == item_id).values(sealed=None))
    db.execute(update(LegalCase).where(LegalCase.notice_id.in_(of)).values(sealed=None))


def _about(item_id: bytes) -> Select[Any]:
    """Ask for the notices about an item, as they stand; by their ids, which are random."""
    asked = select(Notice).where(Notice.item_id == item_id).order_by(Notice.id)
    return asked.execution_options(populate_existing=True)
