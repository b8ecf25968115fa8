"""Mainland identity numbers: a place, a day of birth, a check digit. Pure.

Source: GB 11643-1999, whose check digit is ISO 7064 MOD 11-2.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

_SHAPE = re.compile(
    r"(?<![0-9])(?:[1-9][0-9]{5}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9Xx]"
    r"|[1-9][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9][0-9Xx])(?![0-9])"
)
_PLACES: Final = frozenset(range(11, 16)).union(
    range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), {71, 81, 82, 83, 91}
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where identity numbers with a right check digit stand."""
    for match in _SHAPE.finditer(text):
        if right(match[0].replace(" ", "").replace("-", "").upper()):
            yield match.span()


def right(number: str) -> bool:
    """Tell whether eighteen signs are an identity number: place, day and check digit."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if int(number[:2]) not in _PLACES or not 1900 <= int(number[6:10]) < 2100:
        return False
    total = sum(int(digit) << (17 - place) for place, digit in enumerate(number[:17]))
    return number[17] == "10X98765432"[total % 11]
