"""The directory of credential keys: a chain of public entries that nobody can rewrite. Pure.

Every entry is one line of JSON and is hashed as it is written, so that no reader has to spell it
again: h(n) = SHA-256(h(n-1) || entry). The issuer signs the last hash, the head, with Ed25519. A
worker pins the head that was seen when the credential was issued; a directory that does not
contain it was made for somebody else (docs/credentials.md). Standard library alone: the wallet
runs on this.
"""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final, Literal

SIGNED: Final = b"lamplight directory 1\x00"
BEGINNING: Final = bytes(32)
WINDOW_DAYS: Final = 14
_QUARTER: Final = re.compile("2[0-9]{3}Q[1-4]")
Kind = Literal["key", "opening", "withheld", "retired"]
KINDS: Final = ("key", "opening", "withheld", "retired")


class NotADirectory(ValueError):
    """A document that is no directory, or whose parts contradict each other; the message says."""


@dataclass(frozen=True)
class Key:
    """One public key: id is SHA-256 of the modulus; employer is None for the site-wide key."""

    id: bytes
    n: int
    employer: bytes | None
    name: str
    quarter: str


@dataclass(frozen=True)
class Event:
    """What became of a key's pool on a day: opened, withheld for being small, or key retired."""

    kind: Kind
    key: bytes
    day: date


@dataclass(frozen=True)
class Directory:
    """A directory whose chain was recomputed; `at` counts entries from the served beginning."""

    issuer: bytes
    hashes: Sequence[bytes]
    keys: dict[bytes, Key]
    events: Sequence[tuple[int, Event]]
    signature: bytes

    @property
    def head(self) -> bytes:
        """The last hash of the chain."""
        return self.hashes[-1]

    def place(self, head: bytes) -> int | None:
        """Return how many entries lie before a head that this chain contains, else None."""
        return self.hashes.index(head) if head in self.hashes else None

    def key_of(self, employer: bytes | None, quarter: str) -> Key | None:
        """Return the one key of an employer (None: site-wide) and quarter."""
        found = (k for k in self.keys.values() if (k.employer, k.quarter) == (employer, quarter))
        return next(found, None)

    def first(self, key: bytes, kind: Kind, since: int = 0) -> Event | None:
        """Return the first event of a kind that a key met from an entry on."""
        found = (e for at, e in self.events if at >= since and (e.key, e.kind) == (key, kind))
        return next(found, None)

    def is_open(self, key: bytes) -> bool:
        """Tell whether credentials of a key may be redeemed: some pool opened, not retired."""
        return self.first(key, "opening") is not None and self.first(key, "retired") is None


def read(document: bytes) -> Directory:
    """Read a directory and recompute its chain; the signature is left to who can check it.

    Raises NotADirectory: not this format, a head that is not the chain's, a key whose id is not
    its hash, two keys of one employer and quarter, or an entry of an unknown kind.
    """
    try:
        raw = json.loads(document)
        before, head = bytes.fromhex(raw["before"]), bytes.fromhex(raw["head"])
        hashes = list(_hashes(before, raw["entries"]))
        entries = [json.loads(entry) for entry in raw["entries"]]
        found = _collected(entries)
        directory = Directory(
            bytes.fromhex(raw["issuer"]), hashes, *found, bytes.fromhex(raw["signature"])
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise error if isinstance(error, NotADirectory) else NotADirectory("no directory") from None
    if directory.head != head:
        raise NotADirectory("the head is not the chain's")
    return directory


def write(issuer: bytes, before: bytes, entries: Sequence[str], signature: bytes) -> bytes:
    """Write the document of a chain; entries as `key_entry` and `event_entry` spell them."""
    return json.dumps(
        {
            "issuer": issuer.hex(),
            "before": before.hex(),
            "entries": list(entries),
            "head": head_of(before, entries).hex(),
            "signature": signature.hex(),
        },
        indent=0,
    ).encode()


def head_of(before: bytes, entries: Iterable[str]) -> bytes:
    """Return the last hash of a chain that begins after `before`."""
    return list(_hashes(before, entries))[-1]


def key_entry(n: int, employer: bytes | None, name: str, quarter: str) -> str:
    """Spell the entry of a key."""
    written = number(n)
    return _entry(
        kind="key",
        key=key_id(n).hex(),
        n=base64.urlsafe_b64encode(written).rstrip(b"=").decode(),
        employer=employer.hex() if employer else None,
        name=name,
        quarter=quarter,
    )


def event_entry(event: Event) -> str:
    """Spell the entry of an event."""
    return _entry(kind=event.kind, key=event.key.hex(), day=event.day.isoformat())


def key_id(n: int) -> bytes:
    """Return the id of a key: SHA-256 of its modulus, big-endian."""
    return sha256(number(n)).digest()


def number(n: int) -> bytes:
    """Write a modulus as big-endian bytes."""
    return n.to_bytes((n.bit_length() + 7) // 8, "big")


def named_day(opening: date, prepared: bytes) -> date:
    """Return the day in the two weeks after an opening on which one credential is redeemed.

    It follows from the credential's own random bytes, which nobody else has seen until then, so
    that it is random, stays the same, and is kept nowhere.
    """
    offset = int.from_bytes(sha256(b"lamplight day\x00" + prepared).digest()[:4], "big")
    return opening + timedelta(days=1 + offset % WINDOW_DAYS)


def _hashes(before: bytes, entries: Iterable[str]) -> Iterator[bytes]:
    if len(before) != len(BEGINNING):
        raise NotADirectory("the beginning is no hash")
    yield before
    for entry in entries:
        before = sha256(before + entry.encode()).digest()
        yield before


def _collected(entries: Iterable[Any]) -> tuple[dict[bytes, Key], list[tuple[int, Event]]]:
    keys: dict[bytes, Key] = {}
    owners = set()
    events = []
    for at, entry in enumerate(entries):
        if entry["kind"] == "key":
            key = _key(entry)
            if (key.employer, key.quarter) in owners:
                raise NotADirectory("two keys of one employer and quarter")
            owners.add((key.employer, key.quarter))
            keys[key.id] = key
        elif entry["kind"] in KINDS:
            event = Event(entry["kind"], _id(entry["key"], 32), _day(entry["day"]))
            # The beginning of a chain is dropped with its keys; their later events stay.
            if event.key in keys:
                events.append((at, event))
        else:
            raise NotADirectory("an entry of an unknown kind")
    return keys, events


def _key(entry: Any) -> Key:
    written = base64.urlsafe_b64decode(entry["n"] + "==")
    employer = None if entry["employer"] is None else _id(entry["employer"], 16)
    key = Key(_id(entry["key"], 32), int.from_bytes(written, "big"), employer, *_named(entry))
    if key.id != sha256(written).digest():
        raise NotADirectory("a key whose id is not its hash")
    return key


def _named(entry: Any) -> tuple[str, str]:
    name, quarter = entry["name"], entry["quarter"]
    if not isinstance(name, str) or not _QUARTER.fullmatch(quarter):
        raise NotADirectory("a key of no name or no quarter")
    return name, quarter


# One spelling of each thing: what is read as one by one reader and as two by another could hide a
# second key of an employer from half of them.
def _id(written: str, length: int) -> bytes:
    raw = bytes.fromhex(written)
    if len(raw) != length or raw.hex() != written:
        raise NotADirectory("an id that is spelled otherwise")
    return raw


def _day(written: str) -> date:
    day = date.fromisoformat(written)
    if day.isoformat() != written:
        raise NotADirectory("a day that is spelled otherwise")
    return day


def _entry(**parts: str | None) -> str:
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
