"""Names in Latin letters beside a title or a role: 'Mr Smith', 'manager John Smith'. Pure.

Of a role and a name only the name is marked: the role may stay.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.triage.words import words

_WORD = r"[A-ZÀ-Þ](?:['’][A-Z])?[a-zß-ÿ][A-Za-zß-ÿ'’-]{0,20}"
_NAME = rf"(?P<name>{_WORD}(?: {_WORD}){{0,2}})"
# Their first letters are spelled twice: ignoring case would cost six times the time.
_ROLE = (
    r"(?:[Mm]anager|MANAGER|[Bb]oss|BOSS|[Dd]irector|[SE]?VP|[Vv]ice [Pp]resident|[Ss]upervisor"
    r"|[Ff]oreman|(?:[Tt]eam |[Tt]ech )?[Ll]ead(?:er)?|[Hh]ead of [a-z]{2,16}|HR|HRBP|[Rr]ecruiter"
    r"|[Cc]olleague|[Cc]o-?worker|[Tt]eammate|[Dd]eskmate|[Pp]rincipal|PM|C[TFO]O|[Ii]ntern"
    r"|[Mm]entor|[Ss]kip-level|[Oo]wner|[Cc]hef|[Nn]urse|[Dd]eputy(?: [Hh]ead)?|[Hh]eadteacher"
    r"|[Tt]eacher|[Dd]ean|[Dd]ispatcher|[Cc]ashier|[Dd]river|[Cc]aptain|[Cc]onsultant"
    r"|[Aa]ccountant|[Ss]urgeon|[Tt]utor|[Cc]oach|[Aa]ssistant|[Cc]lerk|[Tt]eller|[Aa]dvis[eo]r"
    r"|[Ll]andlord|[Mm]atron|[Pp]rovost|[Rr]egistrar|[Ss]teward|PI|[Pp]ostdoc|[Oo]perator"
    r"|[Ww]elder|[Pp]icker|[Gg]uard|[Cc]leaner|[Ww]aitress|[Ww]aiter|[Bb]artender|[Tt]rainer"
    r"|[Dd]octor|[Aa]uditor|[Tt]reasurer|[Cc]ontroller|[Ff]ounder|[Ss]uperintendent"
    r"|[Ii]nspector|[Cc]oordinator|[Aa]nalyst|[Ee]ngineer|(?:named|called)|[Ss]ecretary"
    r"|[Pp]rofessor)"
)
_TITLED = re.compile(
    rf"(?P<name>\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|mr|mrs|ms|dr|prof|Prof|Professor|Sir|Madam|Mister|Sister|Nurse|Chef"
    rf"|Coach|Captain|Capt|Sergeant|Sgt|Lt|Lieutenant|Officer|Father|Pastor|Reverend|Rev|Rabbi"
    rf"|Matron|Judge|Inspector|Principal|Dean|Headmaster|Auntie|Uncle)\.? "
    rf"{_WORD}(?: {_WORD}){{0,2}})",
    re.ASCII,  # so that a word may begin beside a Chinese sign
)
_AFTER_ROLE = re.compile(
    rf"\b(?=[A-Za-z]{{2}}){_ROLE}(?:(?:,? (?:is |was )?(?:named |called )?)|(?=[A-Z][a-z])){_NAME}",
    re.ASCII,
)
_BEFORE_ROLE = re.compile(
    rf"(?P<name>{_WORD} {_WORD}),? (?:\(|(?:is |was )?(?:my|our|the|your) )"
    rf"(?:[a-z-]{{2,14}} ){{0,2}}{_ROLE}\b",
    re.ASCII,
)
# What people are by their work: steward, animator, first mate.
_DOES = (
    r"(?:[a-z-]{3,14}(?:er|or|ist|ant|ent|ian)|[a-z]{0,10}(?:man|woman|mate|head|lead|boss"
    r"|chief|rep)|nurse|chef|clerk|coach)"
)
_APPOSED = re.compile(
    rf"\b{_DOES}(?:, (?:named |called )?| is | was | named | called )(?P<name>{_WORD} {_WORD})",
    re.ASCII,
)
_ACTING = re.compile(
    rf"\b(?!after|under|other|another|whether|however|rather|never|winter|summer|computer|order"
    rf"|over|ever|customer|client"
    rf"|restaurant){_DOES} (?P<name>{_WORD}) (?=[a-z]{{2,10}}(?:s|ed)\b)",
    re.ASCII,
)
# Capitalised words that follow or precede a role and are nobody's name.
_NO_NAMES: Final = words("capitalised")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand beside a title or a role."""
    for pattern in (_TITLED, _AFTER_ROLE, _BEFORE_ROLE, _APPOSED, _ACTING):
        for match in pattern.finditer(text):
            length = _named(match["name"], titled=pattern is _TITLED, ends=pattern is _BEFORE_ROLE)
            if length:
                yield match.start("name"), match.start("name") + length


def _named(written: str, *, titled: bool, ends: bool) -> int:
    """Return how much of a match is a name: up to the first word that is nobody's; 0 for none."""
    words = written.split(" ")
    kept = words[:1] if titled else []
    for word in words[len(kept) :]:
        if word.removesuffix("'s") in _NO_NAMES:
            break
        kept.append(word)
    if len(kept) == titled or (ends and len(kept) < len(words)):
        return 0
    return len(" ".join(kept).removesuffix("'s").removesuffix("’s"))
