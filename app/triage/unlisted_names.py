"""Names in Latin letters of which no list knows any word: what is left of all else. Pure.

'Tamsin Achterberg', 'Keoni Kahale': two words in capitals, neither of them English, a place or a
firm. And 'MARGARET DUNLEAVY' where all letters are capitals, if lists know the first word.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.triage.paired_names import GIVEN, NO_NAMES, PUBLIC, SURNAMES, WORD, cut, plain
from app.triage.words import words

_ORDINARY: Final = words("ordinary", "english_words")
_FIRMS: Final = words("firms") | words("places")
_PAIR = re.compile(
    rf"(?<![A-Za-z0-9/.#_'’&-])(?<![A-Za-z0-9]@)(?P<first>{WORD})"
    rf"(?=(?P<last> (?:[A-Z]\. ?)?{WORD}))(?! [A-Z][a-z]+ [A-Z][a-z]+ [A-Z])"
)
_LOUD = re.compile(
    r"(?<![A-Za-z0-9/.#_'’&-])(?P<first>[A-Z]{3,12})"
    r"(?=(?P<last> [A-Z][A-Z'’-]{2,16})(?![A-Za-z0-9]))"
)
# 's, ing, ed...: what they make of a word is no name either.
_ENDINGS: Final = ("s", "es", "d", "ed", "ing", "er", "ers", "ly", "n", "y")
_SHORTEST: Final = 3
_KEPT: Final = 3


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand."""
    last = 0
    for match in _PAIR.finditer(text):
        first, behind = match["first"], plain(match["last"].split(". ")[-1].split(" ")[-1])
        if match.start() < last or f"{first}_{behind}" in PUBLIC:
            continue
        if _nobody_elses(first) and _nobody_elses(behind):
            last = match.start() + len(first) + len(cut(match["last"]))
            yield match.start(), last
    for match in _LOUD.finditer(text):
        first, behind = match["first"].title(), match["last"].strip().title()
        known = first in GIVEN and (behind in SURNAMES or _nobody_elses(behind))
        if known and first not in NO_NAMES and first.lower() not in _ORDINARY:
            yield match.start(), match.end("last")


def _nobody_elses(word: str) -> bool:
    """Tell whether a word is neither English nor the name of a place, a firm or a thing."""
    if len(word) < _SHORTEST or word in NO_NAMES or word in _FIRMS or word.endswith(("'s", "’s")):
        return False
    parts = word.lower().replace("'", "").split("-")
    return not all(map(_ordinary, parts))


def _ordinary(word: str) -> bool:
    if word in _ORDINARY:
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _KEPT and not _ORDINARY.isdisjoint(_stems(stem)):
            return True
    return False


def _stems(stem: str) -> set[str]:
    """Return what a word may have been before its ending: hope of hop(ed), stop of stopp(ed)."""
    once = stem[:-1] if stem[-1] == stem[-2] else stem
    return {stem, stem + "e", once, stem[:-1] + "y" if stem.endswith("i") else stem}
