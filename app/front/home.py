"""What the front page shows: threads, the night strip, and what is new among the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.employers.models import Employer
from app.figures import charts, reading
from app.figures.models import Cohort, Release, Stratum
from app.front.shown import Shown, shown_all
from app.threads import listing

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
    stratum: Stratum
    house: charts.House | None
    numbers: Mapping[str, Any]


@dataclass(frozen=True)
class Home:
    """The front page: of all desks of employers with true pictures, `tenths` are lit at 21:00.

    lists: how many employers each stratum ranks; stratum: the one that the strip is of.
    """

    strip: Sequence[Lit] = ()
    fresh: Sequence[Fresh] = ()
    lists: Mapping[Stratum, int] = field(default_factory=dict)
    stratum: Stratum | None = None
    tenths: int = 0
    release: int = 0
    day: date | None = None


@dataclass(frozen=True)
class Talk:
    """What people talk about: one page of threads, every topic, the employers named most.

    further: whether this is not the first page.
    """

    threads: listing.Found
    sort: listing.Sort
    topics: Sequence[listing.Counted]
    employers: Sequence[listing.Counted]
    further: bool


def talk(db: Session, lang: str, sort: listing.Sort, after: str, today: date) -> Talk:
    """A page of the threads in an order, in a language, and what leads to others."""
    return Talk(
        threads=listing.threads(db, lang, sort, after=after),
        sort=sort,
        topics=listing.topics(db, lang),
        employers=listing.talked_about(db, lang, today),
        further=bool(after),
    )


def home(db: Session, lang: str) -> Home:
    """The front page in a language, empty before the first release."""
    lists = reading.listed(db)
    release = _newest(db)
    if not lists or release is None:
        return Home()
    stratum, lit = _street(db, lists)
    return Home(
        strip=[
            Lit(name, charts.evening(each.numbers["lights"]), each.numbers["lights"][NINE])
            for each, name in _named(db, _spread(lit), lang)
        ],
        fresh=[
            Fresh(name, each.stratum, charts.house(each.numbers["lights"]), each.numbers)
            for each, name in _named(db, _new(db, lists, release.number), lang)
        ],
        lists=lists,
        stratum=stratum,
        tenths=_tenths([each.numbers for each in lit]),
        release=release.number,
        day=release.day,
    )


def _street(
    db: Session, lists: Mapping[Stratum, int]
) -> tuple[Stratum | None, Sequence[reading.Ranked]]:
    """The houses of the first stratum that has enough of them, the brightest first."""
    for stratum in lists:
        ranked = reading.ranking(db, stratum, limit=MOST).rows
        lit = [each for each in ranked if each.numbers["lights"]]
        if len(lit) >= STREET:
            lit.sort(key=lambda each: (-each.numbers["lights"][NINE], each.employer.slug))
            return stratum, lit
    return None, ()


def _named(
    db: Session, ranked: Sequence[reading.Ranked], lang: str
) -> list[tuple[reading.Ranked, Shown]]:
    names = shown_all(db, [each.employer for each in ranked], lang)
    return list(zip(ranked, names, strict=True))


def _newest(db: Session) -> Release | None:
    """The last release that brought figures; a week without a cohort brings none."""
    brought = select(func.max(Cohort.release)).scalar_subquery()
    return db.scalar(select(Release).where(Release.number == brought))


def _new(db: Session, lists: Mapping[Stratum, int], release: int) -> list[reading.Ranked]:
    """Some employers with a cohort in a release, by address, each by the best stratum of these."""
    asked = (
        select(Employer.canonical_id, Cohort.stratum)
        .join(Cohort, Cohort.employer_id == Employer.id)
        .where(Cohort.release == release)
    )
    came = db.execute(asked).all()
    new: dict[bytes, reading.Ranked] = {}
    for stratum in lists:
        only = [row.canonical_id for row in came if row.stratum == stratum]
        for each in reading.ranking(db, stratum, limit=MOST, only=only).rows:
            new.setdefault(each.employer.id, each)
    return sorted(new.values(), key=lambda each: each.employer.slug)[:FRESH]


def _spread(lit: Sequence[reading.Ranked]) -> Sequence[reading.Ranked]:
    """Some houses from the brightest to the darkest, so that the strip shows the whole street."""
    if len(lit) <= HOUSES:
        return lit
    return [lit[round(i * (len(lit) - 1) / (HOUSES - 1))] for i in range(HOUSES)]


def _tenths(numbers: Sequence[Mapping[str, Any]]) -> int:
    """Of ten desks, how many are lit at 21:00, every report weighing the same."""
    desks = sum(each["about"] for each in numbers)
    lit = sum(each["about"] * each["lights"][NINE] for each in numbers)
    return round(10 * lit / desks) if desks else 0
