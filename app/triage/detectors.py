"""The registry of detectors: one line for each, and the one way to ask them all. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from app.triage.kinds import STRONGEST_FIRST, Kind

Span = tuple[int, int]


@dataclass(frozen=True)
class Detector:
    """A kind and the function that finds its passages; linear in the length of the text."""

    kind: Kind
    find: Callable[[str], Iterator[Span]]


@dataclass(frozen=True)
class Seen:
    """A passage of a text, text[start:end], and the kind of personal data it is."""

    kind: Kind
    start: int
    end: int


DETECTORS: Final[tuple[Detector, ...]] = ()


def see(text: str, detectors: Iterable[Detector] = DETECTORS) -> list[Seen]:
    """Return every passage that a detector finds, in order, none overlapping another."""
    found = [Seen(each.kind, *span) for each in detectors for span in each.find(text)]
    return _apart(found)


def _apart(found: list[Seen]) -> list[Seen]:
    """Join what overlaps into one passage of the strongest kind."""
    joined: list[Seen] = []
    for seen in sorted(found, key=lambda seen: (seen.start, seen.end)):
        if joined and seen.start < joined[-1].end:
            last = joined.pop()
            kind = min(last.kind, seen.kind, key=STRONGEST_FIRST.index)
            seen = Seen(kind, last.start, max(last.end, seen.end))
        joined.append(seen)
    return joined
