"""What a text waits for: to be decided before anybody sees it, to be looked at, or nothing. Pure.

What is held and what is looked at afterwards: docs/desk.md, 'What triage sees'. It never removes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from app.triage.detectors import kinds_in
from app.triage.kinds import Kind
from app.web.languages import N_

FIRST: Final = "looked_at_first"
COPIES: Final = "copies"
FLAGS: Final = "flags"
FLAG_BURST: Final = "flag_burst"
CHANGED: Final = "changed"
EVERYTHING: Final = "everything"
PROPOSED: Final = "proposed"
# What else than a kind of passage makes something wait, in words.
WORDS: Final[dict[str, str]] = {
    FIRST: N_("looked at first"),
    COPIES: N_("near-duplicates"),
    FLAGS: N_("flagged by readers"),
    FLAG_BURST: N_("many flags"),
    CHANGED: N_("changed by its writer while the desk had it"),
    EVERYTHING: N_("everything is looked at before it appears"),
    PROPOSED: N_("one of two persons has agreed to something"),
}
MILDEST: Final = 4
_LONGEST: Final = 120  # the column `why`


@dataclass(frozen=True)
class Weighed:
    """The state of something new, and if it waits, how grave it is (1 to 4) and why: codes."""

    state: Literal["published", "pending", "held"]
    severity: int | None = None
    why: str | None = None


def weigh(texts: Iterable[str], *, first: bool, image: bool, everything: bool = False) -> Weighed:
    """Weigh everything that readers would see of a post, after its writer was warned.

    first: it opens a thread; image: it has a picture, or a new one. everything: nothing appears
    undecided.
    """
    kinds = {kind for text in texts for kind in kinds_in(text)}
    codes = [kind.name for kind in sorted(kinds, key=_gravest_first)]
    if first or image:
        codes.append(FIRST)
    if everything:
        codes = codes or [EVERYTHING]
    if not codes:
        return Weighed("published")
    held = everything or any(kind.holds for kind in kinds)
    severity = min((kind.severity for kind in kinds), default=MILDEST)
    return Weighed("held" if held else "pending", severity, joined(codes))


def joined(codes: Iterable[str]) -> str:
    """Return codes as the column `why` keeps them, each once, as many as it has room for."""
    why = ""
    for code in dict.fromkeys(codes):
        if len(why) + 1 + len(code) <= _LONGEST:
            why = f"{why},{code}" if why else code
    return why


def with_code(why: str | None, code: str) -> str:
    """Return what made something wait with one code more, kept before any that finds no room."""
    return joined([code, *(why or "").split(",")]) if why else code


def without_code(why: str | None, code: str) -> str | None:
    """Return what made something wait with one code less."""
    return joined(each for each in (why or "").split(",") if each != code) or None


def _gravest_first(kind: Kind) -> tuple[bool, int, str]:
    return not kind.holds, kind.severity, kind.name
