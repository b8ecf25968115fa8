"""Reading figures: an employer's snapshots, and the list of employers by rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.employers.models import Employer, EmployerCity
from app.figures.models import STRATA, Ranking, Release, Snapshot, Stratum
from app.figures.ranking import rank_ranges

Sort = Literal["hours", "overtime", "reports", "name"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)

# Prepared once: these are the hot reads of public pages.
_SNAPSHOTS: Final = select(Snapshot.stratum, Snapshot.numbers).where(
    Snapshot.employer_id == bindparam("employer")
)
_RELEASE: Final = select(Release.number, Release.day).order_by(Release.number.desc()).limit(1)
_RANKED: Final = (
    select(
        Ranking.employer_id,
        Ranking.stratum,
        Ranking.hours,
        Ranking.low,
        Ranking.high,
        Ranking.overtime,
        Ranking.about,
        Ranking.codes,
        Employer.slug,
        Employer.name,
        Employer.place,
        Employer.industry,
    )
    .join(Employer, Employer.id == Ranking.employer_id)
    .where(
        Ranking.stratum == bindparam("stratum"),
        Employer.merged_into_id.is_(None),
        Employer.status == "confirmed",
    )
)
_LISTED: Final = (
    select(Ranking.stratum, func.count().label("employers"))
    .join(Employer, Employer.id == Ranking.employer_id)
    .where(Employer.merged_into_id.is_(None), Employer.status == "confirmed")
    .group_by(Ranking.stratum)
)


def snapshots(db: Session, employer_id: bytes) -> dict[Stratum, dict[str, Any]]:
    """What is published of an employer (the one that stands for its family), by stratum.

    The headline comes first: the verified stratum as soon as it exists.
    """
    found = {row.stratum: row.numbers for row in db.execute(_SNAPSHOTS, {"employer": employer_id})}
    return {stratum: found[stratum] for stratum in STRATA if stratum in found}


def snapshot(
    db: Session, employer_id: bytes, stratum: Stratum | None = None
) -> dict[str, Any] | None:
    """One stratum's snapshot, or the headline's; None where nothing was released yet."""
    found = snapshots(db, employer_id)
    return found.get(stratum) if stratum else next(iter(found.values()), None)


def latest(db: Session) -> tuple[int, date] | None:
    """The number and day of the latest release."""
    row = db.execute(_RELEASE).first()
    return (row.number, row.day) if row else None


@dataclass(frozen=True)
class Filters:
    """Which employers a list shows; empty means all."""

    place: str = ""
    city: str = ""
    industry: str = ""
    code: str = ""


@dataclass(frozen=True)
class Ranked:
    """One row of the list: an employer, the range of its rank, and the numbers it shows.

    The rank is one among the employers of the same stratum.
    """

    employer: Employer
    stratum: Stratum
    rank_low: int
    rank_high: int
    numbers: Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """Some rows of the list, how many employers it has, and what to ask for to get the next."""

    rows: Sequence[Ranked]
    shown: int
    ranked: int
    next: str | None


def listed(db: Session) -> dict[Stratum, int]:
    """How many employers each stratum's list has, the verified first; without empty lists."""
    counts = {row.stratum: row.employers for row in db.execute(_LISTED)}
    return {stratum: counts[stratum] for stratum in STRATA if stratum in counts}


def ranking(
    db: Session,
    stratum: Stratum | None,
    sort: Sort = "hours",
    filters: Filters = Filters(),
    *,
    after: str = "",
    limit: int = 20,
    only: Sequence[bytes] | None = None,
) -> Page:
    """Employers with figures in one stratum, ranked among all of it and then filtered.

    Without a stratum: every employer once, by its headline, the verified ones first. hours,
    overtime and reports begin with the most; `after` is the `next` of the page before; `only`
    keeps the employers of a search.
    """
    rows: dict[bytes, Any] = {}
    ranks: dict[bytes, tuple[int, int]] = {}
    for each in (stratum,) if stratum else STRATA:
        among = db.execute(_RANKED, {"stratum": each}).all()
        ranges = rank_ranges([(row.low, row.high) for row in among])
        for row, range_ in zip(among, ranges, strict=True):
            rows.setdefault(row.employer_id, row)
            ranks.setdefault(row.employer_id, range_)
    kept = [row for row in rows.values() if _wanted(row, filters)]
    if filters.city:
        there = set(db.scalars(_in_city(filters.city)))
        kept = [row for row in kept if row.employer_id in there]
    if only is not None:
        found = set(only)
        kept = [row for row in kept if row.employer_id in found]
    kept.sort(key=lambda row: (STRATA.index(row.stratum), *_order(row, sort)))
    places = [row.slug for row in kept]
    start = places.index(after) + 1 if after in places else 0
    page = kept[start : start + limit]
    more = page[-1].slug if start + limit < len(kept) else None
    return Page(_with_numbers(db, page, ranks), len(kept), len(rows), more)


def _wanted(row: Any, filters: Filters) -> bool:
    return (
        filters.place in {"", row.place}
        and filters.industry in {"", row.industry}
        and (not filters.code or filters.code in row.codes.split())
    )


def _in_city(city: str) -> Select[bytes]:
    """The employers of which any member of the family is in a city."""
    return (
        select(Employer.canonical_id)
        .join(EmployerCity, EmployerCity.employer_id == Employer.id)
        .where(EmployerCity.city == city)
    )


def _order(row: Any, sort: Sort) -> tuple[Any, ...]:
    if sort == "name":
        return row.name.casefold(), row.slug
    if sort == "reports":
        return -row.about, row.slug
    if sort == "overtime":
        return row.overtime is None, -(row.overtime or 0), row.slug
    return -row.hours, row.slug


def _with_numbers(
    db: Session, page: Sequence[Any], ranks: Mapping[bytes, tuple[int, int]]
) -> list[Ranked]:
    ids = [row.employer_id for row in page]
    asked = (
        select(Employer, Ranking.stratum, Ranking.numbers)
        .join(Ranking, Ranking.employer_id == Employer.id)
        .where(Employer.id.in_(ids))
    )
    found = {(of.id, stratum): (of, numbers) for of, stratum, numbers in db.execute(asked)}
    told = ((row, found.get((row.employer_id, row.stratum))) for row in page)
    return [
        Ranked(said[0], row.stratum, *ranks[row.employer_id], said[1]) for row, said in told if said
    ]
