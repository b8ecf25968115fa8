"""Addresses at whose door one could ring: a house and what is inside it, or a street. Pure.

A road and a number alone are in Chinese mostly those of a firm; a staircase or a room is a home,
and so is where somebody is said to live.
"""

import re
from collections.abc import Iterator

from app.triage.scoring import chinese

_HAN = r"[^\W0-9A-Za-z_]"
_COUNT = r"[0-9一二三四五六七八九十甲乙丙丁A-Za-z]{1,5}"
_HOUSE = rf"{_COUNT} ?(?:号楼|号院|幢|栋|座|单元|号(?![码线])|弄|组|巷|期|区|#)"
_INSIDE = rf"{_COUNT} ?(?:单元|室|房(?![贷租])|门|户(?![人])|号房|楼(?=[0-9]))"
_CHINESE = re.compile(
    # The district or town before it is bounded, so that a long text stays quick.
    rf"{_HAN}{{0,12}}(?:路|街|大道|巷|弄|里|村|胡同|小区|苑|花园|城|公寓|宿舍|家园|园|庭|邸|座"
    rf"|轩|阁|台"
    r"|府|湾|镇|寓|屯|区|坊|居|郡|岸|院|站|旁边|大厦|广场|花苑|新城)"
    rf" ?(?:{_HOUSE} ?{_HAN}{{0,8}}? ?){{1,4}}"
    rf"(?:{_INSIDE} ?(?:[0-9]{{1,4}}[A-Z]?(?: ?[室房号])?)?"
    r"|(?<=[元幢栋座楼]) ?[A-Z]?[0-9]{3,4}(?: ?[室房])?"
    r"|(?<=[元幢栋座楼] )[0-9]{2,4}[A-Z]?(?![0-9A-Za-z%年月人]))"
)
# 智学苑12-4-701: building, staircase and room;
# 洪山区珞喻路1037号西十二舍307: a room in a house of a street.
_NUMBERED = re.compile(
    rf"{_HAN}{{1,12}}(?:苑|园|小区|社区|公寓|里|庭|府|城|湾|家|寓|邸|轩|阁|院|村|坊|郡|居|台"
    rf"|墅|宅|舍|区|期|都|座|寨|堡|湖|岸|郡|坪|巷|弄|号)"
    r" ?[0-9]{1,3}(?:#|号楼?|幢"
    r"|栋)?[-—－/](?:[0-9A-Z]{1,3}(?:单元)?[-—－/])[0-9]{3,4}室?(?![0-9-年])"
)
_ROOMED = re.compile(
    rf"{_HAN}{{1,8}}(?:市|区|县|镇|街道){_HAN}{{1,12}}(?:路|街|道|巷|弄|里"
    rf"|村) ?[0-9]{{1,5}} ?号(?:院)?"
    rf"{_HAN}{{0,10}} ?(?:[0-9A-Z-]{{0,4}}(?:号楼|栋|幢|座|舍|楼|门)? ?[0-9]{{3,4}}(?:室"
    rf"|房)?|[0-9]{{1,3}}-[0-9]{{1,2}}-[0-9]{{1,4}})(?![0-9年月元人])"
)
# Where somebody is said to live, a house will do.
_LIVES = re.compile(
    rf"(?:(?<!入)住在?|家(?:就|里)?在|住?[地住]址|租(?:住)?在|户籍地?)[ :是就]{{0,3}}"
    rf"([^\W0-9A-Za-z_的了]{{2,16}} ?{_COUNT} ?(?:号楼|号院|号|幢|栋|座|单元|弄|室|期"
    rf"|组)(?![线码称])"
    rf"(?: ?{_HAN}{{0,6}} ?[0-9A-Za-z]{{1,5}} ?(?:号楼|号|幢|栋|座|单元|弄|室|楼|层)?){{0,4}})"
)
_STREETS = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Close|Court|Ct|Place|Pl|Terrace|Crescent|Cres"
    "|Gardens|Gdns|Boulevard|Blvd|Square|Sq|Grove|Mews|Parkway|Pkwy|Row|Way|Hill|Walk|Rise"
    "|View|Circle|Cir"
    "|Quay|Wharf|Green|Park|Path|Trail|Loop|Vale|Highway|Hwy|Nagar|Marg|Layout|Colony|Heights"
    "|Mansions?|Villas?"
)
_STREET = rf"(?:{_STREETS})"
_ROOM = (
    r"(?:[Aa]pt|[Aa]partment|[Ff]lat|[Uu]nit|[Rr]oom|[Rr]m|[Ss]uite|[Hh]ouse|[Bb]lock|[Bb]lk"
    r"|[Tt]ower|#)"
)
_PARTS = (
    rf"(?:,? {{1,2}}(?:{_ROOM}\.? ?#?[0-9A-Za-z-]{{1,6}}|[0-9]{{1,2}}/F|#[0-9]{{1,2}}-[0-9]{{1,4}}"
    r"|[A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15}){0,2}|[A-Z]{2} [0-9]{5}|[A-Z]{2,3} [0-9]{4}(?![0-9])"
    r"|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}"
    r"|[0-9]{5,6}(?![0-9]))){0,4}"
)
_ENGLISH = re.compile(
    rf"(?<![0-9.,:$£€/-])\b(?:[Nn]o\.? ?|[Nn]umber "
    rf"|#)?[1-9][0-9]{{0,4}}(?:/[0-9]{{1,4}}|-[0-9]{{1,4}})?[A-Za-z]?,? "
    rf"(?:[NSEW]{{1,2}}\.? "
    rf"|[NSEW]\.[NSEW]\. )?"
    rf"(?:(?:[A-Z][A-Za-z'’]{{1,15}}|[0-9]{{1,3}}(?:st|nd|rd|th)) )"
    rf"{{1,3}}{_STREET}\b\.?{_PARTS}"
    rf"|\bP\.?O\.? ?Box [0-9]{{2,6}}\b{_PARTS}"
    # Japan: block, house, district
    r"|(?<![0-9-])[0-9]{1,3}(?:-[0-9]{1,3}){1,2},? [A-Z][a-z]{2,15}(?:, [A-Z][a-z]{2,15})?"
    r"-(?:ku|shi|cho|machi|gun)"
    r"(?:, [A-Z][a-z]{2,15})?(?: [0-9]{3}-[0-9]{4})?",
    re.ASCII,
)
# Flat 2B, Tower 3, Harbour Crest: two parts of a house, and what it is called.
_FLAT = re.compile(
    rf"\b(?:[Aa]pt|[Aa]partment|[Ff]lat|[Uu]nit|[Rr]oom|[Rr]m|[Hh]ouse(?: [Nn]o\.?)?|[Bb]lk"
    rf"|[Bb]lock)\.? ?#?[0-9]{{1,5}}[A-Za-z]?"
    rf"(?:,? (?:{_ROOM}\.? ?[0-9A-Z]{{1,4}}|[0-9]{{1,2}}/F|#[0-9]{{1,2}}-[0-9]{{1,4}}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd"
    rf"|th) [Ff]loor)(?![a-z])){{0,3}}"
    rf",? (?:[0-9]{{1,4}} )?[A-Z][a-z'’]{{1,15}}(?: [A-Z][a-z'’]{{1,15}}){{0,3}}(?: [0-9]{{1,3}})?"
    rf"(?:,? #[0-9]{{1,2}}-[0-9]{{1,4}})?{_PARTS}",
    re.ASCII,
)
_AT_HOME = re.compile(
    r"\b(?:lives?|living|stays?|staying|home(?: address)?|house|address|resid(?:es|ing)|rents?"
    r"|moved|place|flat|apartment)"
    r"(?: is| was|'s)?(?: just| right)?(?: at| on| in| to|:| is)? "
    r"((?:(?:unit|flat|apt|room) [0-9a-z]{1,5},? )?(?:no\.? ?|number "
    r"|#)?[1-9][0-9]{0,4}[a-z]? (?:[a-z'’]{2,15} ){1,3}"
    rf"(?:{_STREETS.lower()})\b)",
    re.IGNORECASE | re.ASCII,
)
# Codes that name a handful of doors.
_CODE = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])"
    r"|(?<=, )[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?(?![0-9])"
)
_CONTINENT = re.compile(
    r"(?<![A-Za-z])[A-ZÄÖÜ][a-zäöüß]{2,20}(?:straße|strasse|str\.|weg|gasse|platz|allee|damm"
    r"|ufer) ?[1-9][0-9]{0,3} ?[a-z]?(?![A-Za-z0-9])"
    r"|(?<![0-9])[1-9][0-9]{0,3}(?: ?bis)?,? (?:[Rr]ue|avenue|boulevard|place|quai|impasse|allée"
    r"|chemin) (?:de |du |des |la |le |l'|d'){0,3}[A-ZÀ-Þ][a-zß-ÿ'-]{2,20}"
    r"|(?<![A-Za-z])(?:Calle|Via|Rua|Avenida|Plaza|Piazza|ul\.) (?:de |la |del |do "
    r"|da ){0,2}[A-ZÀ-Þ][a-zß-ÿ]{2,20}(?: [A-ZÀ-Þ][a-zß-ÿ]{2,20})?,? [1-9][0-9]{0,3}(?![0-9])"
    r"|(?<![A-Za-z0-9])[A-Z]-?[0-9]{1,4},? [A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15})? (?:Apartments?"
    r"|Towers?|Residency|Heights|Enclave|Society|Nagar|Mansions?|Villas?|Condos?|Estate)\b"
    r"|(?<![0-9])[0-9]{1,2}/F,? [A-Z][A-Za-z]{2,15}(?: [A-Z][A-Za-z]{2,15}){0,3}"
)

# What no address is without, but for a Chinese one.
_DIGIT = re.compile(r"[0-9]")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses stand."""
    counted, han = bool(_DIGIT.search(text)), chinese(text)
    wholes = ((_CHINESE, han), *((each, counted and han) for each in (_NUMBERED, _ROOMED)))
    others = ((each, counted) for each in (_ENGLISH, _FLAT, _CODE, _CONTINENT))
    for pattern in (each for each, asked in (*wholes, *others) if asked):
        for match in pattern.finditer(text):
            yield match.start(), match.start() + len(match[0].rstrip())
    for pattern in (each for each, asked in ((_LIVES, han), (_AT_HOME, counted)) if asked):
        for match in pattern.finditer(text):
            yield match.start(1), match.start(1) + len(match[1].rstrip())
