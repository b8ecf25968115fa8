"""Held cohorts at the desk: figures that an alarm keeps back are released, or left out by two.

The desk decides and writes its line; the next release run carries it out, so that nothing public
moves before. The rows are few and nobody types anything, so nobody claims one: version and state
are the whole guard.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, Select, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from app.employers.models import Employer
from app.figures.models import HeldCohort, Release
from app.moderation import audit, items
from app.moderation.desk import PROPOSE, UNDO, Beaten, Decided, Desk, NotThere, Refused, Undo
from app.moderation.hiding import RULE
from app.moderation.models import AuditOpening, Proposal
from app.moderation.powers import COHORT_POWERS, CohortAction, CohortPower
from app.staff.models import Staff
from app.weeks.quarters import monday

KIND: Final = "cohort"
HELD: Final = "held"
LAPSE: Final = "lapse"
LONGEST: Final = timedelta(days=14)


@dataclass(frozen=True)
class Held:
    """A cohort that is held, or was decided on and waits for the next release.

    employer: who stands for the one whose reports they are. until: the Monday whose release lets
    it go by itself. proposer: who proposes to leave its clusters out.
    """

    cohort: HeldCohort
    employer: Employer
    until: date
    proposer: str | None

    @property
    def waits(self) -> bool:
        """Tell whether nobody has decided yet."""
        return self.cohort.state == HELD


def listed(db: Session, desk: Desk) -> list[Held]:
    """Return the cohorts that somebody may see, the longest held first."""
    rows = db.execute(_seen(desk).order_by(HeldCohort.release, Employer.slug, HeldCohort.stratum))
    return [_held(db, *row) for row in rows.all()]


def waiting(db: Session, desk: Desk) -> int:
    """Count what waits for somebody's decision."""
    asked = _seen(desk).where(HeldCohort.state == HELD)
    return db.scalar(select(func.count()).select_from(asked.subquery())) or 0


def one(db: Session, desk: Desk, cohort_id: bytes) -> Held:
    """Return a cohort; raises NotThere, also for whoever is tied to its employer."""
    row = db.execute(_seen(desk).where(HeldCohort.id == cohort_id)).first()
    if row is None:
        raise NotThere(KIND)
    return _held(db, *row)


def path_of(cohort_id: bytes) -> str:
    """Return the address of a cohort's page."""
    return f"/desk/cohorts/{cohort_id.hex()}"


def names(cohort: HeldCohort, rule: str | None) -> bool:
    """Tell whether a rule is among those that held a cohort; no rule is always there."""
    return rule is None or any(each["rule"] == rule for each in cohort.rules)


def decide(
    db: Session, desk: Desk, cohort_id: bytes, version: int, action: CohortAction, today: date
) -> Decided:
    """Decide on a version of a held cohort; of two persons the first only proposes.

    Raises NotThere, Refused and Beaten, after which the transaction must not commit.
    """
    cohort = _taken(db, desk, cohort_id)
    if (cohort.version, cohort.state) != (version, HELD):
        raise Beaten("decided", items.last_decider(db, cohort_id))
    may = COHORT_POWERS[action]
    if desk.role not in may.roles or not names(cohort, may.rule):
        raise Refused("power")
    if may.step_up and not desk.proven:
        raise Refused("step_up")
    if may.two and not _agreed(db, desk, cohort, action, may):
        return _propose(db, desk, cohort, action, today)
    _step(db, desk, cohort, HELD, may.after)
    act = _act(desk.id, cohort_id, action, HELD, may.after, two=may.two)
    number = audit.write(db, act, today)
    way_back = Undo(KIND, cohort_id, desk.id, version + 1, number, action)
    return Decided(number, KIND, cohort_id, HELD, may.after, version + 1, undo=way_back)


def undo(db: Session, desk: Desk, way_back: Undo, today: date) -> Decided:
    """Take one's own decision or proposal back, as long as no release has carried it out.

    Raises NotThere, Refused("power") for another's, Beaten when somebody did something since.
    """
    if way_back.staff_id != desk.id:
        raise Refused("power")
    cohort = _taken(db, desk, way_back.item_id)
    before = cohort.state
    if cohort.version != way_back.version:
        raise Beaten("decided", items.last_decider(db, cohort.id))
    if way_back.action == PROPOSE:
        _withdraw(db, desk, way_back)
    else:
        _step(db, desk, cohort, before, HELD)
    number = audit.write(db, _act(desk.id, way_back.item_id, UNDO, before, HELD), today)
    version = way_back.version + (way_back.action != PROPOSE)
    return Decided(number, KIND, way_back.item_id, before, HELD, version)


