"""How pages name an employer: in the reader's language first, the other script beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.employers import cities, names
from app.employers.industries import INDUSTRIES
from app.employers.models import Employer, EmployerCity
from app.web.languages import translate

MOST_CITIES = 2  # in a list; an employer's own page names them all


@dataclass(frozen=True)
class Shown:
    """One employer in one language; a language tag stands where the page's own would be wrong."""

    slug: str
    name: str
    tag: str | None
    other_name: str | None
    other_tag: str | None
    cities: list[str]
    industry: str
    confirmed: bool
    open: bool


def shown(employer: Employer, lang: str, city_keys: Sequence[str] = ()) -> Shown:
    """Name one employer for a list in a language, with its first cities and its industry."""
    name, other = employer.name_in(lang), employer.other_name(lang)
    return Shown(
        slug=employer.slug,
        name=name,
        tag=tag(name, lang),
        other_name=other,
        other_tag=other and tag(other, lang),
        cities=[cities.display(key, lang) for key in city_keys[:MOST_CITIES]],
        industry=industry(employer, lang),
        confirmed=employer.confirmed,
        open=employer.open,
    )


def shown_all(db: Session, employers: Sequence[Employer], lang: str) -> list[Shown]:
    """Name several employers for a list, with one query for all their cities."""
    found = cities_of(db, [employer.id for employer in employers])
    return [shown(employer, lang, found.get(employer.id, ())) for employer in employers]


def cities_of(db: Session, employer_ids: Sequence[bytes]) -> Mapping[bytes, list[str]]:
    """The city keys of several employers, by their ids."""
    asked = (
        select(EmployerCity.employer_id, EmployerCity.city)
        .where(EmployerCity.employer_id.in_(employer_ids))
        .order_by(EmployerCity.city)
    )
    found: dict[bytes, list[str]] = {}
    for employer_id, city in db.execute(asked):
        found.setdefault(employer_id, []).append(city)
    return found


def industry(employer: Employer, lang: str) -> str:
    """An employer's industry in a language, or nothing."""
    known = INDUSTRIES.get(employer.industry or "")
    return translate(lang, known) if known else ""


def tag(name: str, lang: str) -> str | None:
    """The language tag of a name whose script is not the page's."""
    han = names.has_han(name)
    if han and lang != "zh":
        return "zh-CN"
    return "en" if lang == "zh" and not han else None
