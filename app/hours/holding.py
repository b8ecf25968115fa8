"""Cohorts over which the alarm sounds: held instead of published, until the desk has decided.

A held cohort is frozen and drawn as any other. Releasing it publishes the very same numbers;
leaving its clusters out throws them away, and whoever is in no cluster waits again.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import insert_once
from app.employers import directory
from app.employers.models import Employer
from app.figures import alarm, publishing, snapshot
from app.figures.bins import HEADLINE
from app.figures.models import LEFT_OUT, Cohort, CohortNote, HeldCohort, Release, Stratum
from app.figures.window import FrozenCohort
from app.hours.models import EMPTY, HourReport
from app.weeks.arithmetic import Week

ANSWERS: Final = (
    HourReport.start,
    HourReport.end,
    HourReport.days,
    HourReport.lunch,
    HourReport.dinner,
    HourReport.friday_end,
)
# Any other state than this is a decision that the next release carries out.
HELD: Final = "held"
RELEASED: Final = "released"
_BATCH: Final = 500

Rules = list[dict[str, Any]]


def rules(
    weeks: Sequence[Week],
    counts: Mapping[str, Sequence[int]],
    cohort: Cohort,
    published: Sequence[FrozenCohort],
) -> Rules:
    """Say which rules sound over a cohort by what is in it, each with its statistic, rounded."""
    found: Rules = []
    if clusters := alarm.alike([alarm.cell(week) for week in weeks], published):
        inside = sum(cluster.reports for cluster in clusters)
        likely = sum(cluster.likely for cluster in clusters)
        found.append(
            {
                "rule": "alike",
                "clusters": len(clusters),
                "share": round(inside / len(weeks), 1),
                "likely": round(likely / len(weeks), 1),
            }
        )
    deviations = alarm.shift(counts, cohort.epsilon, cohort.least, published)
    if alarm.shifted(deviations):
        found.append({"rule": "shift", "deviations": round(deviations)})
    return found


def hold(db: Session, cohort: Cohort, counts: Mapping[str, Sequence[int]], sounded: Rules) -> None:
    """Keep a cohort and its noisy counts from the public."""
    db.add(
        HeldCohort(
            id=cohort.id,
            employer_id=cohort.employer_id,
            stratum=cohort.stratum,
            quarter=cohort.quarter,
            release=cohort.release,
            least=cohort.least,
            epsilon=cohort.epsilon,
            counts={kind: list(noisy) for kind, noisy in counts.items()},
            rules=sounded,
            state=HELD,
            version=0,
        )
    )
    db.flush()


def is_held(db: Session, family: Sequence[bytes], stratum: Stratum) -> bool:
    """Tell whether a cohort of a family and stratum is held: further reports wait with it."""
    held = select(HeldCohort.id).where(
        HeldCohort.employer_id.in_(family), HeldCohort.stratum == stratum
    )
    return db.scalar(held.limit(1)) is not None


def carry_out(db: Session, release: Release) -> list[tuple[Employer, Stratum]]:
    """Do what was decided since the last release; whose figures it concerns."""
    asked = select(HeldCohort).where(HeldCohort.state != HELD).order_by(HeldCohort.id)
    changed: list[tuple[Employer, Any]] = []
    for held in db.scalars(asked.with_for_update()).all():
        employer = directory.canonical(db, db.get_one(Employer, held.employer_id))
        if held.state == RELEASED:
            _publish(db, held, release)
            _note(db, held, RELEASED)
        elif _leave_out(db, held, directory.family(db, employer)):
            _note(db, held, LEFT_OUT)
        db.delete(held)
        changed.append((employer, held.stratum))
    db.flush()
    return changed


def _publish(db: Session, held: HeldCohort, release: Release) -> None:
    """Publish the very numbers that were drawn then, in the quarter of the freezing."""
    cohort = Cohort(
        id=held.id,
        employer_id=held.employer_id,
        stratum=held.stratum,
        quarter=held.quarter,
        release=release.number,
        least=held.least,
        epsilon=held.epsilon,
    )
    publishing.publish(db, cohort, held.counts)


def _leave_out(db: Session, held: HeldCohort, family: Sequence[bytes]) -> bool:
    """Wipe the reports in clusters and let the others wait again; False if there are none at all.

    That a draw was thrown away is noted also where whoever filed a cluster has withdrawn it: the
    desk saw the draw, and is shown no second one of those who wait.
    """
    mine = HourReport.cohort_id == held.id
    rows: Iterable[Any] = db.execute(select(HourReport.id, *ANSWERS).where(mine))
    cells = {row[0]: alarm.cell(Week(*row[1:])) for row in rows}
    stratum: Any = held.stratum
    then = db.get_one(Release, held.release)
    published = snapshot.summed(
        publishing.cohorts(db, family, stratum, until=then.number), then.day
    )
    clusters = _named(held, list(cells.values()), published)
    out = [report for report, cell in cells.items() if cell in clusters]
    for first in range(0, len(out), _BATCH):
        these = HourReport.id.in_(out[first : first + _BATCH])
        db.execute(update(HourReport).where(these, mine).values(**EMPTY))
    db.execute(update(HourReport).where(mine).values(cohort_id=None))
    return bool(cells)


def _named(
    held: HeldCohort, cells: Sequence[alarm.Cell], published: Sequence[FrozenCohort]
) -> set[alarm.Cell]:
    """Find the clusters anew that the rule named, in the light of what was published by then.

    Who has withdrawn meanwhile is gone, and counts on, about as the draw does, as somebody who
    said what nobody else did. Else whoever withdraws many reports of a cohort would make others
    too many of the few that are left, and wiped as a cluster of which the desk was never told.
    """
    drawn = sum(held.counts[HEADLINE.kind])
    gone = [(-number,) for number in range(1, drawn - len(cells) + 1)]
    found = alarm.alike([*cells, *gone], published)
    found.sort(key=lambda each: (each.reports - each.likely) / math.sqrt(max(1.0, each.likely)))
    most = sum(rule.get("clusters", 0) for rule in held.rules)
    return {cluster.cell for cluster in found[-most:]} if most else set()


def _note(db: Session, held: HeldCohort, outcome: str) -> None:
    insert_once(
        db,
        CohortNote,
        employer_id=held.employer_id,
        stratum=held.stratum,
        quarter=held.quarter,
        outcome=outcome,
    )
