"""Staff numbers, after a word that says so. Pure."""

import re
from collections.abc import Iterator

_NAMED = re.compile(
    r"(?:(?:员工|职工|厂牌|柜员|胸牌|工牌|考勤|警员|骑手|学生|司机|人员|座席|坐席|乘务)(?:编号"
    r"|号码|号|id)|[学警]号(?=[ :是为]{0,2}[0-9])|工号"
    r"|\b(?:staff|employee|badge|payroll|personnel|worker|teller|picker|packer|driver|courier"
    r"|rider|clock|associate|agent|crew|operator"
    r"|student|member|nurse|guard|operative|technician|cashier|union|warden)"
    r" {0,2}(?:id|number|no\b\.?|num|code|login|#))(?: ?(?:是|为|is|was|:|#|=)){0,2} {0,2}"
    r"([A-Z]{0,4}[-_]?[0-9]{3,12}(?:-[0-9]{1,6})?)(?![0-9])",
    re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where staff numbers stand."""
    for match in _NAMED.finditer(text):
        yield match.span(1)
