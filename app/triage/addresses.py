"""Addresses at whose door one could ring: a house and what is inside it, or a street. Pure.

A road and a number alone are in Chinese mostly those of a firm; a staircase or a room is a home.
"""

import re
from collections.abc import Iterator

_HOUSE = r"[0-9一二三四五六七八九十A-Za-z]{1,5} ?(?:号楼|幢|栋|座|单元|号(?![码线])|弄|组|#)"
_INSIDE = r"[0-9一二三四五六七八九十]{1,5} ?(?:单元|室|房(?![贷租])|门|户(?![人])|楼(?=[0-9]))"
_CHINESE = re.compile(
    # The district or town before it is bounded, so that a long text stays quick.
    r"[^\W0-9A-Za-z_]{0,12}(?:路|街|大道|巷|弄|里|村|胡同|小区|苑|花园|城|公寓|宿舍|家园|园|庭"
    r"|府|湾|镇|寓)"
    rf" ?(?:{_HOUSE}[^\W0-9A-Za-z_]{{0,8}}?){{1,3}}"
    rf"(?:{_INSIDE} ?(?:[0-9]{{1,4}}(?: ?[室房号])?)?|(?<=[元幢栋座楼])[0-9]{{3,4}}(?: ?[室房])?)"
)
_STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Close|Court|Ct|Place|Pl|Terrace|Crescent"
    r"|Gardens|Boulevard|Blvd|Square|Grove|Mews|Parkway|Row|Way)"
)
_ROOM = r"(?:[Aa]pt|[Aa]partment|[Ff]lat|[Uu]nit|[Rr]oom|#)"
_ENGLISH = re.compile(
    rf"(?<![0-9.,:$£€/])\b[1-9][0-9]{{0,4}}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][a-z'’]{{1,15}} )"
    r"{1,3}"
    rf"{_STREET}\b\.?(?:,? {_ROOM}\.? ?#?[0-9A-Za-z]{{1,5}})?",
    re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses stand."""
    for pattern in (_CHINESE, _ENGLISH):
        for match in pattern.finditer(text):
            yield match.span()
