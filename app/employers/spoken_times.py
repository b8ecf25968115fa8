"""Clock times and days a week in running Chinese text: '早11晚10', '8:30-18:00', '一周6天'."""

import re
from dataclasses import dataclass, field
from functools import partial

from app.weeks import codes
from app.weeks.arithmetic import DAY

NOON = 12 * 60
_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_NUMBER = r"(\d{1,2}|十[一二]?|[一二两三四五六七八九])"
_MINUTE = r"(?:[:.](\d{2})|点?(半)|点)?"
_TO = r"\s*(?:到|至|-|~|—|–)\s*"
_CLOCK = r"(?<![\d.])(\d{1,2})[:.](\d{2})(?!\d)"
_MORNING, _EVENING = r"(?:早上?|上午)", r"(?:下午|晚上?|傍晚)"
_PAIR = re.compile(
    rf"{_MORNING}\s*{_NUMBER}{_MINUTE}(?:{_TO}|\s*){_EVENING}\s*{_NUMBER}{_MINUTE}(?!\d)"
)
_RANGE = re.compile(
    rf"{_MORNING}?{_CLOCK}{_TO}({_EVENING})?(\d{{1,2}})(?:[:.](\d{{2}}))?(?![\d:.])"
    r"(?:\s*(?:或|/)\s*(\d{1,2})[:.](\d{2}))?(?:-([4-7])(?!\d))?"
)
_PACKED = re.compile(r"(?<![\d-])(\d{1,2})([0-5]\d)-(\d{1,2})([0-5]\d)-([4-7])(?![\d-])")
_LOOSE = re.compile(rf"({_MORNING}|{_EVENING})\s*{_NUMBER}点(?:(半)|(\d{{2}})分?)?")
_DAYS = re.compile(
    r"(?:[一每]周|星期|周)上?班?\s*(\d(?:\.5)?|[四五六七])天|(?<!\d)([4-7])天[/每一]周"
)
_REST = re.compile(r"大小[周休]|单休|双休")


@dataclass
class Spoken:
    """Times and days found in a clause: whole spans, single starts and ends, what is left."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    days: list[float] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    rest: str = ""


def hear(text: str) -> Spoken:
    """Find the times (minutes since midnight; an end past midnight above 1440) and days.

    An end on a 12-hour clock is taken as the evening and flagged 'end_12h'.
    """
    heard = Spoken()
    for pattern, take in _TAKERS:
        text = pattern.sub(partial(take, heard), text)
    heard.rest = text
    return heard


def _minutes(hour: str, minute: str | None, half: str | None, *, evening: bool = False) -> int:
    number = int(hour) if hour.isdigit() else _spelled(hour)
    shift = NOON if evening and number <= 12 else 0
    return number * 60 + shift + (30 if half else int(minute or 0))


def _spelled(word: str) -> int:
    return sum(_DIGITS[letter] for letter in word)


def _take_pair(heard: Spoken, found: re.Match[str]) -> str:
    start = _minutes(found[1], found[2], found[3])
    end = _minutes(found[4], found[5], found[6], evening=True)
    return _keep(heard, found, start, end)


def _take_range(heard: Spoken, found: re.Match[str]) -> str:
    start = _minutes(found[1], found[2], None)
    end = _minutes(found[4], found[5], None, evening=bool(found[3]))
    if found[8]:
        heard.days.append(float(found[8]))
    left = _keep(heard, found, start, end)
    if found[6] and left == " ":
        other = _minutes(found[6], found[7], None)
        # '20:30或10:30': the second end is an evening too, or it would come before the first.
        late = other < heard.spans[-1][1] and other + NOON <= DAY
        heard.flags += ["end_12h"] * late
        heard.spans.append((start, other + NOON * late))
    return left


def _take_packed(heard: Spoken, found: re.Match[str]) -> str:
    heard.days.append(float(found[5]))
    start, end = _minutes(found[1], found[2], None), _minutes(found[3], found[4], None)
    return _keep(heard, found, start, end)


def _take_loose(heard: Spoken, found: re.Match[str]) -> str:
    evening = bool(re.fullmatch(_EVENING, found[1]))
    minute = _minutes(found[2], found[4], found[3], evening=evening)
    (heard.ends if evening else heard.starts).append(minute)
    return " "


def _take_days(heard: Spoken, found: re.Match[str]) -> str:
    said = found[1] or found[2]
    heard.days.append(float(said) if said[0].isdigit() else float(_spelled(said)))
    return " "


def _take_rest(heard: Spoken, found: re.Match[str]) -> str:
    days = codes.days_said(found[0].replace("大小休", "大小周"))
    if days is not None:
        heard.days.append(days)
    if days == 5.5:
        heard.flags.append("alternate_weeks")
    return " "


def _keep(heard: Spoken, found: re.Match[str], start: int, end: int) -> str:
    """Keep a span that can be a day; put nothing else in its place."""
    if start >= DAY or end > DAY:
        return found[0]
    if end <= start < end + NOON <= DAY:
        end += NOON
        heard.flags.append("end_12h")
    elif end <= start:
        end += DAY
    heard.spans.append((start, end))
    return " "


_TAKERS = (
    (_PAIR, _take_pair),
    (_RANGE, _take_range),
    (_PACKED, _take_packed),
    (_LOOSE, _take_loose),
    (_DAYS, _take_days),
    (_REST, _take_rest),
)
