"""Cohorts that an alarm holds, as the desk finds them, without any report behind them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from app.db import insert_once, random_id
from app.employers.models import Employer
from app.figures.bins import BY_KIND
from app.figures.models import HeldCohort, Release
from tests.moderation.desks import TODAY

HELD_ON: Final = date(2026, 11, 16)  # the Monday of the week in which the desk sits
BURST: Final[Mapping[str, Any]] = {"rule": "burst", "came": 45, "usual": 6}
ALIKE: Final[Mapping[str, Any]] = {"rule": "alike", "clusters": 2, "share": 0.6, "likely": 0.1}
SHIFT: Final[Mapping[str, Any]] = {"rule": "shift", "deviations": 7}
assert HELD_ON <= TODAY


def hold(
    db: Session,
    employer: Employer,
    *rules: Mapping[str, Any],
    day: date = HELD_ON,
    number: int = 1,
    stratum: str = "self_reported",
    peak: int = 30,
) -> HeldCohort:
    """Hold a cohort since the release of a day; peak: how many are in one bin of each kind."""
    insert_once(db, Release, number=number, day=day)
    made = HeldCohort(
        id=random_id(),
        employer_id=employer.id,
        stratum=stratum,
        quarter="2026Q4",
        release=number,
        least=10,
        epsilon=4.0,
        counts={kind: _one_peak(len(bins), peak) for kind, bins in BY_KIND.items()},
        rules=[dict(rule) for rule in rules or (BURST,)],
        state="held",
        version=0,
    )
    db.add(made)
    db.flush()
    return made


def _one_peak(bins: int, peak: int) -> Sequence[int]:
    """Noise everywhere, and one bin that stands out."""
    return [peak if at == bins // 2 else at % 3 - 1 for at in range(bins)]
