"""SQLite's full-text index as a thief reads it: the segments that it is kept in, by their age.

https://sqlite.org/fts5.html#fts5_data_structures; checked against the source of 3.40.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tests.audits.copies import Row, positions
from tests.audits.linkage import Floats

STRUCTURE = 10  # the row that lists the segments
COOKIE = 4  # bytes before the list
SEGMENT_BITS = 37  # of a row's id, beneath the number of its segment


def by_age(rows: Sequence[Row]) -> list[bytes]:
    """Return the segments of an index (its _data table), the oldest first."""
    held = {row["id"]: bytes(row["block"]) for row in rows}
    pages = sorted(held)
    return [
        b"".join(held[id] for id in pages if id >> SEGMENT_BITS == segment)
        for segment in _oldest_first(held.get(STRUCTURE, b""))
    ]


def ages(rows: Sequence[Row], docids: Sequence[int]) -> Floats:
    """Return in the how manieth segment each text lies; nan where it is in none."""
    found = np.full(len(docids), np.nan)
    for age, segment in enumerate(by_age(rows)):
        first, _ = positions(segment, [spelled(docid) for docid in docids])
        found[~np.isnan(first)] = age
    return found


def spelled(docid: int) -> bytes:
    """Return a docid as a list of texts begins with it: SQLite's variable-length integer."""
    if docid >= 1 << 56:
        high = [0x80 | docid >> shift & 0x7F for shift in range(57, 7, -7)]
        return bytes([*high, docid & 0xFF])
    groups = [docid >> shift & 0x7F for shift in range(49, -1, -7)]
    while len(groups) > 1 and not groups[0]:
        groups.pop(0)
    return bytes([*(0x80 | group for group in groups[:-1]), groups[-1]])


def _oldest_first(structure: bytes) -> list[int]:
    """Read the list of segments; what was merged oftenest is oldest."""
    numbers = _numbers(structure[COOKIE:])
    levels = next(numbers, 0)
    for _ in ("segments in all", "writes"):
        next(numbers, 0)
    found = []
    for _ in range(levels):
        next(numbers)  # how many of it are being merged
        held = []
        for _ in range(next(numbers)):
            held.append(next(numbers))
            next(numbers)  # its first page
            next(numbers)  # its last page
        found.append(held)
    return [segment for level in reversed(found) for segment in level]


def _numbers(raw: bytes) -> Iterator[int]:
    """Read variable-length integers, as far as such lists hold them: none has nine bytes."""
    value = 0
    for byte in raw:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            yield value
            value = 0
