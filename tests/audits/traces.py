"""Rows of a copy as traces of people: where each stands in every order, and what it shares."""

import base64
import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from tests.audits.copies import Copy, Row, positions
from tests.audits.linkage import Floats, Traces, ranks

DISTINCT = 8  # bytes or letters from which on a value may be somebody's own
LARGE = 1 << 40  # from which on a number is nobody's count
SOME = 8  # rows from which on numbers that all differ may count them
FEW = 4
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What readers see of the order in a thread is no secret of the disk.
SEEN = frozenset({"position", "parent"})


class Reader:
    """Reads a copy as a thief does who knows what every table is for."""

    def __init__(self, copy: Copy) -> None:
        """Note which values occur where."""
        self.copy = copy
        self._bearers: dict[Hashable, list[Row]] = defaultdict(list)
        for rows in copy.rows.values():
            for row in rows:
                for value in _own(row):
                    self._bearers[value].append(row)

    def rows(self, table: str, key: str, owner: Mapping[bytes, int]) -> list[Row]:
        """Return the rows of a table that are somebody's, by a column that tells the auditor."""
        return [row for row in self.copy.rows.get(table, []) if bytes(row[key]) in owner]

    def traces(
        self, kind: str, table: str, key: str, owner: Mapping[bytes, int], *public: str
    ) -> Traces:
        """Return the rows of a table that are somebody's, as traces."""
        rows = self.rows(table, key, owner)
        return Traces(
            kind,
            [owner[bytes(row[key])] for row in rows],
            [tuple(row[name] for name in public) for row in rows],
            self._places(rows, key),
            [self._joined(row) for row in rows],
        )

    def where(self, needles: Sequence[bytes], what: str = "") -> dict[str, Floats]:
        """Return every order in which some bytes lie in the copied files."""
        found = {}
        for kind, raw in self.copy.bytes.items():
            spelled = [base64.b64encode(needle) for needle in needles]
            first, last = positions(raw, spelled if kind == "backup" else needles)
            if not np.isnan(first).all():
                found[f"{what}first in {kind}"] = ranks(first)
                if "log" in kind:
                    found[f"{what}last in {kind}"] = ranks(last)
        return found

    def _places(self, rows: Sequence[Row], key: str) -> dict[str, Floats]:
        """Return every order in which rows stand: in files, in the log, by key, by writer."""
        found = self.where([bytes(row[key]) for row in rows])
        for name in rows[0] if rows else ():
            order = _order([row[name] for row in rows], taken=name.startswith("("))
            if order is not None:
                found[name if name.startswith("(") else f"order of {name}"] = order
        return found

    def _joined(self, row: Row) -> frozenset[Hashable]:
        """Return a row's values, and those of rows anywhere that share one of its own."""
        found = set(_values(row))
        for value in _own(row):
            if len(self._bearers[value]) <= FEW:
                found.update(*(_values(other) for other in self._bearers[value]))
        return frozenset(found)


def _order(values: Sequence[Any], *, taken: bool) -> Floats | None:
    """Return the order of a column, if it may be one: keys, large numbers, times."""
    given = [value for value in values if value is not None]
    counted = len(given) >= SOME and len({*given}) == len(given)
    if taken or _all(given, int, lambda value: counted or value > LARGE):
        return ranks([np.nan if value is None else value for value in values])
    if _all(given, bytes, lambda value: len(value) >= DISTINCT):
        heads = [v and int.from_bytes(v[:DISTINCT], "big") for v in values]
        return ranks([np.nan if head is None else head for head in heads])
    if _all(given, date, lambda value: True) or _all(given, str, DAY.match):
        spelled = [value and str(value) for value in values]
        turns = {value: turn for turn, value in enumerate(sorted({*spelled} - {None}))}
        return ranks([np.nan if value is None else turns[value] for value in spelled])
    return None


def _all(values: Sequence[Any], kind: type, right: Any) -> bool:
    return bool(values) and all(isinstance(value, kind) and right(value) for value in values)


def _values(row: Row) -> frozenset[Hashable]:
    return frozenset(
        value
        for name, value in row.items()
        if not name.startswith("(")
        and name not in SEEN
        and isinstance(value, bytes | str | int | float)
    )


def _own(row: Row) -> list[Hashable]:
    return [v for v in _values(row) if isinstance(v, bytes | str) and len(v) >= DISTINCT]
