"""The street at night: employers with figures in an order, then those known by name only."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.employers import directory
from app.employers.industries import INDUSTRIES
from app.employers.models import Employer, EmployerCity
from app.figures import charts, reading
from app.figures.models import Ranking, Stratum
from app.front.shown import Shown, shown_all
from app.weeks import codes

# Self-reported figures have a ranking of their own; verified ones will have another.
LISTED: Final[Stratum] = "self_reported"
ROWS: Final = 24
NAMES: Final = 30
MOST_MATCHES: Final = 2_000
CODES: Final = tuple(str(code) for code in codes.NAMED)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")


@dataclass(frozen=True)
class Asked:
    """What a reader asked the list for, read from the address; what is no choice is left out."""

    q: str = ""
    city: str = ""
    industry: str = ""
    code: str = ""
    sort: reading.Sort = "hours"
    after: str = ""
    known: str = ""
    to: str = ""

    @classmethod
    def read(cls, request: Request) -> "Asked":
        """Take the parameters of a request."""
        said = {
            name: _UNSEEN.sub("", request.query_params.get(name, ""))[: directory.LONGEST_QUERY]
            for name in cls.__dataclass_fields__
        }
        said["q"] = " ".join(said["q"].split())
        for name, choices in (("industry", INDUSTRIES), ("code", CODES), ("to", ("report",))):
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
        names = ("q", "city", "industry", "code", "sort", "to")
        return {n: getattr(self, n) for n in names if getattr(self, n) != getattr(plain, n)}


@dataclass(frozen=True)
class Row:
    """One employer of the list with its figures, rank range and picture."""

    employer: Shown
    ranks: tuple[int, int]
    numbers: Mapping[str, Any]
    house: charts.House | None


@dataclass(frozen=True)
class Street:
    """One page of the list; `total` counts the employers with figures that match."""

    rows: Sequence[Row]
    known: Sequence[Shown]
    total: int
    next: Mapping[str, str] | None
    back: Mapping[str, str] | None


def street(db: Session, asked: Asked, lang: str) -> Street:
    """The page of the list that a reader asked for, in a language."""
    back = asked.address if asked.after or asked.known else None
    if asked.to == "report":
        return _names_only(db, asked, lang, back)
    ranked = _ranked(db, asked)
    rows = [] if asked.known else _rows(db, ranked.rows, lang)
    if ranked.next and not asked.known:
        return Street(rows, [], ranked.shown, {**asked.address, "after": ranked.next}, back)
    known, following = _known(db, asked)
    more = {**asked.address, "known": following} if following else None
    return Street(rows, shown_all(db, known, lang), ranked.shown, more, back)


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


def _ranked(db: Session, asked: Asked) -> reading.Page:
    """One page of the employers with figures; the ranks are those of the whole list."""
    only = None
    if asked.q:
        found = directory.search(db, asked.q, limit=MOST_MATCHES)
        only = [employer.id for employer in found.employers]
    filters = reading.Filters(city=asked.city, industry=asked.industry, code=asked.code)
    return reading.ranking(
        db, LISTED, asked.sort, filters, after=asked.after, limit=ROWS, only=only
    )


def _rows(db: Session, ranked: Sequence[reading.Ranked], lang: str) -> list[Row]:
    named = shown_all(db, [each.employer for each in ranked], lang)
    return [
        Row(
            name,
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
    figures = set(db.scalars(select(Ranking.employer_id).where(Ranking.stratum == LISTED)))
    kept: list[Employer] = []
    after: str | None = asked.known
    while after is not None and len(kept) < NAMES:
        found = directory.search(
            db, asked.q, limit=NAMES, after=after, city=asked.city, industry=asked.industry
        )
        kept += [each for each in found.employers if each.id not in figures]
        after = found.next
    return kept, after
