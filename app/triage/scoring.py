"""Sentences in which several signs come together, each alone harmless. Pure."""

import re
from collections.abc import Iterator
from typing import Final

_SENTENCE = re.compile(r"[^。！？!?\n]{1,400}")
ENOUGH: Final = 3


def sentences(
    text: str, strong: re.Pattern[str], weak: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """Yield the stretches from the first sign to the last of sentences that bear enough of them.

    A strong sign counts two, a weak one one, and each wording once.
    """
    for sentence in _SENTENCE.finditer(text):
        places: dict[str, tuple[int, int, int]] = {}
        for pattern, worth in ((strong, 2), (weak, 1)):
            for sign in pattern.finditer(text, *sentence.span()):
                places.setdefault(sign[0].lower(), (worth, *sign.span()))
        if sum(worth for worth, _, _ in places.values()) >= ENOUGH:
            yield (
                min(start for _, start, _ in places.values()),
                max(end for _, _, end in places.values()),
            )
