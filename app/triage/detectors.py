"""The registry of detectors: one line for each, and the one way to ask them all. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.triage import (
    banks,
    chinese_names,
    dates,
    documents,
    english_names,
    identities,
    kinds,
    links,
    mails,
    messengers,
    phones,
    staff_numbers,
)
from app.triage.folding import folded
from app.triage.kinds import STRONGEST_FIRST, Kind

Span = tuple[int, int]
# Of one kind in one text; whoever removes a thousand of them is shown what is left.
MOST_PASSAGES: Final = 1_000


@dataclass(frozen=True)
class Detector:
    """A kind and the function that finds its passages in a folded text, in linear time."""

    kind: Kind
    find: Callable[[str], Iterator[Span]]


@dataclass(frozen=True)
class Seen:
    """A passage of a text, text[start:end], and the kind of personal data it is."""

    kind: Kind
    start: int
    end: int


DETECTORS: Final = (
    Detector(kinds.IDENTITY, identities.find),
    Detector(kinds.BANK, banks.find),
    Detector(kinds.DOCUMENT, documents.find),
    Detector(kinds.PHONE, phones.find),
    Detector(kinds.EMAIL, mails.find),
    Detector(kinds.MESSENGER, messengers.find),
    Detector(kinds.STAFF, staff_numbers.find),
    Detector(kinds.LINK, links.find),
    Detector(kinds.NAME, chinese_names.find),
    Detector(kinds.NAME, english_names.find),
    Detector(kinds.DATE, dates.find),
)


def see(text: str, detectors: Iterable[Detector] = DETECTORS) -> list[Seen]:
    """Return every passage that a detector finds, in order, none overlapping another."""
    plain = folded(text)
    return _apart(
        [
            Seen(each.kind, *span)
            for each in detectors
            for span in islice(each.find(plain), MOST_PASSAGES)
        ]
    )


def _apart(found: list[Seen]) -> list[Seen]:
    """Join what overlaps into one passage of the strongest kind."""
    joined: list[Seen] = []
    for seen in sorted(found, key=lambda seen: (seen.start, seen.end)):
        if joined and seen.start < joined[-1].end:
            joined[-1] = _both(joined[-1], seen)
        else:
            joined.append(seen)
    return joined


def _both(one: Seen, other: Seen) -> Seen:
    kind = min(one.kind, other.kind, key=STRONGEST_FIRST.index)
    return Seen(kind, one.start, max(one.end, other.end))
