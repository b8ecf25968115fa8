"""All naughty strings and attack lines, and how they are sent: cut into fields and texts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tests.hostile.lines import ATTACKS
from tests.hostile.strings import NAUGHTY

# What forms refuse: controls, what cannot be encoded, what a broken encoding was read as.
_REFUSED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
ALL: Final = tuple(dict.fromkeys((*NAUGHTY, *ATTACKS)))
TAKEN: Final = tuple(text for text in ALL if not _REFUSED.search(text))
REFUSED: Final = tuple(text for text in ALL if _REFUSED.search(text))


def some(texts: Sequence[str], every: int) -> tuple[str, ...]:
    """Return every n-th text: some of each kind, as kinds lie together."""
    return tuple(texts[::every])


def batches(texts: Iterable[str], most: int, between: str = "\n\n") -> Iterator[str]:
    """Put texts together, at most so many characters at a time; longer ones stand alone, cut."""
    batch = ""
    for text in texts:
        longer = f"{batch}{between}{text}" if batch else text
        if len(longer) > most and batch:
            yield batch
            longer = text
        batch = longer[:most]
    if batch:
        yield batch
