"""How many reports came since the last release, where a burst came, and what is noted of it.

No report has a day. What waits now, less about what waited then, came in between.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from app.employers.models import Employer
from app.figures import alarm, publishing
from app.figures.histogram import variance
from app.figures.models import Stratum
from app.hours.models import PENDING, HourReport, Waiting
from app.hours.noise import protect
from app.weeks.quarters import monday

NOISE: Final = 0.5  # the scale: a report spends epsilon 2 on what is noted, until the next release
LEAST: Final = 3  # fewer are not noted at all
_ROUNDED: Final = 5

Key = tuple[bytes, Stratum]


@dataclass(frozen=True)
class Watch:
    """Bursts that no cohort has taken in yet, and what is usual, by employer and stratum.

    bursts: about how many came in that week. usual: how many were to be expected since the last
    release.
    """

    bursts: dict[Key, int]
    usual: Mapping[Key, float]

    def taken(self, employer: Employer, stratum: Stratum) -> list[dict[str, Any]]:
        """The rule that sounds over a cohort because it takes a burst in, with its statistic."""
        key = employer.id, stratum
        burst = self.bursts.pop(key, None)
        usual = round(self.usual.get(key, 0))
        return [{"rule": "burst", "came": burst, "usual": usual}] if burst else []


def look(db: Session, ready: ColumnElement[bool], last: date, day: date) -> Watch:
    """Look at what came between two releases; call it before anything is frozen or given back.

    ready: which of the pending reports a cohort may take. Those that shall be proved later come
    on the day on which they are taken as they are.
    """
    weeks = max(1.0, (monday(day) - monday(last)).days / 7)
    paces = publishing.paces(db, last)
    usual = {key: pace.usual * weeks for key, pace in paces.items()}
    came, bursts = _came(db, ready)
    settled = [key for key, pace in paces.items() if pace.weeks >= alarm.SETTLED]
    spread = alarm.spread([(came.get(key, 0), usual[key]) for key in settled], variance(NOISE))
    for key, number in came.items():
        # Before its first cohort an employer has no usual week.
        if key in usual and alarm.burst(number, usual[key], spread):
            bursts[key] = max(_rounded(number), bursts.get(key, 0))
    return Watch(bursts, usual)


def note(db: Session, ready: ColumnElement[bool], watch: Watch) -> None:
    """Write down about how many wait now; call it when a release is over."""
    db.execute(delete(Waiting))
    waiting = _waiting(db, ready)
    noisy = protect(list(waiting.values()), NOISE) if waiting else []
    for key, about in zip(waiting, noisy, strict=True):
        burst = watch.bursts.get(key)
        if about >= LEAST or burst:
            db.add(Waiting(employer_id=key[0], stratum=key[1], about=max(0, about), burst=burst))
    db.flush()


def _came(db: Session, ready: ColumnElement[bool]) -> tuple[Mapping[Key, int], dict[Key, int]]:
    """How many came since the last release, withdrawn ones taken off, and the bursts noted then.

    What was merged into an employer since then comes with all that waits of it: somebody could
    flood an employer that has no usual week, and have it merged.
    """
    noted: dict[Key, int] = {}
    bursts: dict[Key, int] = {}
    rows: Iterable[Any] = db.execute(
        select(Waiting, Employer.canonical_id).join(Employer, Employer.id == Waiting.employer_id)
    )
    for row, canonical in rows:
        key = canonical, row.stratum
        if row.employer_id == canonical:
            noted[key] = row.about
        if row.burst:
            bursts[key] = max(row.burst, bursts.get(key, 0))
    came: Counter[Key] = Counter()
    for key, now in _waiting(db, ready).items():
        # What was too few to be noted was at most so many.
        came[key] = now - noted.pop(key, min(now, LEAST - 1))
    for gone, before in noted.items():
        came[gone] = -before
    return came, bursts


def _waiting(db: Session, ready: ColumnElement[bool]) -> dict[Key, int]:
    """Count what waits, by who stands now for the employer filed for, and stratum."""
    rows: Iterable[Any] = db.execute(
        select(Employer.canonical_id, HourReport.verified, func.count())
        .join(Employer, Employer.id == HourReport.employer_id)
        .where(PENDING, ready)
        .group_by(Employer.canonical_id, HourReport.verified)
    )
    return {
        (canonical, "verified" if verified else "self_reported"): number
        for canonical, verified, number in rows
    }


def _rounded(number: float) -> int:
    return _ROUNDED * round(number / _ROUNDED)
