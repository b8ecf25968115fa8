"""Names that no list need know: what is said around them or how they are written tells. Pure.

'ask for Xyl Quorn', 'Xyl Quorn (L6)', 'J. Okonkwo', 'Tanaka-san', 'daniel okonkwo',
阿依古丽·买买提.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.triage.paired_names import GIVEN, NO_NAMES, PUBLIC, SURNAMES, WORD, cut, plain
from app.triage.words import words

# Somebody is asked for, or does what only people do.
_ASKED_FOR = re.compile(
    rf"\b(?:[Nn]amed|[Cc]alled|[Nn]ame is|[Nn]ame:|[Rr]eport(?:s|ing)? to|[Aa]sk for"
    rf"|[Ss]peak to|[Mm]arried to|[Dd]ating"
    rf"|[Ss]leeping with|[Kk]now|[Mm]et|[Cc]c|[Dd]irt on"
    rf"|[Ss]hout ?out to) (?P<name>{WORD} {WORD})",
    re.ASCII,
)
_ACTS = re.compile(
    rf"(?<![A-Za-z0-9@/.#_'’-])(?P<name>{WORD} {WORD})(?=,? (?:told me|told us|yelled"
    rf"|screamed|laughed|cried|sits|sat|owes|texted"
    r"|winked|reports to|who (?:is|was|sits|runs|works)|is (?:sleeping|dating|cheating"
    r"|pregnant|leaving|on leave|on a? ?PIP|married"
    r"|having)|got (?:fired|promoted|caught|drunk|married)|(?:in|from) (?:HR|payroll|finance"
    r"|legal|procurement|accounting|marketing"
    r"|sales|IT|security|accounts|facilities|recruiting|ops|QA|compliance|our team|my team)\b"
    r"|reads your|keeps|docked|lied to"
    r"|drinks|snores|hits on|flirts)| \((?:L[0-9]|he|she|they|my|our|the|HR|from|in)\b"
    r"|'s (?:wife|husband|desk|kids?|phone|divorce))",
    re.ASCII,
)
# One word that lists know, where a person is asked, told or blamed.
_ALONE = re.compile(
    rf"\b(?:[Aa]sk(?:ed)?|[Tt]old|[Tt]ell|[Tt]hank|[Tt]hanks|[Pp]ing(?:ed)?|[Ee]mail(?:ed)?"
    rf"|[Ff]ired|[Hh]ired|[Hh]ate|[Mm]et|[Bb]y"
    rf"|[Rr]eport(?:s|ed|ing)? to|[Ss]poke (?:to|with)|[Tt]alk(?:ed)? (?:to|with)|[Mm]essaged"
    rf"|[Tt]exted"
    rf"|[Bb]lamed?|[Cc]c'?d?|[Ss]lap|[Mm]arried|[Dd]ating|[Mm]anager|[Bb]oss|[Ll]ead|named"
    rf"|called|[Bb]etween|[Pp]oor|[Ii]gnore|[Aa]void)"
    rf" (?P<name>{WORD})(?! [A-Z])",
    re.ASCII,
)
# A first name that a list knows, where it does what only people do.
_SUBJECT = re.compile(
    rf"(?<![A-Za-z0-9@/.#_'’-])(?P<name>{WORD})(?= (?:said|says|told|yelled|yells|screamed"
    rf"|laughed|cried|covers|covered"
    rf"|asked|asks|promised|quit|thinks|wants|refuses|refused|docked|owes|sits|texted|emailed"
    rf"|replied|lied|apologi[sz]ed|clocks"
    rf"|smokes|brags|flirts|gossips|snores|retired|resigned|quits|threw|stole|smiled|hired"
    rf"|trained|hates|loves|deserves"
    rf"|gets (?:every|paid|promoted|away|to|all)|got (?:fired|promoted|caught|hurt|burned"
    rf"|married|moved)|never (?:shows|shuts|says"
    rf"|answers|works|comes|pays)|always (?:covers|says|leaves|comes|gets|does|tells)"
    rf"|does the work|(?:from|in) (?:HR|hr|payroll"
    rf"|finance|accounting|dispatch|IT|legal|shipping|receiving|the kitchen|night shift|nights"
    rf"|ER|ICU|reception|admin))\b)",
    re.ASCII,
)
# 阿依古丽·买买提 and what is written like it.
_DOTTED = re.compile(r"[\u4e00-\u9fff]{2,7}[·•‧・][\u4e00-\u9fff]{2,7}")
_SOUNDS: Final = frozenset(
    "阿艾买提古丽江尔木拉合依热孜汗巴吐米热娜迪哈力布克达多桑扎西卓玛格次仁旺措吉斯特罗德里亚伊莎马穆萨木沙别努兰克夏帕祖努吾甫"
)
# J. Okonkwo; Tanaka-san; and what is written without capitals: daniel okonkwo.
_INITIAL = re.compile(rf"(?<![A-Za-z0-9@/.#_-])(?:[A-Z]\. ?){{1,2}}(?P<last>{WORD})", re.ASCII)
_HONOURED = re.compile(
    rf"(?<![A-Za-z0-9@/.#_-]){WORD}(?=[- ](?:san|sama|sensei|ssi|nim)\b)", re.ASCII
)
_SMALL = re.compile(
    r"(?<![A-Za-z0-9@/.#_'-])(?P<first>[a-z]{3,14})(?= (?P<last>[a-z]{3,16})(?![a-z@/_]|\.[a-z]))"
)
# Places, and people whom everybody calls by one word.
ONE_WORD: Final = NO_NAMES | words("one_word")
_SMALL_GIVEN: Final = {name.lower() for name in words("given")}
_SMALL_SURNAMES: Final = {name.lower() for name in SURNAMES if len(name) > 3} - words("small_words")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand."""
    for pattern in (_ASKED_FOR, _ACTS):
        for match in pattern.finditer(text):
            first, last = match["name"].split(" ")
            if not {first, plain(last)} & NO_NAMES and f"{first}_{plain(last)}" not in PUBLIC:
                yield match.start("name"), match.start("name") + len(cut(match["name"]))
    for pattern in (_ALONE, _SUBJECT):
        for match in pattern.finditer(text):
            if (
                plain(match["name"]) in GIVEN
                and not {match["name"], plain(match["name"])} & ONE_WORD
            ):
                yield match.start("name"), match.start("name") + len(cut(match["name"]))
    for match in _INITIAL.finditer(text):
        if plain(match["last"]) in SURNAMES:
            yield match.start(), match.start() + len(cut(match[0]))
    yield from _written(text)


def _written(text: str) -> Iterator[tuple[int, int]]:
    for match in _DOTTED.finditer(text):
        if 2 * sum(sign in _SOUNDS for sign in match[0]) >= len(match[0]) - 1:
            yield match.span()
    for match in _HONOURED.finditer(text):
        yield match.span()
    for match in _SMALL.finditer(text):
        if match["first"] in _SMALL_GIVEN and match["last"] in _SMALL_SURNAMES:
            yield match.start(), match.end("last")
