"""An item whose words have changed: a new version, weighed anew, without forgetting who asked."""

from datetime import date
from typing import Final

from sqlalchemy.orm.attributes import flag_modified

from app.triage import weighing
from app.triage.item import Judged
from app.triage.weighing import Weighed

# Why something waits that is not in its words: an edit does not end it. What others asked for keeps
# its severity too.
_ASKED: Final = frozenset({weighing.FLAGS, "notice", "handed_over"})
_STAYING: Final = _ASKED | {weighing.FIRST, weighing.COPIES, weighing.CHANGED}


def begin_version(item: Judged) -> None:
    """Make every decision void that is being made on the words before, and those that were."""
    item.version += 1
    item.judged = False
    item.holder = item.lease_until = None
    # Written also where they were empty when we looked: a lease may have been taken since.
    for column in ("holder", "lease_until"):
        flag_modified(item, column)


def note(item: Judged, found: Weighed, today: date) -> None:
    """Write into an item's row what it waits for; its state is the caller's."""
    item.severity, item.why = found.severity, found.why
    waits = item.waits_since or today
    item.waits_since = waits if found.severity else None


def weighed_again(item: Judged, found: Weighed) -> Weighed:
    """Weigh an item whose words have changed; what made it wait besides its words stays."""
    codes = [] if item.judged else (item.why or "").split(",")
    codes = [code for code in codes if code in _STAYING]
    if item.state == "returned":
        codes = [weighing.CHANGED]
    if not codes:
        return found
    why = found.why
    for code in codes:
        why = weighing.with_code(why, code)
    held = weighing.CHANGED in codes or found.state == "held"
    was = item.severity if _ASKED & set(codes) else None
    grave = min(found.severity or weighing.MILDEST, was or weighing.MILDEST)
    return Weighed("held" if held else "pending", grave, why)
