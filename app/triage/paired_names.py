"""Names of two or three words in Latin letters, of which a list knows the first or the last. Pure.

'Adaeze Nwosu', 'Priya V. Raman', 'Ng Wei Ling': one word of them is known, and the others are no
words that stand in capitals for another reason. Who is known to everybody is no one's colleague.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.triage.words import words

GIVEN: Final = words("given", "latin_names") | words("given")
_GIVEN_WORDS: Final = words("given_words", "latin_names")
SURNAMES: Final = words("surnames", "latin_names") | words("pinyin_surnames")
_ORDINARY: Final = words("ordinary", "english_words")
NO_NAMES: Final = words("capitalised") | words("no_surnames")
PUBLIC: Final = words("public")
WORD = r"[A-ZÀ-ÞĀ-ŽƠƯẠ-Ỹ](?:['’]?[A-Z])?[a-zß-ÿĀ-žơưạ-ỹ][A-Za-zÀ-ÿĀ-žƠơƯưẠ-ỹ'’-]{0,20}"
_SYLLABLE: Final = 6
_PARTICLE = r"(?:bin|binti|al|el|de|da|van|von|der|den|di|la|le|ter|dos)"
_MORE = rf"(?: [A-Z]\.?)?(?: {_PARTICLE}){{0,2}}(?: {WORD})"
_PAIR = re.compile(
    rf"(?<![A-Za-z0-9/.#_'’-])(?<![A-Za-z0-9]@)(?P<first>{WORD})(?=(?P<rest>{_MORE}{{1,2}}))",
    re.ASCII,
)


_ASIAN: Final = words("pinyin_surnames") | words("asian_surnames")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names of several words stand."""
    last = 0
    for match in _PAIR.finditer(text):
        if match.start() < last:
            continue
        length = _named(match["first"], match["rest"])
        if length:
            last = match.start() + length
            yield match.start(), last


def _named(first: str, rest: str) -> int:
    """Return how much of a word and those after it is a name; 0 for none."""
    more = [word.start() for word in re.finditer(rf" {WORD}", rest)]
    ends = [*more[1:], len(rest)]
    names = [plain(rest[start + 1 : end]) for start, end in zip(more, ends, strict=True)]
    asian = first in _ASIAN and "-" in names[0]  # Park Ji-hoon
    if asian:
        return len(first) + len(cut(rest[: ends[0]]))
    if (
        first in NO_NAMES
        or first.endswith(("'s", "’s"))
        or names[0] in NO_NAMES
        or f"{first}_{names[0]}" in PUBLIC
    ):
        return 0
    whole = len(names) > 1 and names[1] not in NO_NAMES
    known = first.partition("-")[0] in GIVEN or (first in _GIVEN_WORDS and names[0] in SURNAMES)
    ordinary = first in _GIVEN_WORDS or first.lower() in _ORDINARY
    behind = names[0] in SURNAMES and not ordinary
    before = first in _ASIAN and whole and max(map(len, names)) <= _SYLLABLE
    hyphened = "-" in first and names[0] in _ASIAN
    if not (known or behind or before or hyphened):
        return 0
    return len(first) + len(cut(rest[: ends[whole]]))


def plain(word: str) -> str:
    """Return the first word of what is written, without what is not the name's."""
    return cut(word.strip().replace("’", "'")).split(" ")[0]


def cut(written: str) -> str:
    """Take off what is not the name's: a genitive, the middle of the next one."""
    return written.rstrip(" .").removesuffix("'s").removesuffix("’s").rstrip("'’-")
