"""Exact days: a month and a day, with or without the year. Months and quarters are not. Pure."""

import re
from collections.abc import Iterator

_HAN = re.compile(
    r"(?<![0-9])(?:[0-9]{2,4} ?年 ?)?(?:1[0-2]|0?[1-9]) ?月 ?(?:3[01]|[12][0-9]|0?[1-9])"
    r"(?: ?[日号]|(?=当天|那天|那晚|那次|早上|上午|下午|晚|凌晨|夜))"
)
_HAN_SPOKEN = re.compile(
    r"(?:[二〇零一三四五六七八九]{4}年)?(?<![一二三四五六七八九十])(?:十[一二]?"
    r"|[一二三四五六七八九])月"
    r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
)
_LUNAR = re.compile(
    r"(?:[正冬腊]|(?<=农历)[一二三四五六七八九十]{1,2})月"
    r"(?:初[一二三四五六七八九十]|(?:[二三]?十|廿)[一二三四五六七八九]?)"
)
_WRITTEN = re.compile(
    r"(?<![0-9A-Za-z.\-/_=])(?:19|20)[0-9]{2}([-/.])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12][0-9]|0?[1-9])"
    r"(?![0-9]|[.\-/][0-9])"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:,? {1,2}(?:19|20)[0-9]{2}\b)?"
# 'They march 14 times', 'May 30 people': a count, not a day.
_NO_COUNT = (
    r"(?![0-9:]|\.[0-9]|,[0-9]|%| ?[ap]m\b"
    r"| (?:times|hours|h\b|people|percent|days|weeks|months|of (?:us|them|the|my|our)))"
)
_ENGLISH = re.compile(
    rf"(?<![Ii]n )\b{_MONTH} (?:the )?{_DAY}{_NO_COUNT}{_YEAR}"
    rf"|(?<![0-9:.,$])\b{_DAY}(?: of)? {_MONTH}(?! (?:be|have|not)\b){_YEAR}",
    re.ASCII,
)
# 3/14 alone may be a share of something: the words around it make it a day.
_PAIR = r"([0-9]{1,2})/([0-9]{1,2})"
_NO_SHARE = r"(?![0-9/]|\.[0-9]|%| ?(?:of\b|的(?:人|同事|员工|团队)))"
_SLASHED = (
    re.compile(
        r"(?:\b(?:[Oo]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]ated|[Ff]rom|[Bb]efore|[Aa]fter|of"
        r"|started|began|begun|happened|launched|was) (?:the )?"
        rf"|[从到自在于] ?){_PAIR}{_NO_SHARE}",
        re.ASCII,
    ),
    re.compile(rf"{_PAIR}(?= ?(?:号|日|当天|那天|晚|凌晨))"),
    re.compile(rf"{_PAIR}/(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}){_NO_SHARE}"),
)
_DOTTED = re.compile(
    r"(?<![0-9.])(?:3[01]|[12][0-9]|0?[1-9])([.-])(?:1[0-2]|0?[1-9])\1(?:19|20)[0-9]{2}(?![0-9.])"
)
_COMPACT = re.compile(
    r"(?<![0-9A-Za-z/_=.-])20[0-3][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z_-])"
)
_SPOKEN_DAY = re.compile(
    r"(?:十[一二]"
    r"|(?<![一二三四五六七八九十])[一二三四五六七八九十])月(?:[二三]?十[一二三四五六七八九]?"
    r"|[一二三四五六七八九])"
    r"(?=那天|那晚|当天|当晚|晚上|早上|上午|下午|凌晨|夜里)"
)
_YEARLY = re.compile(r"每年 ?$")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where exact days stand."""
    for pattern in (_HAN, _HAN_SPOKEN, _SPOKEN_DAY, _LUNAR, _WRITTEN, _DOTTED, _COMPACT, _ENGLISH):
        for match in pattern.finditer(text):
            if not _YEARLY.search(text, max(0, match.start() - 4), match.start()):
                yield match.span()
    for pattern in _SLASHED:
        for match in pattern.finditer(text):
            if _is_day(match[1], match[2]) and not _goes_on(text, match.start(1)):
                yield match.start(1), match.end()


def _goes_on(text: str, start: int) -> bool:
    """Tell whether what stands before belongs to the same number or address."""
    return start > 0 and (text[start - 1].isascii() and text[start - 1] not in " (\n\"'")


def _is_day(one: str, other: str) -> bool:
    """Tell whether two numbers are a month and a day in either order; 24/7 is a way of life."""
    low, high = sorted((int(one), int(other)))
    return 1 <= low <= 12 and high <= 31 and (low, high) != (7, 24)
