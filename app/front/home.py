"""What the front page shows of the figures: the night strip and what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.employers.models import Employer
from app.figures import charts, reading
from app.figures.models import Cohort, Release
from app.front.shown import Shown, shown_all
from app.front.street import LISTED

HOUSES: Final = 8
STREET: Final = 3  # fewer houses are no street, and say nothing of everybody
FRESH: Final = 6
MOST: Final = 10_000  # employers with figures that the strip is chosen from
NINE: Final = 30  # the half hour that begins at 21:00


@dataclass(frozen=True)
class Lit:
    """One house of the strip: who is in it, its evening, its share of lamps at 21:00."""

    employer: Shown
    picture: charts.Evening
    share: float


@dataclass(frozen=True)
class Fresh:
    """One employer whose figures the last release brought."""

    employer: Shown
    house: charts.House | None
    numbers: Mapping[str, Any]


@dataclass(frozen=True)
class Home:
    """The front page: of all desks of employers with true pictures, `tenths` are lit at 21:00."""

    strip: Sequence[Lit]
    fresh: Sequence[Fresh]
    total: int
    tenths: int
    release: int = 0
    day: date | None = None


def home(db: Session, lang: str) -> Home:
    """The front page in a language, empty before the first release."""
    ranked = reading.ranking(db, LISTED, limit=MOST).rows
    release = _newest(db)
    if not ranked or release is None:
        return Home((), (), 0, 0)
    known = [each for each in ranked if each.numbers["lights"]]
    lit = sorted(known, key=lambda each: (-each.numbers["lights"][NINE], each.employer.slug))
    new = _new(db, ranked, release.number)
    return Home(
        strip=[
            Lit(name, charts.evening(each.numbers["lights"]), each.numbers["lights"][NINE])
            for each, name in _named(db, _spread(lit), lang)
        ],
        fresh=[
            Fresh(name, charts.house(each.numbers["lights"]), each.numbers)
            for each, name in _named(db, new, lang)
        ],
        total=len(ranked),
        tenths=_tenths([each.numbers for each in known]),
        release=release.number,
        day=release.day,
    )


def _named(
    db: Session, ranked: Sequence[reading.Ranked], lang: str
) -> list[tuple[reading.Ranked, Shown]]:
    names = shown_all(db, [each.employer for each in ranked], lang)
    return list(zip(ranked, names, strict=True))


def _newest(db: Session) -> Release | None:
    """The last release that brought figures; a week without a cohort brings none."""
    brought = select(func.max(Cohort.release)).where(Cohort.stratum == LISTED).scalar_subquery()
    return db.scalar(select(Release).where(Release.number == brought))


def _new(db: Session, ranked: Sequence[reading.Ranked], release: int) -> list[reading.Ranked]:
    """Some employers with a cohort in a release, by address."""
    asked = (
        select(Employer.canonical_id)
        .join(Cohort, Cohort.employer_id == Employer.id)
        .where(Cohort.release == release, Cohort.stratum == LISTED)
    )
    fresh = set(db.scalars(asked))
    new = [each for each in ranked if each.employer.id in fresh]
    return sorted(new, key=lambda each: each.employer.slug)[:FRESH]


def _spread(lit: Sequence[reading.Ranked]) -> Sequence[reading.Ranked]:
    """Some houses from the brightest to the darkest, so that the strip shows the whole street."""
    if len(lit) < STREET:
        return ()
    if len(lit) <= HOUSES:
        return lit
    return [lit[round(i * (len(lit) - 1) / (HOUSES - 1))] for i in range(HOUSES)]


def _tenths(numbers: Sequence[Mapping[str, Any]]) -> int:
    """Of ten desks, how many are lit at 21:00, every report weighing the same."""
    desks = sum(each["about"] for each in numbers)
    lit = sum(each["about"] * each["lights"][NINE] for each in numbers)
    return round(10 * lit / desks) if desks else 0
