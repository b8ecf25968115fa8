"""Writing figures: cohorts as they are frozen, and the rows that pages read, rebuilt from them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, cast

from sqlalchemy import Select, bindparam, delete, func, select
from sqlalchemy.orm import Session, aliased

from app.employers import directory
from app.employers.models import Employer
from app.figures import alarm, snapshot
from app.figures.bins import HEADLINE
from app.figures.models import (
    STRATA,
    Cohort,
    CohortCounts,
    CohortNote,
    Ranking,
    Release,
    Snapshot,
    Stratum,
)
from app.figures.window import FrozenCohort
from app.weeks.quarters import Quarter

_IN_THE_LIST: Final = (
    "stratum",
    "about",
    "presence",
    "working",
    "overtime",
    "over_line",
    "line",
    "codes",
    "lights",
)


def latest(db: Session) -> Release | None:
    """The latest release; None before the first."""
    return db.scalars(select(Release).order_by(Release.number.desc()).limit(1)).first()


def cohorts(
    db: Session, family: Iterable[bytes], stratum: Stratum, *, until: int | None = None
) -> list[FrozenCohort]:
    """Every cohort of an employer's family and one stratum, as published, until a release."""
    asked = (
        select(Cohort, CohortCounts.kind, CohortCounts.counts)
        .join(CohortCounts, CohortCounts.cohort_id == Cohort.id)
        .where(Cohort.employer_id.in_(family), Cohort.stratum == stratum)
        .order_by(Cohort.id)
    )
    if until is not None:
        asked = asked.where(Cohort.release <= until)
    counts: dict[bytes, dict[str, tuple[int, ...]]] = {}
    found: dict[bytes, Cohort] = {}
    for cohort, kind, noisy in db.execute(asked):
        found[cohort.id] = cohort
        counts.setdefault(cohort.id, {})[kind] = tuple(noisy)
    return [
        FrozenCohort(Quarter.parse(row.quarter), row.least, row.epsilon, counts[row.id])
        for row in found.values()
    ]


def year(frozen: Sequence[FrozenCohort], day: date) -> int:
    """Reports frozen in the four quarters up to a day, as published: with their noise."""
    return sum(sum(c.counts[HEADLINE.kind]) for c in snapshot.summed(frozen, day))


def paces(db: Session, last: date) -> dict[tuple[bytes, Stratum], alarm.Pace]:
    """How many reports every employer and stratum usually gets in a week, up to a release."""
    whose = Employer.canonical_id, Cohort.stratum
    first: dict[Any, date] = {
        (row.canonical_id, row.stratum): row.day
        for row in db.execute(
            select(*whose, func.min(Release.day).label("day"))
            .select_from(Cohort)
            .join(Employer, Employer.id == Cohort.employer_id)
            .join(Release, Release.number == Cohort.release)
            .group_by(*whose)
        )
    }
    told: dict[Any, list[alarm.Told]] = {key: [] for key in first}
    asked = (
        select(*whose, Release.day, Cohort.least, Cohort.epsilon, CohortCounts.counts)
        .select_from(Cohort)
        .join(Employer, Employer.id == Cohort.employer_id)
        .join(Release, Release.number == Cohort.release)
        .join(CohortCounts, CohortCounts.cohort_id == Cohort.id)
        .where(
            CohortCounts.kind == HEADLINE.kind,
            Release.day > last - timedelta(weeks=alarm.MEMORY),
        )
    )
    for row in db.execute(asked):
        each = alarm.Told(row.day, sum(row.counts), row.least, row.epsilon)
        told[row.canonical_id, row.stratum].append(each)
    return {key: alarm.pace(told[key], first[key], last) for key in first}


def outgrown(db: Session, last: date, day: date) -> list[tuple[Employer, Stratum]]:
    """Employers and strata with a cohort, or a note, that counted on one day and is now too old."""
    return [
        (employer, stratum)
        for table in (Cohort, CohortNote)
        for stratum in STRATA
        for employer in db.scalars(_outgrown(table, last, day), {"stratum": stratum})
    ]


def _outgrown(table: type[Cohort | CohortNote], last: date, day: date) -> Select[Any]:
    frozen_for = aliased(Employer)
    asked: Any = (
        select(Employer)
        .join(frozen_for, frozen_for.canonical_id == Employer.id)
        .join(table, table.employer_id == frozen_for.id)
        .where(
            table.quarter >= str(snapshot.oldest_summed(last)),
            table.quarter < str(snapshot.oldest_summed(day)),
            table.stratum == bindparam("stratum"),
        )
        .group_by(Employer.id)
    )
    return cast("Select[Any]", asked)


def publish(db: Session, cohort: Cohort, counts: Mapping[str, Sequence[int]]) -> None:
    """Write a cohort and its noisy counts, by kind."""
    db.add(cohort)
    db.flush()
    db.add_all(
        CohortCounts(cohort_id=cohort.id, kind=kind, counts=list(noisy))
        for kind, noisy in counts.items()
    )
    db.flush()


def rebuild(db: Session, employer: Employer, stratum: Stratum, release: Release) -> None:
    """Make the snapshot and the ranking row of an employer's stratum anew, or drop both.

    They are dropped when no cohort is left in the quarters that are summed.
    """
    family = directory.family(db, employer)
    frozen = cohorts(db, family, stratum)
    if not snapshot.summed(frozen, release.day):
        for table in (Snapshot, Ranking):
            own = (table.employer_id == employer.id) & (table.stratum == stratum)
            db.execute(delete(table).where(own))
        return
    law = snapshot.Law.at(employer.place, release.day)
    numbers = snapshot.build(frozen, stratum, law, release.number, release.day)
    numbers["held"] = _held(db, family, stratum, release.day)
    db.merge(Snapshot(employer_id=employer.id, stratum=stratum, numbers=numbers))
    db.merge(_ranking(employer.id, stratum, numbers))


def _held(db: Session, family: Sequence[bytes], stratum: Stratum, day: date) -> list[str]:
    """What became of cohorts that were held in the quarters summed on a day; not how many."""
    asked = select(CohortNote.outcome).where(
        CohortNote.employer_id.in_(family),
        CohortNote.stratum == stratum,
        CohortNote.quarter >= str(snapshot.oldest_summed(day)),
    )
    return sorted(set(db.scalars(asked)))


def _ranking(employer_id: bytes, stratum: str, numbers: dict[str, Any]) -> Ranking:
    working, overtime = numbers["working"], numbers["overtime"]
    return Ranking(
        stratum=stratum,
        employer_id=employer_id,
        hours=working["median"],
        low=working["low"],
        high=working["high"],
        overtime=overtime and overtime["median"],
        about=numbers["about"],
        codes=" ".join(numbers["codes"] or ()),
        numbers={name: numbers[name] for name in _IN_THE_LIST},
    )
