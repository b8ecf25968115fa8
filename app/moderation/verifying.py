"""Checks a copy of the public log of a Lamplight: python3 verify.py log.jsonl --head NUMBER:HASH

One file on the standard library alone; `lamplight transparency verify` is the same. A line's
hash is SHA-256 of the hash of the line before it and of its own words, so that whoever kept a
head, which stands in the footer of every page, notices any later change of what is above it.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

# In the order in which they are hashed.
FIELDS = (
    *("number", "day", "kind", "action", "reason", "source", "automated", "before", "after"),
    *("days", "outcome", "two", "item", "decider", "employer"),
)
BEGINNING = bytes(32)
_SHOWN = {*FIELDS, "hash", "named"}
_HEAD = re.compile(r"(?:([0-9]{1,15}):)?([0-9a-fA-F]{64})")


class Wrong(Exception):
    """The log is not what it was, or cannot be read; the message is the one line to print."""


class Head(NamedTuple):
    """What was published once: the hash of a line, and its number unless that was not kept."""

    number: "int | None"
    hash: bytes


class Holds(NamedTuple):
    """What was checked: the numbers of the first and the last line, and the last one's hash."""

    first: int
    last: int
    hash: bytes


def head(text: str) -> Head:
    """Read NUMBER:HASH, or HASH alone. Raises Wrong."""
    found = _HEAD.fullmatch(text.strip())
    if found is None:
        raise Wrong(f"{text!r} is no head: it is written NUMBER:HASH")
    return Head(int(found[1]) if found[1] else None, bytes.fromhex(found[2]))


def verify(lines: Iterable[str], heads: Sequence[Head] = ()) -> Holds:
    """Check a log, one JSON object a line, against heads that were published once.

    A log that does not begin at line 1 needs the head of the line before it. Raises Wrong.
    """
    known = _known(heads)
    unmet = {head.hash for head in heads if head.number is None}
    first, number, before = 1, 0, BEGINNING
    for place, text in enumerate(lines, 1):
        line = _line(place, text)
        if place == 1 and line["number"] > 1:
            first, number = line["number"], line["number"] - 1
            before = _begun(first, known)
        before = _follows(number, before, line)
        number += 1
        unmet.discard(before)
        if known.pop(number, before) != before:
            raise Wrong(
                f"line {number} is not the one whose hash was published: it, or a line before it, "
                "was changed and the rest written anew"
            )
        _name_holds(line)
    _all_met(first, number, known, unmet)
    return Holds(first, number, before)


def report(file: Path, heads: Sequence[str]) -> str:
    """Check a file against heads as they were written down; say in one line what holds.

    Raises Wrong.
    """
    known = [head(text) for text in heads]
    try:
        with file.open(encoding="utf-8") as lines:
            holds = verify(lines, known)
    except OSError as error:
        raise Wrong(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Wrong(f"{file} is no log: it is not UTF-8") from None
    said = f"lines {holds.first} to {holds.last} hold; the last is {holds.last}:{holds.hash.hex()}"
    if known:
        return f"{said}; heads met: {len(known)}"
    return f"{said}; without a head that was kept, nobody can tell a log that was written anew"


def main(words: "Sequence[str] | None" = None) -> int:
    """Check a file; return the exit code, 1 after one clear line on standard error."""
    parser = argparse.ArgumentParser(description="Check a copy of the public log of a Lamplight.")
    parser.add_argument("file", type=Path, help="what /transparency/log.jsonl gave")
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="NUMBER:HASH",
        help="as a footer or /transparency/head showed it once; may be given again",
    )
    chosen = parser.parse_args(words)
    try:
        sys.stdout.write(f"{report(chosen.file, chosen.head)}\n")
    except Wrong as error:
        sys.stderr.write(f"lamplight: {error}\n")
        return 1
    return 0


def _known(heads: Sequence[Head]) -> "dict[int, bytes]":
    known = {0: BEGINNING}
    for number, digest in heads:
        if number is not None and known.setdefault(number, digest) != digest:
            raise Wrong(f"two heads of line {number} were published: the log was written anew")
    return known


def _line(place: int, text: str) -> "dict[str, Any]":
    try:
        line = json.loads(text)
    except ValueError:
        raise Wrong(f"row {place} of the file is no line of a log: it is not JSON") from None
    if not isinstance(line, dict) or not {*FIELDS, "hash"} <= line.keys() <= _SHOWN:
        raise Wrong(f"row {place} of the file is no line of a log: its fields are others")
    if type(line["number"]) is not int or line["number"] < 1:
        raise Wrong(f"row {place} of the file is no line of a log: it has no number")
    return line


def _begun(first: int, known: "dict[int, bytes]") -> bytes:
    """Return the hash that comes before a log whose earlier lines are not in the file."""
    if first - 1 not in known:
        raise Wrong(
            f"lines 1 to {first - 1} are missing; give --head {first - 1}:HASH if on purpose"
        )
    return known[first - 1]


def _follows(number: int, before: bytes, line: "dict[str, Any]") -> bytes:
    """Check that a line follows another; return its hash."""
    now = line["number"]
    if now > number + 1:
        raise Wrong(f"after line {number} comes line {now}: what was between them was taken out")
    if now <= number:
        raise Wrong(f"after line {number} comes line {now}: lines were swapped or put in")
    words = json.dumps([line[name] for name in FIELDS], separators=(",", ":"))
    digest = sha256(before + words.encode()).digest()
    if line["hash"] != digest.hex():
        raise Wrong(f"line {now} does not follow from the one before it: it was changed")
    return digest


def _name_holds(line: "dict[str, Any]") -> None:
    """Check that the employer which a line names is the one that it committed itself to."""
    named = line.get("named")
    if named is None:
        return
    try:
        opened = bytes.fromhex(named["salt"]) + b"employer\0" + bytes.fromhex(named["id"])
    except (KeyError, TypeError, ValueError):
        raise Wrong(f"line {line['number']} names an employer without what would show it") from None
    if sha256(opened).hexdigest() != line["employer"]:
        raise Wrong(f"line {line['number']} names an employer that it was not written about")


def _all_met(first: int, last: int, known: "dict[int, bytes]", unmet: "set[bytes]") -> None:
    if missing := [number for number in known if number > last]:
        raise Wrong(f"the log ends at line {last}, but line {missing[0]} was published: it was cut")
    if missing := [number for number in known if 0 < number < first - 1]:
        raise Wrong(f"line {missing[0]} is not in this file, which begins at line {first}")
    if unmet:
        raise Wrong(f"no line has the hash {min(unmet).hex()}: the log was cut or written anew")


if __name__ == "__main__":
    sys.exit(main())
