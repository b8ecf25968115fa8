"""Staff numbers, after a word that says so. Pure."""

import re
from collections.abc import Iterator

_NAMED = re.compile(
    r"(?:(?:员工|职工|厂牌|柜员|胸牌|工牌|考勤|警员|骑手|学生|司机|人员|座席|坐席|乘务|职员"
    r"|雇员|门禁|打卡|胸卡|工卡|饭卡|人事|档案)"
    r"(?:编号|编码|号码|号牌|序号|号|id|代码)|[学警]号(?=[ :是为]{0,2}[0-9])|工号|工牌|域账号"
    r"|员工id"
    r"|(?<![=&?_/.])\b(?:staff|employee|badge|payroll|personnel|worker|teller|picker|packer"
    r"|driver|courier|emp|corp(?:orate)?|hr|workday"
    r"|rider|clock(?:-in)?|associate|agent|crew|operator|contractor|vendor|ldap|sso|assoc|intern"
    r"|colleague|locker|warehouse|scanner|partner|team ?member|faculty|trainee|apprentice|porter"
    r"|officer|pilot|dealer|server|barista|rep|sales(?:man|person|rep)?|works?|factory|plant"
    r"|punch|swipe"
    r"|access|key ?card|lanyard|okta|global|wwid|time ?clock|till|register|stylist|agency|shop"
    r"|student|member|nurse|guard|operative|technician|cashier|union|warden|ee|personal"
    r"|teacher|professor|instructor|lecturer|doctor|physician|volunteer|temp|union card"
    r"|host|captain|waiter|tech|welder|miner|fitter|miner)"
    r" {0,2}(?:(?:id|card)(?: (?:number|no\b\.?|num|#))?|number|no\b\.?|num|nr|code|login|#)"
    r"|(?<![=&?_/.@-])\b(?:login|logon|username|user id)(?= ?(?:is |was "
    r"|: ?)?[a-z]{0,10}[._-]?[a-z]{1,10}[0-9]{2}(?![0-9]))"
    r"|(?<![=&?_/.])\b(?:employee|empl?|emp|badge|associate|contractor|partner|operator|driver"
    r"|crew|agent"
    r"|staff|intern)(?= ?(?:#[0-9]{3}|[a-z]{1,3}-?[0-9]{4}|#?(?!20[0-9]{2}\b)[0-9]{5}))"
    r"|\b(?:his|her|their|my|whose|own) (?:work |company |corp |corporate |staff )?(?:id|login"
    r"|logon|alias)"
    r"(?: at work)?(?= ?(?:is |was |: ?)?[a-z]{0,10}[._-]?[a-z]{0,10}[0-9]{2})"
    r"|(?<=\()id(?= )|\bldap(?= ?(?:is\b|是|:)))(?:的?尾号|后[四五六]位)?(?: ?(?:是|为|is|was"
    r"|:|#|=|,|\()){0,2} {0,2}"
    r"(?:no\.? ?|№|#)?(?P<id>[a-z0-9]{1,12}(?:[-_./][a-z0-9_]{2,16}){0,3})(?![a-z0-9])",
    re.IGNORECASE | re.ASCII,
)
_LEAST = 3
_LEAST_MIXED = 6


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where staff numbers stand."""
    for match in _NAMED.finditer(text):
        digits = sum(map(str.isdigit, match["id"]))
        mixed = digits and len(match["id"]) >= _LEAST_MIXED and not match["id"].isdigit()
        if digits >= _LEAST or mixed or "_" in match["id"]:
            yield match.span("id")
