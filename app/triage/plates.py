"""Number plates: of the mainland by their signs, of other places by theirs or a word. Pure."""

import re
from collections.abc import Iterator

_MAINLAND = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
    r"(?: ?[·•.-] ?| )?(?=[A-Z]{0,5}[0-9])[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
    r"(?![A-Za-z0-9])"
)
_CAR = re.compile(
    r"\b(?:plates?|reg|registration|number plate|licen[cs]e plate|vrm|rego|car|parks?|parked"
    r"|drives?"
    r"|van|truck|tesla|bmw|audi|golf|honda|toyota|suv|motorbike|scooter|civic|accord|camry|corolla"
    r"|prius|subaru|mazda|nissan|hyundai|kia|ford|chevy|lexus|volvo|jeep|vespa|bike|moped|minivan"
    r"|pickup|lorry|cab|taxi|uber|sedan|hatchback|rav4|model [3sxy]|polo|vw|volkswagen"
    r"|merc(?:edes)?"
    r"|porsche|jaguar|fiat|skoda|seat|peugeot|renault|vauxhall|corsa|fiesta|focus|byd|rivian|bay"
    r"|garage|driveway|clamped|towed|double[- ]parked|forklift)\b|车牌|车位|停车|开的"
    r"|[轿货卡]车|堵|[黑白红灰银蓝]色"
    r"|\b(?:black|white|silver|gr[ae]y|red|blue|green|yellow|beige) [a-z]{2,12}\b",
    re.IGNORECASE | re.ASCII,
)
# Shapes that something else may have, too: a car must be near. Britain, California, other states.
_SHAPED = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Z]{2}[0-9]{2} ?[A-Z]{3}|[0-9][A-Z]{3} ?[0-9]{3}"
    r"|[A-Z]{3}[ -][0-9]{3,4}|[A-Z]{3}[0-9]{4}|[0-9]{3} ?[A-Z]{2}[0-9]"
    r"|[0-9]{3}[ -][A-Z]{3}|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?[0-9]{1,4}"
    r"|S[A-Z]{2} ?[0-9]{4} ?[A-Z])(?![A-Za-z0-9-])"
)
_SURE = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Z]{2}[ -]?[0-9]{2}[ -]?[A-Z]{1,2}[ -]?[0-9]{4}"
    r"|[A-Z]{2}-[0-9]{3}-[A-Z]{2})"
    r"(?![A-Za-z0-9-])"
)
_NAMED = re.compile(
    r"(?:\b(?:(?:[Ll]icen[cs]e|[Nn]umber) plate|[Pp]lates?|[Rr]eg(?:istration)?|[Rr]ego|[Tt]ag)"
    r"(?: (?:number|no\.?|is|was|literally|says|reads|actually|just)){0,3}|车牌号?)"
    r"[ :#是为]{0,3}[\"“]?(?=[A-Z0-9 ·-]{0,8}[0-9])(?=[0-9 ·-]{0,5}[A-Z])"
    r"([A-Z0-9]{1,4}(?:[ ·-]?[A-Z0-9]{1,4}){1,2})(?![A-Za-z0-9])"
)
_NEAR = 60


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where number plates stand."""
    for pattern in (_MAINLAND, _SURE):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _SHAPED.finditer(text):
        if _CAR.search(text, max(0, match.start() - _NEAR), match.end() + _NEAR):
            yield match.span()
    for match in _NAMED.finditer(text):
        yield match.span(1)
