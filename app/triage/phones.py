"""Phone numbers: mainland mobile and fixed lines by their plan, all others by phonenumbers. Pure.

A number after a word such as 'call me on' counts without its country, too.
"""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

# Validating costs 50 microseconds: a text with more than this many numbers is a list of numbers,
# and from there on the shape is enough.
MOST_VALIDATED: Final = 64
_EXTENSION = r"(?:[ ,]{0,2}(?:转|分机|extension|ext|x)[ .:]{0,2}[0-9]{1,6}|-[0-9]{1,5}(?![0-9-]))?"
_MAINLAND = re.compile(
    r"""(?<![0-9.,/=#$¥￥_-])(?:
        (?:(?:\+|00)?86[ -]{0,2})?1[3-9](?:                         # mobile
            [0-9]{9}
          | [0-9][ .-][0-9]{4}[ .-]?[0-9]{4} | [0-9]{5}[ .-][0-9]{4}
          | [0-9][ .-][0-9]{3}[ .-][0-9]{5} | [0-9]{2}[ .-][0-9]{3}[ .-][0-9]{4}
        )
      | (?:(?:\+|00)86[ -]{0,2})?(?:
          (?:0?10|0?2[0-9]|0?[3-9][0-9]{2})[ -]{1,2}|\(0(?:10|2[0-9]|[3-9][0-9]{2})\)[ -]{0,2})
        [2-8][0-9]{3}[ -]?[0-9]{3,4}(?=[^0-9]|$)                    # fixed line, area apart
      | 0(?:10|2[0-9])[2-8][0-9]{7} | 0[3-9][0-9]{2}[2-8][0-9]{6,7} # fixed line in one
    )(?![0-9])"""
    + _EXTENSION,
    re.VERBOSE,
)
_SPOKEN = re.compile(
    r"[一幺](?<![一二三四五六七八九零〇幺][一幺])[一二三四五六七八九零〇幺]{10}(?![一二三四五六七八九零〇幺])"
)
# One sign at a time, to hide it from machines: 1 3 9 ..., 1三9..., one-three-nine.
_SPACED = re.compile(
    r"(?<![0-9一二三四五六七八九零〇幺.])[1一幺壹]"
    r"(?:[ .*-]?[0-9一二三四五六七八九零〇幺壹贰叁肆伍陆柒捌玖]){10}"
    r"(?![0-9一二三四五六七八九零〇幺])"
)
_APART: Final = 4
_BRITISH = re.compile(
    r"(?<![0-9A-Za-z.$#/=-])\(?0[1-9][0-9]{2,4}\)?[ -][0-9]{3,6}"
    r"(?:[ -][0-9]{3,4})?(?![0-9-])"
)
_TAIWANESE = re.compile(r"(?<![0-9A-Za-z.$#/=-])09[0-9]{2}[ -][0-9]{3}[ -][0-9]{3}(?![0-9-])")
_ABROAD = re.compile(r"\+[1-9](?:[ ().-]{0,2}[0-9]){7,14}(?![0-9])" + _EXTENSION)
_NORTH_AMERICAN = re.compile(
    r"(?<![0-9A-Za-z.$#/=-])(?:1[ .-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])"
    r"[2-9][0-9]{2}[ .-][0-9]{4}(?![0-9-])" + _EXTENSION
)
_ASKED = re.compile(
    r"(?:\b(?:call|ring|phone|tel|mobile|cell|whatsapp|hotline|reach)\b(?: [A-Za-z']{1,8}){0,3}"
    r"|电话|手机|座机|热线|致电|号码)[ :.是为]{0,3}"
    r"(\+?[0-9(](?:[ ().-]{0,2}[0-9]){6,13})(?![0-9%]|[.,][0-9])" + _EXTENSION,
    re.IGNORECASE | re.ASCII,
)
_REGIONAL: Final = (
    (_ABROAD, None),
    (_NORTH_AMERICAN, "US"),
    (_BRITISH, "GB"),
    (_TAIWANESE, "TW"),
)
# What a bare run of eleven digits may be instead.
_COUNTED = re.compile(r" ?(?:元|块|万|亿|人民币|次|条|个|字|yuan|rmb)", re.IGNORECASE | re.ASCII)
_NUMBERED = re.compile(
    r"(?:单号|流水|编号|批次|版本|order|invoice|ticket|build|rmb|no\.)[ :#]{0,3}$",
    re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where phone numbers stand."""
    for match in _MAINLAND.finditer(text):
        if not _something_else(text, *match.span()):
            yield match.span()
    for match in _SPOKEN.finditer(text):
        yield match.span()
    for match in _SPACED.finditer(text):
        if _hidden(match[0]):
            yield match.span()
    for match in _ASKED.finditer(text):
        if not _COUNTED.match(text, match.end(1)):
            yield match.start(1), match.end()
    left = MOST_VALIDATED
    for pattern, region in _REGIONAL:
        for match in pattern.finditer(text):
            left -= 1
            if left < 0 or _valid(match[0], region):
                yield match.span()


def _hidden(written: str) -> bool:
    """Tell whether a mobile number is written sign by sign, or in two kinds of digits."""
    plain = re.sub("[ .*-]", "", written)
    hidden = len(written) - len(plain) >= _APART or not plain.isascii()
    return hidden and plain[1] in "3456789三四五六七八九叁肆伍陆柒捌玖"


def _something_else(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start]
    return bool(_COUNTED.match(text, end) or _NUMBERED.search(before))


def _valid(written: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, region))
    except phonenumbers.NumberParseException:
        return False
