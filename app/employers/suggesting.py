"""Which employers may be one: by what is left of their names, their pinyin, a slip of the pen.

Pure. Nothing is merged by it; a person looks at both.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from app.employers import cities, names

Why = Literal["name", "pinyin", "slip"]
_LEGAL: Final = re.compile(r"(?:股份|责任)?有限(?:责任)?公司$|公司$")
_KIND: Final = re.compile(r"(?:互联网|科技|技术|网络|信息|软件|集团|股份|控股|中国)$")
_INSTITUTION: Final = re.compile(r"^(?:银行|大学|医院|地铁|公交|电力|机场|证券|商业银行)")
_WORDS: Final = frozenset(
    re.split(
        r"\s+",
        """inc ltd llc gmbh co corp corporation company limited group holding holdings plc ag
        technology technologies tech china""",
    )
)
_LONGEST_CITY: Final = 5
SPOKEN, WRITTEN, SLIP = 5, 3, 7  # shorter ones are the same by chance
# What more employers than this share is a word of their trade.
COMMON: Final = 4


@dataclass(frozen=True)
class Likely:
    """Two employers that may be one, the lower id first, and by what they were found."""

    one: bytes
    other: bytes
    why: Why


def likely(named: Iterable[tuple[bytes, str]]) -> list[Likely]:
    """Find pairs among names with their employer; the surest first, then in the order of ids.

    Time is linear in the names, as employers are put side by side only by what they share.
    """
    alike: dict[tuple[Why, str], set[bytes]] = defaultdict(set)
    for employer, name in named:
        for trait in _traits(name):
            alike[trait].add(employer)
    found: dict[tuple[bytes, bytes], Why] = {}
    for why, one, other in sorted(_pairs(alike), key=lambda pair: (_SURE.index(pair[0]), pair[1:])):
        found.setdefault((one, other), why)
    return [Likely(one, other, why) for (one, other), why in found.items()]


def core(name: str) -> str:
    """Return what is left of a name without its legal form, its trade's word and its city."""
    return _core_han(name) if names.has_han(name) else _core_latin(name)


_SURE: Final[tuple[Why, ...]] = ("name", "pinyin", "slip")


def _traits(name: str) -> Iterator[tuple[Why, str]]:
    """Say what a name would share with another of the same employer."""
    left = core(name)
    if names.has_han(left):
        yield "name", left
        spoken = names.spoken(left)
        if len(spoken) >= SPOKEN:
            yield "pinyin", spoken
        return
    if len(left) >= WRITTEN:
        yield "name", left
    if len(left) >= SPOKEN:
        yield "pinyin", left
    if len(left) >= SLIP:
        # One letter too many, too few or wrong: both are the same with a letter left out.
        yield "slip", left
        yield from (("slip", left[:at] + left[at + 1 :]) for at in range(len(left)))


def _pairs(
    alike: Mapping[tuple[Why, str], set[bytes]],
) -> Iterator[tuple[Why, bytes, bytes]]:
    for (why, _), employers in alike.items():
        if len(employers) <= COMMON:
            ids = sorted(employers)
            yield from ((why, one, two) for at, one in enumerate(ids) for two in ids[at + 1 :])


def _core_han(name: str) -> str:
    text = names.key(name)
    bare = _LEGAL.sub("", text)
    if bare != text:
        bare = _without_city(bare)
    while (shorter := _KIND.sub("", bare)) != bare and len(shorter) > 1:
        bare = shorter
    return bare or text


def _without_city(text: str) -> str:
    """Take the city off a registered name, unless what follows names nobody without it."""
    for length in range(_LONGEST_CITY, 1, -1):
        rest = text[length:]
        if len(rest) > 1 and cities.known(text[:length]) and not _INSTITUTION.match(rest):
            return rest
    return text


def _core_latin(name: str) -> str:
    words = name.replace(".", "").replace(",", " ").split()
    while len(words) > 1 and names.key(words[-1]) in _WORDS:
        words.pop()
    return names.key("".join(words))
