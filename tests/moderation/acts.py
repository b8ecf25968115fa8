"""Acts of the desk as lines of the log tell of them, for tests that begin at the log."""

from datetime import date
from typing import Final

from app.db import random_id
from app.moderation.audit import Act

FIRST: Final = date(2026, 10, 1)
_AFTER: Final = {
    "approve": "published",
    "remove": "removed",
    "return": "returned",
    "hide": "hidden",
    "remove_image": "published",
    "suppress": "suppressed",
    "uphold": "removed",
    "restore": "published",
    "undo": "pending",
    "end_hiding": "published",
}


def act(
    action: str = "remove",
    *,
    kind: str = "comment",
    reason: str | None = "contact",
    source: str = "triage",
    automated: bool = True,
    employer_id: bytes | None = None,
    item_id: bytes | None = None,
    staff_id: bytes | None = None,
    days: str = "0",
    outcome: str | None = None,
) -> Act:
    """Return one act, on a comment of its own unless it is said on what."""
    return Act(
        kind=kind,
        action=action,
        source=source,
        before="pending",
        after=_AFTER.get(action, "pending"),
        item_id=item_id or random_id(),
        staff_id=staff_id or random_id(),
        employer_id=employer_id,
        reason=reason,
        automated=automated,
        days=days,
        outcome=outcome,
        two=action == "suppress",
    )
