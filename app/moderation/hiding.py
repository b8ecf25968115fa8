"""Interim hiding ends by itself at the third midnight: the item is seen again, and still waits."""

from datetime import date
from typing import Final, cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.moderation import audit, items
from app.moderation.desk import END_HIDING
from app.moderation.items import Item

# Who acts where a rule does; nobody of the staff has this id.
RULE: Final = bytes(16)


def end(db: Session, today: date) -> int:
    """Show again one item that was hidden until this day or an earlier one; 0 if there is none.

    One in a transaction, because each changes editions after it has held a thread.
    hidden_until stays, so that the same wording is not hidden a second time. Safe beside others.
    """
    # Whatever is hidden waits, and so has a severity, of which there is an index.
    for model in items.MODELS:
        over = select(model).where(
            model.severity.is_not(None), model.state == "hidden", model.hidden_until <= today
        )
        item = cast("Item | None", db.scalar(over.order_by(model.id).limit(1)))
        if item is not None:
            return _show(db, items.kind_of(item), item.id, today)
    return 0


def _show(db: Session, kind: str, item_id: bytes, today: date) -> int:
    verbs = items.KINDS[kind]
    model = verbs.model
    verbs.hold(db, item_id)
    shown = update(model).where(model.id == item_id, model.state == "hidden")
    shown = shown.where(model.hidden_until <= today)
    values = {"state": "pending", "version": model.version + 1, "holder": None, "lease_until": None}
    if not items.changed(db, shown.values(values)):
        return 1  # by somebody else, before we held its row
    item = items.get(db, kind, item_id)
    verbs.appear(db, item_id, today)
    act = audit.Act(
        kind=kind,
        action=END_HIDING,
        source="rule",
        before="hidden",
        after="pending",
        item_id=item_id,
        staff_id=RULE,
        employer_id=verbs.employer_of(db, item_id),
        reason=items.reason_of(item),
        automated=True,
    )
    audit.write(db, act, today)
    return 1
