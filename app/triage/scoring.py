"""Sentences in which several signs come together, each alone harmless. Pure."""

import re
from collections.abc import Iterator
from typing import Final

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{3}")
_SENTENCE = re.compile(r"[^。！？!?\n]{1,400}")
ENOUGH: Final = 3


def sentences(
    text: str, strong: re.Pattern[str], weak: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """Yield the stretches from the first sign to the last of sentences that bear enough of them.

    A strong sign counts two, and one is needed; a weak one counts one. Each wording counts
    once, and none within a stronger one.
    """
    for sentence in _SENTENCE.finditer(text):
        if not strong.search(text, *sentence.span()):
            continue  # weak ones alone are no more than chance
        places: dict[str, tuple[int, int, int]] = {}
        for pattern, worth in ((strong, 2), (weak, 1)):
            for sign in pattern.finditer(text, *sentence.span()):
                if not any(a <= sign.start() < b for _, a, b in places.values()):
                    places.setdefault(sign[0].lower(), (worth, *sign.span()))
        if sum(worth for worth, _, _ in places.values()) >= ENOUGH:
            yield (
                min(start for _, start, _ in places.values()),
                max(end for _, _, end in places.values()),
            )


def chinese(text: str) -> bool:
    """Tell whether any of a text is Chinese: if not, its patterns need not look."""
    return bool(_HAN.search(text))


def english(text: str) -> bool:
    """Tell whether any of a text is a word in Latin letters."""
    return bool(_LATIN.search(text))
