"""The street at night: employers with figures in an order, then those known by name only."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.employers import directory
from app.employers.industries import INDUSTRIES
from app.employers.models import Employer, EmployerCity
from app.figures import charts, reading
from app.figures.models import STRATA, Ranking, Stratum
from app.front.shown import Shown, shown_all
from app.weeks import codes

ROWS: Final = 24
NAMES: Final = 30
MOST_MATCHES: Final = 2_000
CODES: Final = tuple(str(code) for code in codes.NAMED)
_CHOICES: Final[Mapping[str, Collection[str]]] = {
    "industry": INDUSTRIES,
    "code": CODES,
    "by": STRATA,
    "to": ("report",),
}
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")


@dataclass(frozen=True)
class Asked:
    """What a reader asked the list for, read from the address; what is no choice is left out."""

    q: str = ""
    city: str = ""
    industry: str = ""
    code: str = ""
    sort: reading.Sort = "hours"
    by: str = ""
    after: str = ""
    known: str = ""
    to: str = ""

    @classmethod
    def read(cls, request: Request) -> "Asked":
        """Take the parameters of a request."""
        said = {
            name: UNSEEN.sub("", request.query_params.get(name, ""))[: directory.LONGEST_QUERY]
            for name in cls.__dataclass_fields__
        }
        said["q"] = " ".join(said["q"].split())
        for name, choices in _CHOICES.items():
            if said[name] not in choices:
                said[name] = ""
        wanted = said.pop("sort")
        sort: reading.Sort = next((each for each in reading.SORTS if each == wanted), "hours")
        return cls(**said, sort=sort)

    @property
    def narrowed(self) -> bool:
        """Whether the directory is asked for some employers only."""
        return bool(self.q or self.city or self.industry)

    @property
    def filtered(self) -> bool:
        """Whether anything but the order was chosen."""
        return self.narrowed or bool(self.code)

    @property
    def address(self) -> dict[str, str]:
        """The parameters that differ from the plain list's, without the place in it."""
        plain = Asked()
        names = ("q", "city", "industry", "code", "sort", "by", "to")
        return {n: getattr(self, n) for n in names if getattr(self, n) != getattr(plain, n)}

    def of(self, stratum: Stratum, first: bool) -> dict[str, str]:
        """The same list's parameters for a stratum; the first one needs none."""
        return {**self.address, "by": "" if first else stratum}


@dataclass(frozen=True)
class Row:
    """One employer of the list with its figures, rank range in its stratum, and picture."""

    employer: Shown
    stratum: Stratum
    ranks: tuple[int, int]
    numbers: Mapping[str, Any]
    house: charts.House | None


@dataclass(frozen=True)
class Street:
    """One page of the list; `total` counts the employers with figures that match.

    lists: how many employers each stratum ranks; stratum: whose ranking this is, None for what a
    search found, where each employer shows its headline.
    """

    rows: Sequence[Row]
    known: Sequence[Shown]
    total: int
    next: Mapping[str, str] | None
    back: Mapping[str, str] | None
    lists: Mapping[Stratum, int] = field(default_factory=dict)
    stratum: Stratum | None = None


def street(db: Session, asked: Asked, lang: str) -> Street:
    """The page of the list that a reader asked for, in a language."""
    back = asked.address if asked.after or asked.known else None
    if asked.to == "report":
        return _names_only(db, asked, lang, back)
    lists = reading.listed(db)
    stratum = None if asked.q else _stratum(asked, lists)
    ranked = _ranked(db, asked, stratum)
    rows = [] if asked.known else _rows(db, ranked.rows, lang)
    known: Sequence[Employer] = []
    if ranked.next and not asked.known:
        more: Mapping[str, str] | None = {**asked.address, "after": ranked.next}
    else:
        known, following = _known(db, asked)
        more = {**asked.address, "known": following} if following else None
    return Street(rows, shown_all(db, known, lang), ranked.shown, more, back, lists, stratum)


def _stratum(asked: Asked, lists: Mapping[Stratum, int]) -> Stratum:
    """Whose ranking to show: what was asked for, else the verified one as soon as it exists."""
    default: Stratum = next(iter(lists), "self_reported")
    return next((each for each in lists if each == asked.by), default)


def cities_known(db: Session) -> list[str]:
    """The keys of the cities in which confirmed employers have people."""
    asked = (
        select(EmployerCity.city)
        .join(Employer, Employer.id == EmployerCity.employer_id)
        .where(Employer.status == "confirmed")
        .distinct()
    )
    return list(db.scalars(asked))


def _names_only(db: Session, asked: Asked, lang: str, back: Mapping[str, str] | None) -> Street:
    """Employers by name, with figures or without: for those who come to report."""
    found = directory.search(db, asked.q, limit=NAMES, after=asked.known)
    more = {**asked.address, "known": found.next} if found.next else None
    return Street([], shown_all(db, found.employers, lang), 0, more, back)


def _ranked(db: Session, asked: Asked, stratum: Stratum | None) -> reading.Page:
    """One page of the employers with figures; the ranks are those of their stratum's whole list."""
    only = None
    if asked.q:
        found = directory.search(db, asked.q, limit=MOST_MATCHES)
        only = [employer.id for employer in found.employers]
    filters = reading.Filters(city=asked.city, industry=asked.industry, code=asked.code)
    return reading.ranking(
        db, stratum, asked.sort, filters, after=asked.after, limit=ROWS, only=only
    )


def _rows(db: Session, ranked: Sequence[reading.Ranked], lang: str) -> list[Row]:
    named = shown_all(db, [each.employer for each in ranked], lang)
    return [
        Row(
            name,
            each.stratum,
            (each.rank_low, each.rank_high),
            each.numbers,
            charts.house(each.numbers["lights"]),
        )
        for each, name in zip(ranked, named, strict=True)
    ]


def _known(db: Session, asked: Asked) -> tuple[Sequence[Employer], str | None]:
    """Employers that match and have no figures, and where the next of them begin."""
    if asked.code:
        return [], None
    figures = set(db.scalars(select(Ranking.employer_id)))
    kept: list[Employer] = []
    after: str | None = asked.known
    while after is not None and len(kept) < NAMES:
        found = directory.search(
            db, asked.q, limit=NAMES, after=after, city=asked.city, industry=asked.industry
        )
        kept += [each for each in found.employers if each.id not in figures]
        after = found.next
    return kept, after
