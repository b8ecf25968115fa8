"""The 955.WLB community's list: employers with regular hours, one item each, cities behind."""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.employers import cities, markdown_rows, names, schedules
from app.employers.lists import LONGEST_NAME, NotThisListError, Row, evidence, words

_BASE = "https://github.com/formulahendry/955.WLB/blob/master/README.md"
_HEADING = "名单"
_DASH = re.compile(r"\s[-–—]\s(?!.*\s[-–—]\s)")


def read(text: str) -> list[Row]:
    """Every item under the heading that names the list; its schedule is the heading's code.

    The list says of itself that it is roughly so, hence never 'clean'. Raises
    NotThisListError where no such heading has items.
    """
    items = [item for item in markdown_rows.list_items(text) if _HEADING in item.heading]
    rows = list(map(_row, items))
    if not rows:
        raise NotThisListError("no items under a heading of the 955.WLB list")
    return rows


def _row(item: markdown_rows.ListItem) -> Row:
    written, *behind = _DASH.split(item.text, maxsplit=1)
    name, place = words(written, LONGEST_NAME), words(behind[0] if behind else "")
    heading = words(item.heading)
    reading = schedules.read(heading.text)
    confidence = "text" if reading.confidence == "text" else "heuristic"
    found, city_flags = cities.split(place.text)
    naming = names.take_apart(name.text)
    return Row(
        source="955wlb",
        source_row=item.line,
        written=name.text,
        naming=naming,
        cities=tuple(found),
        claim_kind="regular_hours",
        place=place.text,
        schedule=heading.text,
        reading=replace(reading, confidence=confidence, flags=(*reading.flags, "from_heading")),
        evidence_urls=evidence([written], _BASE),
        flags=tuple(dict.fromkeys(_flags(naming.flags, city_flags, name.flags, place.flags))),
        removed=name.removed + place.removed,
    )


def _flags(*groups: tuple[str, ...]) -> Iterator[str]:
    for group in groups:
        yield from group
