"""E-mail addresses, plain or spelled out to hide them from machines. Pure."""

import re
from collections.abc import Iterator

_LOCAL = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}"
_PLAIN = re.compile(_LOCAL + r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}(?<![0-9-])")
_DOT = r"(?:\.| ?[\[({]dot[\])}] ?| dot |点)"
_SPELLED = re.compile(
    _LOCAL + rf"(?:(?: dot | ?[\[({{]dot[\])}}] ?)[A-Za-z0-9_-]{{1,32}}){{0,2}}"
    rf"(?: ?[\[({{<](?:at|@)[\])}}>] ?|艾特| @ )[A-Za-z0-9-]{{1,63}}"
    rf"(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{1,3}}",
    re.IGNORECASE,
)
# 'a at b dot com' is also English: a known ending must follow, and no article.
_SPOKEN = re.compile(
    _LOCAL + r"(?: dot [A-Za-z0-9_-]{1,32}){0,2} at (?!the |a |our |my |this |that )"
    r"[A-Za-z0-9-]{1,63}(?: dot [A-Za-z0-9-]{1,32}){0,2} dot "
    r"(?:com|cn|net|org|io|co|edu|gov|info|me|uk|de|fr|hk|tw|jp|kr|sg|us|eu|dev|app|ai|tech)\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where e-mail addresses stand."""
    for pattern in (_PLAIN, _SPELLED, _SPOKEN):
        for match in pattern.finditer(text):
            yield match.span()
