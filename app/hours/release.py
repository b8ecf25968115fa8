"""A release: pending reports become cohorts, cohorts become figures. The one way out.

A cohort over which the alarm sounds is held until the desk has decided (app/hours/holding.py).
One transaction does it all, so that a run that is killed leaves nothing behind, and a run after
it, or beside it, counts every report once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.db import Database, insert_once, random_id
from app.employers import directory
from app.employers.models import Employer
from app.figures import budget, publishing, snapshot
from app.figures.bins import BY_KIND, indices
from app.figures.models import Cohort, Release, Stratum
from app.figures.window import FrozenCohort
from app.hours import holding, watching
from app.hours.cohorts import secret_draw, threshold
from app.hours.holding import ANSWERS
from app.hours.models import PENDING, HourReport
from app.hours.noise import protect
from app.hours.purge import WAITS, purge
from app.hours.watching import Watch
from app.settings import Settings
from app.web import editions
from app.weeks.arithmetic import Week
from app.weeks.quarters import Quarter, monday


@dataclass(frozen=True)
class Outcome:
    """What a run came to: the latest release, and the addresses of the employers it rebuilt."""

    number: int
    day: date
    new: bool
    rebuilt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """One release in the making: its row, its rules, and whether a quarter closed before it."""

    release: Release
    settings: Settings
    quarter_closed: bool

    @property
    def quarter(self) -> Quarter:
        """The quarter in which its cohorts count."""
        return Quarter.of(self.release.day)


def run(database: Database, settings: Settings, day: date) -> Outcome:
    """Release what has gathered by a day; once a week, and never for a week before the last."""
    with database.transaction() as db:
        last = publishing.latest(db)
        if last and monday(last.day) >= monday(day):
            return Outcome(last.number, last.day, new=False)
        number = last.number + 1 if last else 1
        # The row is also the turn: a second run beside this one waits here, and then has nothing
        # to do.
        if not insert_once(db, Release, number=number, day=day):
            return Outcome(number, day, new=False)
        closed = last is None or Quarter.of(last.day) < Quarter.of(day)
        this = Run(db.get_one(Release, number), settings, closed)
        since = last.day if last else day
        watch = watching.look(db, _ready(this), since, day)
        rebuilt = _release(db, this, since, watch)
        purge(db, day)
        watching.note(db, _ready(this), watch)
        editions.bump(db, "release")
    return Outcome(number, day, new=True, rebuilt=rebuilt)


def _release(db: Session, this: Run, last: date, watch: Watch) -> tuple[str, ...]:
    """Do what was decided, freeze what has gathered, rebuild whoever it concerns.

    Their addresses, in order.

    It concerns also those of whom a quarter summed on the day of the last release is too old now.
    """
    changed = holding.carry_out(db, this.release)
    changed += [each for each in list(_gathered(db, this)) if _freeze(db, this, watch, *each)]
    changed += publishing.outgrown(db, last, this.release.day)
    for employer, stratum in dict.fromkeys(changed):
        publishing.rebuild(db, employer, stratum, this.release)
    return tuple(sorted({employer.slug for employer, _ in changed}))


def _gathered(db: Session, this: Run) -> Iterator[tuple[Employer, Stratum]]:
    """Confirmed employers and strata with k pending reports or more."""
    filed_for = aliased(Employer)
    asked = (
        select(Employer, HourReport.verified)
        .join(filed_for, filed_for.id == HourReport.employer_id)
        .join(Employer, Employer.id == filed_for.canonical_id)
        .where(PENDING, _ready(this), Employer.status == "confirmed")
        .group_by(Employer.id, HourReport.verified)
        .having(func.count() >= this.settings.release_min_reports)
    )
    for employer, verified in db.execute(asked):
        yield employer, "verified" if verified else "self_reported"


def _ready(this: Run) -> ColumnElement[bool]:
    """Reports of the last year, but those that shall be verified later while they still may.

    Which they may until the next quarter ends; the last release before that takes them as they
    are.
    """
    oldest = str(this.quarter.plus(-WAITS))
    no_longer = str(Quarter.of(this.release.day + timedelta(weeks=1)).plus(-2))
    as_they_are = or_(
        HourReport.verified, ~HourReport.verify_later, HourReport.quarter <= no_longer
    )
    return (HourReport.quarter >= oldest) & as_they_are


def _freeze(db: Session, this: Run, watch: Watch, employer: Employer, stratum: Stratum) -> bool:
    """Freeze the pending reports of an employer's stratum as one cohort, if they are enough.

    True if it was published. While one of its cohorts is held, further reports wait; but not at
    the first release after a quarter closed, which for some of them is the last.
    """
    family = directory.family(db, employer)
    if not this.quarter_closed and holding.is_held(db, family, stratum):
        return False
    frozen = publishing.cohorts(db, family, stratum)
    wanted = _wanted(this, employer, stratum, frozen)
    cohort_id = random_id()
    turn = db.begin_nested()
    answers = _claim(db, this, family, stratum, cohort_id)
    if len(answers) < wanted:
        turn.rollback()
        return False
    turn.commit()
    cohort = Cohort(
        id=cohort_id,
        employer_id=employer.id,
        stratum=stratum,
        quarter=str(this.quarter),
        release=this.release.number,
        least=this.settings.release_min_reports,
        epsilon=this.settings.release_epsilon,
    )
    counts = _noisy(answers, cohort.epsilon)
    published = snapshot.summed(frozen, this.release.day)
    sounded = watch.taken(employer, stratum) + holding.rules(answers, counts, cohort, published)
    if sounded:
        holding.hold(db, cohort, counts, sounded)
    else:
        publishing.publish(db, cohort, counts)
    return not sounded


def _wanted(this: Run, employer: Employer, stratum: Stratum, frozen: Sequence[FrozenCohort]) -> int:
    """How many reports the next cohort needs."""
    key = this.settings.key("when a cohort is frozen")
    named = (employer.id, stratum.encode(), str(len(frozen)).encode())
    return threshold(
        this.settings.release_min_reports,
        publishing.year(frozen, this.release.day),
        secret_draw(key, named),
        this.quarter_closed,
    )


def _claim(
    db: Session, this: Run, family: Sequence[bytes], stratum: Stratum, cohort_id: bytes
) -> list[Week]:
    """Mark the pending reports with the cohort's id; the weeks of exactly those that were marked.

    Claiming first and counting what was claimed leaves no moment between the two in which a
    report could be changed, withdrawn or filed. What is being changed just now is left for the
    next cohort: waiting for it could end in a deadlock.
    """
    pending = (
        select(HourReport.id)
        .where(
            PENDING,
            _ready(this),
            HourReport.verified.is_(stratum == "verified"),
            HourReport.employer_id.in_(family),
        )
        .with_for_update(skip_locked=True)
    )
    rows: Iterable[Any] = db.execute(
        update(HourReport)
        .where(HourReport.id.in_(pending.scalar_subquery()))
        .values(cohort_id=cohort_id)
        .returning(*ANSWERS)
        .execution_options(synchronize_session=False)
    )
    return [Week(*row) for row in rows]


def _noisy(weeks: Iterable[Week], epsilon: float) -> dict[str, list[int]]:
    """The noisy counts of every weekly kind; the exact ones exist in here only."""
    counts: dict[str, Any] = {kind: [0] * len(bins) for kind, bins in BY_KIND.items()}
    for week in weeks:
        for kind, index in indices(week).items():
            counts[kind][index] += 1
    return {kind: protect(exact, budget.scale(kind, epsilon)) for kind, exact in counts.items()}
