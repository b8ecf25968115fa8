"""What a receipt tells: where a notice stands, what was done about it, why, how to contest it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.moderation import items, notices
from app.moderation.legal_profiles import PROFILES, Profile
from app.moderation.models import AuditEntry, AuditOpening
from app.moderation.notice_models import LegalCase, Notice
from app.moderation.powers import POWERS
from app.triage.reasons import REASONS, Reason
from app.web.languages import N_

# What was done, as message ids.
DONE: Final = {
    "kept": N_("It stays. The desk looked at it and found nothing against the rules."),
    "judged": N_("It stays. The desk had looked at the same words before, and left them."),
    "removed": N_("It was taken out."),
    "returned": N_("It is out of sight until whoever wrote it has changed it."),
    "image": N_("Its picture was taken out."),
    "restored": N_("It was taken out, and another person put it back after an appeal."),
    "withdrawn": N_("Whoever wrote it withdrew it."),
    "nothing": N_("Nothing was handed over: who wrote it is kept nowhere."),
}


@dataclass(frozen=True)
class Told:
    """A notice as its sender may read it.

    before: the day on which the desk had looked at the same words already; until: the last day
    on which the writer may answer; profile: of the law that it claims; who: it asked for a name;
    contestable: another person may be asked for.
    """

    notice: Notice
    reason: Reason
    given: Reason | None
    done: str | None
    before: date | None
    until: date | None
    profile: Profile | None
    who: bool
    contestable: bool


def told(db: Session, code: bytes, today: date) -> Told | None:
    """Return what became of the notice that a code is of, or None."""
    notice = notices.find(db, code)
    if notice is None:
        return None
    case = db.get(LegalCase, notice.id)
    return Told(
        notice=notice,
        reason=REASONS[notice.reason],
        given=REASONS.get(notice.given or ""),
        done=DONE.get(_outcome(db, notice) or ""),
        before=_judged(db, notice) if notice.outcome == "judged" else None,
        until=case.until if case and notice.state == "asked" else None,
        profile=PROFILES.get(case.place) if case else None,
        who=_asked_who(db, notice),
        contestable=notices.contestable(db, notice, today),
    )


def _outcome(db: Session, notice: Notice) -> str | None:
    """What was done, or that the item is withdrawn, which nobody decides."""
    if notice.outcome:
        return notice.outcome
    item = items.of(db, notice.item_id)
    return "withdrawn" if item and item.state == "withdrawn" else None


def _judged(db: Session, notice: Notice) -> date | None:
    """The day of the last decision on an item before a notice about it came."""
    lines = select(AuditEntry.day).join(AuditOpening, AuditOpening.number == AuditEntry.number)
    lines = lines.where(
        AuditOpening.item_id == notice.item_id,
        AuditEntry.number < notice.number,
        AuditEntry.after == "published",
        AuditEntry.action.in_(POWERS),
    )
    return db.scalar(lines.order_by(AuditEntry.number.desc()).limit(1))


def _asked_who(db: Session, notice: Notice) -> bool:
    """Tell whether a notice asked who wrote it: its line, or the one after it, says so."""
    demands = select(AuditEntry.number).join(AuditOpening, AuditOpening.number == AuditEntry.number)
    near = AuditEntry.number.in_((notice.number, notice.number + 1))
    found = demands.where(near, AuditEntry.kind == "demand", AuditOpening.item_id == notice.item_id)
    return db.scalar(found) is not None
