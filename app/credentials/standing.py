"""Where a credential stands: what its holder may do with it today, or why nothing. Pure.

The same rules run in the browser (scripts/wallet/standing.js); both are tested on one table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from app.credentials import blind, chain, ed25519
from app.credentials.chain import Directory, Event
from app.credentials.text import LABELS, Credential, Label
from app.weeks.quarters import Quarter

State = Literal[
    "over",  # the window of its quarter has closed
    "stranger",  # the directory was rewritten, or made for somebody else: its head is not in it
    "marked",  # its key is not the one that everybody of its employer and quarter has
    "unreadable",  # its signature is not of its message: the text was changed
    "retired",  # its employer's key was withdrawn
    "waiting",  # its pool has not opened; the next may on a Monday
    "void",  # its quarter closed with too few to hide among
    "named",  # its pool opened: to be redeemed on `day`
    "ready",  # that day has come
]
STATES: Final[tuple[State, ...]] = get_args(State)


@dataclass(frozen=True)
class Standing:
    """A state; where named or ready, the line to show and the day from which on."""

    state: State
    label: Label = "employer"
    day: date | None = None


def of(document: bytes, credential: Credential, today: date) -> Standing:
    """Judge a credential by a directory as it was just fetched."""
    if today > last_day(credential.quarter):
        return Standing("over")
    try:
        directory = trusted(document)
    except chain.NotADirectory:
        return Standing("stranger")
    seen = directory.place(credential.head)
    if seen is None or directory.issuer != credential.issuer:
        return Standing("stranger")
    damage = _damage(directory, credential)
    return Standing(damage) if damage else _pool(directory, credential, seen, today)


def trusted(document: bytes) -> Directory:
    """Read a directory and check that its issuer signed its head.

    Raises chain.NotADirectory.
    """
    directory = chain.read(document)
    signed = chain.SIGNED + directory.head
    if not ed25519.verify(directory.issuer, signed, directory.signature):
        raise chain.NotADirectory("the head is not signed by the issuer")
    return directory


def last_day(quarter: str) -> date:
    """Return the last day to redeem a quarter's credentials: the last one of the quarter after."""
    return Quarter.parse(quarter).next.last_day


def _damage(directory: Directory, credential: Credential) -> State | None:
    for label in LABELS:
        signed = credential.signed[label]
        key = directory.keys.get(signed.key)
        if key is None or key.quarter != credential.quarter or key.n.bit_length() != 2048:
            return "marked"
        if (key.employer is None) != (label == "site"):
            return "marked"
        if not blind.verify(key.n, signed.prepared, signed.signature):
            return "unreadable"
    return None


def _pool(directory: Directory, credential: Credential, seen: int, today: date) -> Standing:
    """Follow the credential's own pool: what became of it after it was issued."""
    for label in LABELS:
        key = credential.signed[label].key
        if directory.first(key, "retired"):
            return Standing("retired", label)
        event = _first(directory.events, key, seen)
        if event is None:
            return Standing("waiting", label)
        if event.kind == "opening":
            day = chain.named_day(event.day, credential.signed[label].prepared)
            return Standing("named" if today < day else "ready", label, day)
    return Standing("void", "site")


def _first(events: Sequence[tuple[int, Event]], key: bytes, seen: int) -> Event | None:
    pools = (e for at, e in events if at >= seen and e.key == key and e.kind != "retired")
    return next(pools, None)