def lapse(db: Session, today: date) -> int:
    """Let go what no later weekly release would in time: none is held over fourteen days.

    Returns how many; each is a line of the log. Whoever decides at once waits, or is beaten.
    """
    asked = select(HeldCohort, Release.day).join(Release, Release.number == HeldCohort.release)
    # All rows are held before the head of the log is: whoever decides does it in this order too.
    held = asked.where(HeldCohort.state == HELD).order_by(HeldCohort.id)
    rows = db.execute(held.with_for_update(of=HeldCohort)).all()
    over = [cohort for cohort, day in rows if today >= _until(day)]
    for cohort in over:
        after = COHORT_POWERS["release"].after
        guarded = update(HeldCohort).where(HeldCohort.id == cohort.id, HeldCohort.state == HELD)
        items.changed(db, guarded.values(state=after, version=HeldCohort.version + 1))
        db.execute(delete(Proposal).where(Proposal.item_id == cohort.id))
        audit.write(db, _act(RULE, cohort.id, LAPSE, HELD, after, source="rule"), today)
    return len(over)


def _until(held: date) -> date:
    return monday(held + LONGEST)


def _seen(desk: Desk) -> Select[HeldCohort, Employer, date]:
    """Ask for cohorts with who stands for their employer, without those of a tie."""
    filed_for, tied = aliased(Employer), aliased(Employer)
    asked = (
        select(HeldCohort, Employer, Release.day)
        .join(filed_for, filed_for.id == HeldCohort.employer_id)
        .join(Employer, Employer.id == filed_for.canonical_id)
        .join(Release, Release.number == HeldCohort.release)
        .execution_options(populate_existing=True)
    )
    if not desk.ties:
        return asked
    own = select(tied.canonical_id).where(tied.id.in_(desk.ties))
    return asked.where(Employer.id.not_in(own))


def _held(db: Session, cohort: HeldCohort, employer: Employer, since: date) -> Held:
    proposal = _proposal(db, cohort)
    proposer = items.name_of(db, proposal.staff_id) if proposal else None
    return Held(cohort, employer, _until(since), proposer)


def _taken(db: Session, desk: Desk, cohort_id: bytes) -> HeldCohort:
    """Hold a cohort's row; others wait until it is done."""
    asked = select(HeldCohort).where(HeldCohort.id == cohort_id).with_for_update()
    cohort = db.scalar(asked.execution_options(populate_existing=True))
    if cohort is None:
        lines = select(AuditOpening.number).where(AuditOpening.item_id == cohort_id).limit(1)
        if db.scalar(lines) is None:
            raise NotThere(KIND)
        raise Beaten("decided", items.last_decider(db, cohort_id))  # and a release carried it out
    if items.tied(db, desk, cohort.employer_id):
        raise NotThere(KIND)
    return cohort


def _step(db: Session, desk: Desk, cohort: HeldCohort, before: str, after: str) -> None:
    """Take a cohort from one state to another in one guarded UPDATE; void what was proposed."""
    same = HeldCohort.id == cohort.id, HeldCohort.version == cohort.version
    guarded = update(HeldCohort).where(*same, HeldCohort.state == before)
    if not items.changed(db, guarded.values(state=after, version=cohort.version + 1)):
        raise Beaten("decided", items.last_decider(db, cohort.id))
    db.execute(delete(Proposal).where(Proposal.item_id == cohort.id))


def _proposal(db: Session, cohort: HeldCohort) -> Proposal | None:
    """Return what somebody proposes for a cohort as it stands."""
    proposal = db.get(Proposal, cohort.id, populate_existing=True)
    return proposal if proposal and proposal.version == cohort.version else None


def _agreed(
    db: Session, desk: Desk, cohort: HeldCohort, action: CohortAction, may: CohortPower
) -> bool:
    """Tell whether another person proposed the same; raises Refused("same_person") for one's own.

    Whoever proposed must still be one of those who may.
    """
    proposal = _proposal(db, cohort)
    if proposal is None or proposal.action != action:
        return False
    if proposal.staff_id == desk.id:
        raise Refused("same_person")
    proposer = db.get_one(Staff, proposal.staff_id)
    return proposer.active and proposer.role in may.roles


def _propose(
    db: Session, desk: Desk, cohort: HeldCohort, action: CohortAction, today: date
) -> Decided:
    number = audit.write(db, _act(desk.id, cohort.id, PROPOSE, HELD, HELD), today)
    db.merge(
        Proposal(
            item_id=cohort.id,
            staff_id=desk.id,
            kind=KIND,
            version=cohort.version,
            action=action,
            number=number,
        )
    )
    db.flush()
    way_back = Undo(KIND, cohort.id, desk.id, cohort.version, number, PROPOSE)
    of = (KIND, cohort.id, HELD, HELD, cohort.version)
    return Decided(number, *of, proposed=True, undo=way_back)


def _withdraw(db: Session, desk: Desk, way_back: Undo) -> None:
    mine = Proposal.item_id == way_back.item_id, Proposal.staff_id == desk.id
    gone = db.execute(delete(Proposal).where(*mine, Proposal.number == way_back.number))
    if cast("CursorResult[Any]", gone).rowcount != 1:
        raise Beaten("decided", items.last_decider(db, way_back.item_id))


def _act(
    staff_id: bytes,
    cohort_id: bytes,
    action: str,
    before: str,
    after: str,
    *,
    source: str = "alarm",
    two: bool = False,
) -> audit.Act:
    """Return what the log says: never the employer, nor how long it waited (docs/desk.md)."""
    of = (KIND, action, source, before, after, cohort_id, staff_id)
    return audit.Act(*of, automated=True, two=two)
