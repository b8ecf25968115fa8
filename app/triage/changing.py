"""An item whose words have changed: a new version, weighed anew, without forgetting who asked.

Whoever changes words on which somebody is deciding does not outrun the decision: readers see the
new ones when the desk has decided on them.
"""

from datetime import date, datetime
from typing import Final

from sqlalchemy.orm.attributes import flag_modified

from app.triage import weighing
from app.triage.item import Judged
from app.triage.reasons import REASONS
from app.triage.states import VISIBLE
from app.triage.weighing import Weighed

# Why something waits that is not in its words: an edit does not end it. What others asked for keeps
# its severity too, and so does what the desk hid and has not decided on.
_ASKED: Final = frozenset({weighing.FLAGS, "notice", "legal", "contested", "handed_over", *REASONS})
# Where an edit could bring new words before readers, or leave them there.
UNDECIDED: Final = VISIBLE | {"held"}
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


def overtaken(item: Judged, now: datetime) -> bool:
    """Tell whether the desk is deciding just now whether readers see an item.

    Somebody's lease is running, or the first of two persons has agreed to something.
    """
    if item.state not in UNDECIDED:
        return False
    return bool(item.lease_left(now)) or weighing.PROPOSED in (item.why or "").split(",")


def weighed_again(item: Judged, found: Weighed, now: datetime) -> Weighed:
    """Weigh an item whose words have changed; what made it wait besides its words stays.

    Before `begin_version`, which ends the lease. What the desk was deciding on keeps all that made
    it wait, and is out of sight until it is decided.
    """
    waited = [code for code in (item.why or "").split(",") if code]
    looked_at = overtaken(item, now)
    if looked_at:
        codes = [*(code for code in waited if code != weighing.PROPOSED), weighing.CHANGED]
    elif item.state == "returned":
        codes = [weighing.CHANGED]
    else:
        codes = [code for code in waited if code in _STAYING]
    if not codes:
        return found
    why = found.why
    for code in codes:
        why = weighing.with_code(why, code)
    held = weighing.CHANGED in codes or found.state == "held"
    was = item.severity if looked_at or _ASKED & set(codes) else None
    grave = min(found.severity or weighing.MILDEST, was or weighing.MILDEST)
    return Weighed("held" if held else "pending", grave, why)
