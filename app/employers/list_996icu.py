"""The 996.ICU community's lists: employers with forced overtime, and with good hours."""

from collections.abc import Iterator, Mapping

from app.employers import addresses, cities, markdown_rows, months, names, schedules
from app.employers.lists import LONGEST_NAME, NotThisListError, Row, evidence, words

REPOSITORY = "https://github.com/996icu/996.ICU/blob/master/"
_COLUMNS = {
    "place": "城市",
    "name": "公司",
    "month": "时间",
    "schedule": "制度",
    "evidence": "证据",
}
_REVOKED = "取消"
_GOOD = "良好工作制度"


def read(text: str) -> list[Row]:
    """Every row of every table with the list's columns, in the file's order.

    A table with a column for the evidence of revocation holds revoked rows. Raises
    NotThisListError where no such table is found.
    """
    good = _GOOD in text
    rows = [_row(row, columns, good) for row, columns in _listed(text)]
    if not rows:
        raise NotThisListError("no table with the columns of the 996.ICU list")
    return rows


def _listed(text: str) -> Iterator[tuple[markdown_rows.TableRow, Mapping[str, int]]]:
    for row in markdown_rows.table_rows(text):
        columns = _columns(row.header)
        if len(columns) == len(_COLUMNS):
            yield row, columns


def _columns(header: tuple[str, ...]) -> dict[str, int]:
    """The position of each wanted column: the first whose heading holds its word."""
    found = {}
    for column, word in _COLUMNS.items():
        places = [place for place, heading in enumerate(header) if word in heading]
        if places:
            found[column] = places[0]
    return found


def _row(row: markdown_rows.TableRow, columns: Mapping[str, int], good: bool) -> Row:
    cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in columns.items()}
    proof = _proof(row, columns["evidence"])
    base = REPOSITORY + ("whitelist/" if good else "blacklist/")
    name, place = words(cells["name"], LONGEST_NAME), words(cells["place"])
    schedule, month_words = words(cells["schedule"]), words(cells["month"])
    note = words("\n".join(proof))
    month, month_flags = months.read(month_words.text)
    found, city_flags = cities.split(place.text)
    naming = names.take_apart(name.text)
    kept = (name, place, schedule, month_words, note)
    own, elsewhere = _website(cells["name"], base)
    revoked = any(_REVOKED in heading for heading in row.header)
    return Row(
        source="996icu-whitelist" if good else "996icu",
        source_row=row.line,
        written=name.text,
        naming=naming,
        cities=tuple(found),
        claim_kind="regular_hours" if good else "long_hours",
        place=place.text,
        schedule=schedule.text,
        reading=schedules.read(schedule.text),
        month=month,
        month_written=month_words.text,
        evidence_urls=tuple(dict.fromkeys((*elsewhere, *evidence(proof, base)))),
        note=note.text,
        status="revoked" if revoked else "live",
        website=own,
        flags=_once(
            *_odd(row),
            *naming.flags,
            *month_flags,
            *city_flags,
            *(f for w in kept for f in w.flags),
        ),
        removed=sum(each.removed for each in kept),
    )


def _proof(row: markdown_rows.TableRow, start: int) -> tuple[str, ...]:
    """The evidence: its column and all behind it, for what goes over the edge had a '|' in it."""
    hashes = [place for place, heading in enumerate(row.header) if "sha" in heading]
    return tuple(c for place, c in enumerate(row.cells) if place >= start and place not in hashes)


def _odd(row: markdown_rows.TableRow) -> Iterator[str]:
    if len(row.cells) > len(row.header):
        yield "cells_more"
    if len(row.cells) < len(row.header):
        yield "cells_fewer"


def _website(cell: str, base: str) -> tuple[str | None, tuple[str, ...]]:
    """The employer's own site and, if the name links to a page about it, that page."""
    found = evidence([cell], base)
    own = [address for address in found if addresses.is_own(address)]
    return (own[0] if own else None), tuple(each for each in found if each not in own)


def _once(*flags: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flags))
