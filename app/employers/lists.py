"""What the communities' lists of employers have in common: a row, its summary, its JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.employers import addresses, cities, markdown_rows, names, personal
from app.employers.matching import Known
from app.employers.readings import Reading

LONGEST_NAME, LONGEST_TEXT = 120, 2000


class NotThisListError(ValueError):
    """The file is not the list that it was said to be."""


@dataclass(frozen=True)
class Row:
    """One row of a public list, read; `written`, `place`, `schedule`, `note` are its own words.

    `source_row` is the line in the file, from 1. `month` is YYYY-MM. `removed` counts personal
    data taken out of the words.
    """

    source: str
    source_row: int
    written: str
    naming: names.Naming
    cities: tuple[str, ...]
    claim_kind: str
    place: str
    schedule: str
    reading: Reading
    month: str | None = None
    month_written: str = ""
    evidence_urls: tuple[str, ...] = ()
    note: str = ""
    status: str = "live"
    website: str | None = None
    flags: tuple[str, ...] = ()
    removed: int = 0

    @property
    def usable(self) -> bool:
        """Whether the employer, start, end and days are all known."""
        return bool(self.naming.name) and self.reading.confidence != "text"

    @property
    def confidence(self) -> str:
        """'clean', 'heuristic' or 'text'."""
        return self.reading.confidence if self.usable else "text"


@dataclass(frozen=True)
class Words:
    """A cell made fit to keep, and how much personal data it lost."""

    text: str
    removed: int
    flags: tuple[str, ...] = ()


def words(cell: str, most: int = LONGEST_TEXT) -> Words:
    """A cell's words without addresses and personal data, cut at `most` characters."""
    text, count = personal.removed(markdown_rows.plain(cell))
    flags = ("personal_data_removed",) if count else ()
    return Words(text[:most], count, (*flags, "cut") if len(text) > most else flags)


def evidence(cells: Iterable[str], base: str) -> tuple[str, ...]:
    """The addresses in some cells, completed, in order and once each."""
    found = [addresses.clean(link, base) for cell in cells for link in markdown_rows.links(cell)]
    return tuple(dict.fromkeys(address for address in found if address))


def as_json(row: Row) -> dict[str, object]:
    """A row as `lamplight import --jsonl` writes it, one object a line."""
    return {
        "source_row": row.source_row,
        "name": row.naming.name,
        "aliases": list(row.naming.aliases),
        "cities": [cities.display(city, "zh") for city in row.cities],
        "claim_kind": row.claim_kind,
        "schedule_code": row.reading.code,
        "exposure_month": row.month,
        "evidence_urls": list(row.evidence_urls),
        "status": row.status,
    }


def summary(rows: Sequence[Row]) -> dict[str, int]:
    """Counts over a whole list; usable = clean + heuristic, usable + text = rows.

    A duplicate repeats an earlier row's employer, cities, words and month; it is kept all the
    same. Employers are told apart as the import into an empty directory would.
    """
    known = Known()
    seen = {(names.key(r.written), r.cities, r.schedule, r.month, r.status) for r in rows}
    for number, row in enumerate(rows):
        if row.naming.name:
            known.learn(row.naming, known.find(row.naming) or number.to_bytes(4))
    by_confidence = [row.confidence for row in rows]
    return {
        "rows": len(rows),
        "usable": sum(row.usable for row in rows),
        "clean": by_confidence.count("clean"),
        "heuristic": by_confidence.count("heuristic"),
        "text": by_confidence.count("text"),
        "employers": len(known.ids()),
        "duplicates": len(rows) - len(seen),
        "personal_data_removed": sum(row.removed for row in rows),
    }
