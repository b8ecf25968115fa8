"""The employer that a report is about, as the pages of a report need it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.employers import cities, directory
from app.hours.answers import ELSEWHERE
from app.web.refusals import Refusal


@dataclass(frozen=True)
class Workplace:
    """One employer with its cities and the ids of its family, its own first."""

    id: bytes
    slug: str
    names: dict[str, str]
    place: str
    confirmed: bool
    open: bool
    city_keys: Sequence[str]
    family: Sequence[bytes]

    @property
    def path(self) -> str:
        """The address of its report form."""
        return f"/employers/{self.slug}/report"

    @property
    def spellings(self) -> dict[str, str]:
        """Everything that names one of its cities, or no one of them, to what is stored."""
        shown = {name: key for lang in ("en", "zh") for key, name in self.cities(lang)}
        return {**shown, **{key: key for key in self.city_keys}, ELSEWHERE: ELSEWHERE}

    def cities(self, lang: str) -> list[tuple[str, str]]:
        """Keys and names of its cities in a language."""
        return [(key, cities.display(key, lang)) for key in self.city_keys]


def workplace(request: Request, slug: str) -> Workplace:
    """The employer at an address, merged or not, or a 404.

    Read apart: a page that held this connection while it waits for another could wait for good.
    """
    with request.app.state.database.reading() as db:
        employer = directory.find(db, slug)
        if employer is None:
            raise Refusal(404)
        family = directory.family(db, employer)
        return Workplace(
            id=employer.id,
            slug=employer.slug,
            names={lang: employer.name_in(lang) for lang in ("en", "zh")},
            place=employer.place,
            confirmed=employer.confirmed,
            open=employer.open,
            city_keys=directory.city_keys(db, employer),
            family=[employer.id, *(member for member in family if member != employer.id)],
        )


At = Annotated[Workplace, Depends(workplace)]
