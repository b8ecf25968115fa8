"""A scripted month of the desk: acts as its verbs write them, by a seeded chance."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from app.db import random_id
from app.moderation import audit
from app.moderation.audit import Act, bucket
from app.triage.reasons import REASONS

FIRST: Final = date(2026, 10, 1)
DAYS: Final = 31
_RESTRICTING: Final = ("remove", "return", "hide", "remove_image", "suppress")
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


def month(db: Session, items: int, employers: Sequence[bytes], seed: int = 1) -> None:
    """Write a month of acts, in the order of its days."""
    rng = random.Random(seed)
    for day in sorted(rng.randrange(DAYS) for _ in range(items)):
        audit.write(db, _any(rng, employers), FIRST + timedelta(days=day))


def _any(rng: random.Random, employers: Sequence[bytes]) -> Act:
    action = rng.choice((*_AFTER, "approve", "approve", "remove", "remove", "answer"))
    if action == "answer":
        return act(action, kind="demand", source="notice", automated=False, outcome="nothing")
    outcome = {"uphold": "upheld", "restore": "restored"}.get(action)
    return act(
        action,
        reason=rng.choice(list(REASONS)) if action in _RESTRICTING else None,
        source="appeal" if outcome else rng.choice(("triage", "flag", "notice", "own", "rule")),
        automated=rng.random() < 0.5,
        employer_id=rng.choice((None, *employers)),
        days=bucket(rng.choice((0, 0, 1, 2, 3, 5, 9))),
        outcome=outcome,
    )
