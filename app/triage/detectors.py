"""The registry of detectors: one line for each, and the one way to ask them all. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.triage import (
    addresses,
    advertising,
    banks,
    bare_names,
    chinese_names,
    dates,
    documents,
    english_names,
    hate,
    identities,
    kinds,
    links,
    mails,
    menaces,
    messengers,
    paired_names,
    phones,
    plates,
    profiles,
    scored_names,
    secrets,
    sexual,
    staff_numbers,
    threats,
    told_names,
    unlisted_names,
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
    """A passage of a text, text[start:end], and the kind it is."""

    kind: Kind
    start: int
    end: int


DETECTORS: Final = (
    Detector(kinds.IDENTITY, identities.find),
    Detector(kinds.BANK, banks.find),
    Detector(kinds.DOCUMENT, documents.find),
    Detector(kinds.DOCUMENT, plates.find),
    Detector(kinds.PHONE, phones.find),
    Detector(kinds.EMAIL, mails.find),
    Detector(kinds.MESSENGER, messengers.find),
    Detector(kinds.MESSENGER, profiles.find),
    Detector(kinds.ADDRESS, addresses.find),
    Detector(kinds.STAFF, staff_numbers.find),
    Detector(kinds.LINK, links.find),
    Detector(kinds.NAME, chinese_names.find),
    Detector(kinds.NAME, english_names.find),
    Detector(kinds.NAME, bare_names.find),
    Detector(kinds.NAME, paired_names.find),
    Detector(kinds.NAME, told_names.find),
    Detector(kinds.NAME, unlisted_names.find),
    Detector(kinds.NAME, scored_names.find),
    Detector(kinds.DATE, dates.find),
    Detector(kinds.THREAT, threats.find),
    Detector(kinds.THREAT, menaces.find),
    Detector(kinds.SEXUAL, sexual.find),
    Detector(kinds.HATE, hate.find),
    Detector(kinds.SECRET, secrets.find),
    Detector(kinds.SPAM, advertising.find),
)
# What a writer is told before sending; of the rest only the desk is.
WARNING: Final = tuple(each for each in DETECTORS if each.kind.warns)


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


def kinds_in(text: str) -> set[Kind]:
    """Return every kind that a detector finds, also where another one marks the same passage."""
    plain = folded(text)
    return {each.kind for each in DETECTORS if next(each.find(plain), None)}


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
