"""Staff numbers, after a word that says so. Pure."""

import re
from collections.abc import Iterator

_NAMED = re.compile(
    r"(?:(?:员工|职工)(?:编号|号码|号|id)|工号|\b(?:staff|employee|badge|payroll|personnel|worker)"
    r" {0,2}(?:id|number|no\b\.?|num|code|#))(?: ?(?:是|为|is|was|:|#|=)){0,2} {0,2}"
    r"([A-Z]{0,4}[-_]?[0-9]{3,12})(?![0-9])",
    re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where staff numbers stand."""
    for match in _NAMED.finditer(text):
        yield match.span(1)
