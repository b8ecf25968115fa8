"""E-mail addresses, plain or spelled out to hide them from machines. Pure."""

import re
from collections.abc import Iterator

_LOCAL = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}"
_PLAIN = re.compile(
    r"(?<!@)" + _LOCAL + r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}(?<![0-9-])"
)
_DOT = r"(?:\.| ?[\[({<*_-] ?(?:\.|dot|点|d) ?[\])}>*_-] ?| dot | ?点 ?|。)"
_AT = (
    r"(?: ?[\[({<*_-] ?(?:at|@|a|艾特|圈a?) ?[\])}>*_-] ?"
    r"| ?(?:艾特|艾塔|爱特|圈a?|小老鼠|＠) ?| @ )"
)
_SPELLED = re.compile(
    _LOCAL
    + rf"(?:(?: dot | ?[\[({{] ?dot ?[\])}}] ?|点| underscore | dash )[A-Za-z0-9_-]{{1,32}}){{0,3}}"
    rf"{_AT}[A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{1,3}}",
    re.IGNORECASE,
)
# 'a at b dot com' is also English: a known ending must follow, and no article.
_ENDING = (
    r"(?:com|cn|net|org|io|co|edu|gov|info|me|uk|de|fr|hk|tw|jp|kr|sg|us|eu|dev|app|ai|tech|in"
    r"|au|ca|nz|nl|it|es|pl|se|ch"
    r"|xyz|ie|za|my|ph|live|pm|email|example|test)\b"
)
_SPOKEN = re.compile(
    _LOCAL
    + r"(?: (?:dot|underscore|dash) [A-Za-z0-9_-]{1,32}){0,3} at (?!the |a |our |my |this |that )"
    r"[A-Za-z0-9-]{1,63}(?: dot [A-Za-z0-9-]{1,32}){0,2} dot " + _ENDING,
    re.IGNORECASE,
)
# With a dot and no more to hide it: what is before 'at' is no plain word.
_HALF_SPOKEN = re.compile(
    r"(?<![A-Za-z0-9._%+-])(?=[a-z]{1,32}[0-9._])[A-Za-z0-9._%+-]{3,64}(?<![.]) at "
    r"[A-Za-z0-9-]{2,63}\." + _ENDING
)
_PROVIDERS = (
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|proton(?:mail)?|icloud|fastmail"
    r"|zoho|gmx|aol|tutanota|foxmail"
    r"|qq|vip\.qq|163|126|139|189|sina|sohu|yeah|aliyun)"
)
# 'at gmail' needs no ending; 'QQ邮箱 28190034' no sign at all.
_KNOWN = re.compile(
    _LOCAL + rf"(?: ?[\[({{] ?(?:dot|\.) ?[\])}}] ?[A-Za-z0-9_-]{{1,32}}"
    rf"| dot [A-Za-z0-9_-]{{1,32}}){{0,3}}"
    rf"(?: ?(?:@|\bat\b|艾特|圈a) ?| ?[\[({{] ?(?:at|@) ?[\])}}] ?){_PROVIDERS}\b",
    re.IGNORECASE | re.ASCII,
)
# Another sign instead of the @, before a house that everybody knows: name#163.com.
_REPLACED = re.compile(
    _LOCAL + rf" ?[#$&*!^~/|][ ]?{_PROVIDERS}(?:\.|点|,|。| dot | )(?:com|cn|net|me|co)\b",
    re.IGNORECASE | re.ASCII,
)
_BOX = re.compile(
    r"(?:qq|163|126|新浪|网易|搜狐|谷歌|gmail|outlook|foxmail)(?:的)?邮箱(?:号"
    r"|账号)?[ :是为]{0,3}([a-z0-9][a-z0-9._-]{4,31})",
    re.IGNORECASE | re.ASCII,
)
# 'gmail: ann.b.lee': what no word is.
_BOXED = re.compile(
    r"\b(?:gmail|g-mail|googlemail|yahoo|hotmail|outlook|protonmail|icloud|fastmail|foxmail"
    r"|e-?mail)"
    r"(?:'s)?(?: address| id| account| name)?(?: is|:|=| -)+ ?"
    r"((?=[a-z]{0,30}[0-9._])[a-z0-9][a-z0-9._-]{4,31}[a-z0-9])(?![@.])",
    re.IGNORECASE | re.ASCII,
)
_APART = re.compile(
    r"(?<![A-Za-z0-9_.@-])[A-Za-z0-9_-]{2,32}(?: ?\. ?[A-Za-z0-9_-]{1,32}){0,2} ?@ ?"
    r"(?:(?<=@ )|(?<=[^ ]@))[A-Za-z0-9-]{2,63}(?: ?[.,] ?[A-Za-z0-9-]{2,20}){1,3}",
    re.ASCII,
)
_NO_END = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{2,64}@(?=[A-Za-z0-9-]{2,63}(?:。|点|,)(?:com|cn"
    r"|net|org)\b)",
    re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where e-mail addresses stand."""
    for pattern in (_PLAIN, _SPELLED, _SPOKEN, _HALF_SPOKEN, _KNOWN, _REPLACED, _APART, _NO_END):
        for match in pattern.finditer(text):
            yield match.span()
    for pattern in (_BOX, _BOXED):
        for match in pattern.finditer(text):
            yield match.span(1)
