"""Schedules as people write them in public lists: '996/10106', '早11晚10一周6天', '大小周'."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.employers import hedges, spoken_times
from app.employers.readings import Reading, Week
from app.weeks import codes

LONGEST = 4000
_BEFORE, _AFTER = r"(?<![\dA-Za-z.:-])", r"(?![-.]?[\dA-Za-z])(?!\s*[元块人号年家次%名万亿个])"
_GAP = r"[-–\s.·]{1,3}"
_CODES = (
    re.compile(rf"{_BEFORE}\d{{1,2}}(?:\.5)?{_GAP}\d{{1,2}}(?:\.5)?{_GAP}[4-7](?:\.5)?{_AFTER}"),
    re.compile(rf"{_BEFORE}\d{{3,5}}{_AFTER}(?!小时|天)"),
    re.compile(rf"{_BEFORE}\d{{2,4}}\.5[4-7]{_AFTER}"),
)
_PACKED_HALF = re.compile(r"(\d{1,2})(\d)\.5(\d)")
_WORDS = re.compile(r"(?<!\d)00[27](?!\d)")
_PAID = r"(?!费|工资|工|补|餐|没|无)"
_ON_TOP = re.compile(rf"(?:[\d每固周])[^,;。]{{0,8}}加班{_PAID}|加班{_PAID}[^,;。]{{0,6}}\d")
_OF_HOURS = re.compile(rf"\d|周|点|每天|小时|加班{_PAID}|通宵|凌晨|休|假")


@dataclass(frozen=True)
class _Heard:
    """What one clause holds."""

    clause: hedges.Clause
    codes: list[codes.Code]
    spoken: spoken_times.Spoken


def read(text: str) -> Reading:
    """Read a schedule; never guess: what is denied, advocated or taken back stays text."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(text) > LONGEST:
        return Reading("text", flags=("too_long",))
    statement = hedges.understand(text)
    flags = ["word_007"] if _WORDS.search(text) else []
    flags += [flag for clause in statement.clauses for flag in clause.flags]
    if statement.contradicted:
        return Reading("text", flags=_once([*flags, "contradicted"]))
    heard = [_hear(clause) for clause in statement.clauses if clause.role != "void"]
    firm = [each for each in heard if each.clause.role == "firm"]
    main = firm if _says_times(firm) else [each for each in heard if each.clause.role != "aside"]
    return _combine(main, heard, flags)


def _hear(clause: hedges.Clause) -> _Heard:
    found: list[codes.Code] = []
    rest = clause.text
    for pattern in _CODES:
        rest = pattern.sub(lambda match: _take(match, found), rest)
    return _Heard(clause, found, spoken_times.hear(rest))


def _take(match: re.Match[str], found: list[codes.Code]) -> str:
    """Keep a code and leave a blank; leave anything else where it is."""
    written = match[0]
    if half := _PACKED_HALF.fullmatch(written):
        written = f"{half[1]} {half[2]}.5 {half[3]}"
    if code := codes.read(written):
        found.append(code)
        return " "
    return match[0]


def _says_times(heard: list[_Heard]) -> bool:
    return any(each.codes or each.spoken.spans or each.spoken.starts for each in heard)


def _combine(main: list[_Heard], heard: list[_Heard], flags: list[str]) -> Reading:
    """Bounds from what is firm; what is said beside it can only widen them."""
    flags += [flag for each in heard for flag in each.spoken.flags]
    week = _week(main)
    flags += _remarks(heard, week)
    if not week.usable:
        return week.as_text(_once(flags))
    return week.widened(_week([each for each in heard if each not in main]), _once(flags))


def _week(heard: list[_Heard]) -> Week:
    spans = [span for each in heard for span in each.spoken.spans]
    starts = [start for each in heard for start in each.spoken.starts]
    ends = [end for each in heard for end in each.spoken.ends]
    if not spans and len(starts) == len(ends) == 1:
        spans = [(starts[0], ends[0])]
    return Week(
        [code for each in heard for code in each.codes],
        spans,
        [day for each in heard for day in each.spoken.days],
    )


def _remarks(heard: list[_Heard], week: Week) -> Iterable[str]:
    rest = ",".join(each.spoken.rest for each in heard)
    if len(set(week.codes)) > 1:
        yield "several_codes"
    if len(set(week.spans)) > 1:
        yield "several_times"
    if _ON_TOP.search(rest):
        yield "overtime_on_top"
    elif _OF_HOURS.search(rest):
        yield "remarks"


def _once(flags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flags))
