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


# 'at gmail' needs no ending; 'QQ邮箱 28190034' no sign at all.
_KNOWN = re.compile(
    _LOCAL + r" ?(?:@|\bat\b|艾特) ?(?:gmail|yahoo|hotmail|outlook"
    r"|proton(?:mail)?|icloud|foxmail|qq|163|126)\b",
    re.IGNORECASE | re.ASCII,
)
_BOX = re.compile(
    r"(?:qq|163|126|新浪|网易|搜狐|谷歌|gmail|outlook|foxmail)邮箱(?:号"
    r"|账号)?[ :是为]{0,3}([a-z0-9][a-z0-9._-]{4,31})",
    re.IGNORECASE | re.ASCII,
)
_APART = re.compile(
    r"(?<![A-Za-z0-9_.-])[A-Za-z0-9_-]{2,32}(?: ?\. ?[A-Za-z0-9_-]{1,32}){0,2} ?@ ?"
    r"[A-Za-z0-9-]{2,63}(?: ?\. ?[A-Za-z0-9-]{2,20}){1,3}",
    re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where e-mail addresses stand."""
    for pattern in (_PLAIN, _SPELLED, _SPOKEN, _KNOWN, _APART):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _BOX.finditer(text):
        yield match.span(1)
