"""Phone numbers: mainland mobile and fixed lines by their plan, all others by phonenumbers. Pure.

A number after a word such as 'call me on' counts without its country, too. The hotlines of firms
are nobody's.
"""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

# Validating costs 50 microseconds for each country asked: a text with more than this many asked is
# a list of numbers, and from there on the shape is enough.
MOST_VALIDATED: Final = 96
_EXTENSION = r"(?:[ ,]{0,2}(?:转|分机|extension|ext|x)[ .:]{0,2}[0-9]{1,6}|-[0-9]{1,5}(?![0-9-]))?"
_MAINLAND = re.compile(
    r"""(?<![0-9./=#$¥￥_-])(?<![0-9],)(?:
        (?:(?:\+|00)?86[ -]{0,2})?1[3-9](?:                         # mobile
            [0-9]{9}
          | [0-9][ .-][0-9]{4}[ .-]?[0-9]{4} | [0-9]{5}[ .-][0-9]{4}
          | [0-9][ .-][0-9]{3}[ .-][0-9]{5} | [0-9]{2}[ .-][0-9]{3}[ .-][0-9]{4}
        )
      | (?:(?:\+|00)86[ -]{0,2})?(?:
          (?:0?10|0?2[0-9]|0?[3-9][0-9]{2})[ -]{1,2}|\(0(?:10|2[0-9]|[3-9][0-9]{2})\)[ -]{0,2})
        [2-8][0-9]{3}[ -]?[0-9]{3,4}(?=[^0-9]|$)                    # fixed line, area apart
      | 0(?:10|2[0-9])[2-8][0-9]{7} | 0[3-9][0-9]{2}[2-8][0-9]{6,7} # fixed line in one
    )(?![0-9])"""
    + _EXTENSION,
    re.VERBOSE,
)
_SPOKEN = re.compile(
    r"(?<![一二三四五六七八九零〇幺])[一幺][三四五六七八九]"
    r"(?:[，,、。 ./-]{0,2}[一二三四五六七八九零〇幺]){9}"
    r"(?![一二三四五六七八九零〇幺])|[一幺](?<![一二三四五六七八九零〇幺][一幺])[一二三四五六七八九零〇幺]{10}(?![一二三四五六七八九零〇幺])"
)
# One sign at a time or in any groups, to hide it from machines: 1 3 9 ..., 1三9..., 139/1234/5678.
_APART = r"[ ./_·•~*|、—-]"
_SPACED = re.compile(
    r"(?<![0-9A-Za-z一二三四五六七八九零〇幺.])[1lI一幺壹]"
    rf"(?:{_APART}{{0,3}}[0-9oOlI一二三四五六七八九零〇幺壹贰叁肆伍陆柒捌玖两]){{10}}"
    r"(?![0-9A-Za-z一二三四五六七八九零〇幺])"
)
_APARTS: Final = re.compile(_APART)
_APARTS_OF_ADDRESS: Final = 4
# Digits in words, or some of them: five one oh, 555, triple two, 4 dash 1 3.
_WORD_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|hundred)"
_DIGIT_WORDS = re.compile(
    rf"(?<![A-Za-z0-9.])(?=[0-9zotfsendh])(?=[^A-Za-z\n]{{0,16}}(?:{_WORD_DIGIT}|double"
    rf"|triple|dash|hyphen|space)\b)"
    rf"(?:\(?(?:{_WORD_DIGIT}|(?:double|triple) (?:{_WORD_DIGIT}|[0-9])|dash"
    rf"|hyphen"
    r"|space|[0-9]{1,4})\)?[ ,.-]{1,3}){3,20}"
    rf"(?:{_WORD_DIGIT}|[0-9]{{1,4}})(?![A-Za-z0-9%]|[.,][0-9])",
    re.IGNORECASE | re.ASCII,
)
_ONE_DIGIT = re.compile(rf"(double |triple )?({_WORD_DIGIT}|[0-9])", re.IGNORECASE | re.ASCII)
_TIMES: Final = {"": 1, "double ": 2, "triple ": 3}
_BETWEEN = re.compile("double|triple|dash|hyphen|space", re.IGNORECASE)
# A mobile number told in three parts: 136空格4472空格9081, 187，中间四位是0032，最后5516.
_TOLD = re.compile(
    r"(?<![0-9.])1[3-9][0-9]"
    r"(?:(?:[ ，,、.。…-]|空格|横杠?|杠|点|后[面边]?|再|然后"
    r"|接着|跟着|加上?|中间|最后|末尾"
    r"|四位|位|是|减){1,8}"
    r"[0-9]{4}){2}(?![0-9%元块人])"
)
_FIRM = re.compile(
    r"(?:\+?(?:86|1)[ -]?)?(?:[48]00|8(?:88|77|66|55|44|33))[ .-]|(?:[48]00[0-9]{7}|95[0-9]{3,4})\Z"
)
_ABROAD = re.compile(
    r"(?:(?<![0-9A-Za-z.=/-])(?:\+ ?|00 ?|011[ -])|(?<=\()\+)[1-9](?:[ ().-]{0,3}[0-9]){7,14}"
    r"(?![0-9])" + _EXTENSION
)
_NORTH_AMERICAN = re.compile(
    r"(?<![0-9A-Za-z.$#/=-])(?:1[ .-])?(?:\([2-9][0-9]{2}\)[ .-]?|[2-9][0-9]{2}[ ./-])"
    r"[2-9][0-9]{2}[ .-][0-9]{4}(?![0-9-])" + _EXTENSION
)
# Digit by digit: 4 0 8 - 5 5 5 - 0 1 7 8.
_ONE_BY_ONE = re.compile(r"(?<![0-9.,-])(?<![0-9] )[2-9](?:[ .-]{1,3}[0-9]){9}(?![ .-]{0,3}[0-9])")
# With the 0 of the country itself, in groups: 07700 900 123, 0176 12345678, 06 12 34 56 78.
_WITH_ZERO = re.compile(
    r"(?<![0-9A-Za-z.$#/=+-])(?<![0-9],)\(?0[1-9][0-9]{0,4}\)?"
    r"(?:[ ./-]{1,3}[0-9]{2,8}){1,4}(?![0-9-]"
    r"|[.,][0-9])"
    r"|(?<![0-9A-Za-z.$#/=+-])(?<![0-9],)07[0-9]{9}(?![0-9])"
)
# Without: 98204 55178 in India, 6017 4429 in Hong Kong or Singapore, the country's code before it.
_INDIAN = re.compile(r"(?<![0-9A-Za-z.$#/=-])[6-9][0-9]{4}[ -][0-9]{5}(?![0-9-]|[.,][0-9])")
_CODED = re.compile(
    r"(?<![0-9A-Za-z.$#/=-])(?<![0-9],)\(?(?:852|853|886|65|44|91|60|61|81|82)\)?[ -]{1,3}"
    r"[0-9](?:[ -]{0,2}[0-9]){6,10}(?![0-9-]|[.,][0-9])"
)
# In one or two groups, or digit by digit.
_EIGHT = re.compile(
    r"(?<![0-9A-Za-z.$#/=-])(?<![0-9][, ])[5689](?:[0-9]{3}[ -]?[0-9]{4}|(?:[ .-]{1,2}[0-9]){7})"
    r"(?![0-9-]|[.,][0-9]|年| [0-9])"
)
_NEAR_EIGHT = re.compile(
    r"\b(?:call|ring|phone|text|txt|tel|mobile|cell|whatsapp|signal|hk|hong kong|sg|sgp|singapore"
    r"|hp|handphone|h/p|hmu|macau|sms|dial|contact|number|reach|ping|msg|message)\b|香港|澳门"
    r"|新加坡|电话|手机|致电"
    r"|号码|打|拨|联系|狮城",
    re.IGNORECASE | re.ASCII,
)
_AFTER_EIGHT = re.compile(
    r"[ ,(]{0,2}(?:whatsapp|sg\b|sgp|singapore|hk\b|hong kong|hp\b|on whatsapp)", re.IGNORECASE
)
_TEN = re.compile(r"(?<![0-9A-Za-z.$#/=_-])(?<![0-9],)[2-9][0-9]{9}(?![0-9A-Za-z%-]|[.,][0-9])")
_NEAR_TEN = re.compile(
    r"\b(?:call|ring|phone|mobile|cell|whatsapp|text|txt|sms|dial|hmu|hit me|reach|tel|ph|contact"
    r"|digits|(?:his|her|my|their) (?:number|no))\b",
    re.IGNORECASE | re.ASCII,
)
_ASKED = re.compile(
    r"(?:\b(?:call|ring|phone|tel|mobile|cell|whatsapp|reach|text|txt|sms|dial|number|msg"
    r"|message|digits|landline|signal|viber|mob|ph)\b(?:'s)?(?: [A-Za-z']{1,8}(?![A-Za-z0-9])){0,3}"
    r"|电话|手机号?|座机|致电|(?<![牌证件卡户照书])号码|拨打?|短信|联系(?:方式|我|他|她)?|热线"
    r"|[☎📞📱]) ?[ :.是为打]{0,3}"
    r"(\+?[0-9(](?:[ ().-]{0,3}[0-9]){6,13})(?![0-9%A-Za-z]|[.,][0-9]|-[A-Za-z])" + _EXTENSION,
    re.IGNORECASE | re.ASCII,
)
# Whose number is no telephone's.
_NO_PHONE = re.compile(
    r"(?:\b(?:payroll|staff|employee|badge|account|acct|personnel|clock(?:-in)?|operator|case"
    r"|policy|member|partner"
    r"|order|ticket|serial|model|routing|card|passport|ssn|room|locker|crew|driver|works"
    r"|licen[cs]e|permit|tax"
    r"|insurance|student|flight|tracking|reference|ref|invoice|claim|record|id|pin) |[qQ]{1,2}"
    r"|[牌证件卡户照书号员工])\Z",
    re.IGNORECASE,
)
_ZERO: Final = ("GB", "AU", "FR", "DE", "JP", "KR", "PH", "TW", "MY", "NL", "IN", "ZA", "NG", "NZ")
_REGIONAL: Final[tuple[tuple[re.Pattern[str], tuple[str | None, ...]], ...]] = (
    (_ABROAD, (None,)),
    (_NORTH_AMERICAN, ("US",)),
    (_ONE_BY_ONE, ("US",)),
    (_WITH_ZERO, _ZERO),
    (_INDIAN, ("IN",)),
    (_CODED, (None,)),
)
# What a bare run of digits may be instead.
_COUNTED = re.compile(
    r" ?(?:元|块|万|亿|人民币|次|条|个|字|分钟|小时|人|天|度|k\b|yuan|rmb|usd|people|hours"
    r"|days|minutes)",
    re.IGNORECASE | re.ASCII,
)
_NUMBERED = re.compile(
    r"(?:单号|流水|编号|批次|版本|工单|订单|快递|order|invoice|ticket|build|rmb|no\.|version"
    r"|case|po)"
    r"[ :#]{0,3}$",
    re.IGNORECASE | re.ASCII,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where phone numbers stand."""
    for match in _MAINLAND.finditer(text):
        if not _something_else(text, *match.span()):
            yield match.span()
    yield from _disguised(text)
    for match in _ASKED.finditer(text):
        another = _NO_PHONE.search(text, max(0, match.start() - 16), match.start())
        if not (another or _COUNTED.match(text, match.end(1)) or _FIRM.match(match[1])):
            yield match.start(1), match.end()
    for match in _EIGHT.finditer(text):
        after = 12 * match[0].isdigit()
        if _NEAR_EIGHT.search(text, max(0, match.start() - 32 + after), match.start()) or (
            _AFTER_EIGHT.match(text, match.end())
        ):
            yield match.span()
    for match in _TEN.finditer(text):
        near = _NEAR_TEN.search(text, max(0, match.start() - 32), match.end() + 24)
        if near and not _something_else(text, *match.span()):
            yield match.span()
    yield from _elsewhere(text)


def _disguised(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand in words, apart, or with words between."""
    for pattern in (_SPOKEN, _TOLD):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _DIGIT_WORDS.finditer(text):
        if _in_words(match[0]):
            yield match.span()
    for match in _SPACED.finditer(text):
        firm = _FIRM.match(match[0]) or _something_else(text, *match.span())
        if _hidden(match[0]) and not firm:
            yield match.span()


def _elsewhere(text: str) -> Iterator[tuple[int, int]]:
    left = MOST_VALIDATED
    for pattern, regions in _REGIONAL:
        for match in pattern.finditer(text):
            left -= len(regions)
            if _FIRM.match(match[0]) or _something_else(text, *match.span()):
                continue
            written = f"+{match[0]}" if pattern is _CODED else match[0]
            if left < 0 or any(_valid(written, region) for region in regions):
                yield match.span()


def _in_words(written: str) -> bool:
    """Tell whether digits, some of them in words, are as many as a telephone has."""
    found = [(times.lower(), digit) for times, digit in _ONE_DIGIT.findall(written)]
    digits = sum(_TIMES[times] for times, _ in found)
    in_words = sum(not digit.isdigit() for _, digit in found)
    return 7 <= digits <= 14 and (in_words >= 3 or bool(_BETWEEN.search(written)))


def _hidden(written: str) -> bool:
    """Tell whether a mobile number is hidden: sign by sign, or in two kinds of digits."""
    plain = _APARTS.sub("", written)
    digits = sum(sign.isdecimal() for sign in plain)
    letters = sum(sign in "oOlI" for sign in plain)
    if (
        plain[1] not in "3456789三四五六七八九叁肆伍陆柒捌玖"
        or letters > 4
        or digits < 5 * bool(letters)
    ):
        return False
    apart = set(_APARTS.findall(written))
    if len(apart - {" "}) > 1:
        return False  # several ranges or shares
    if apart == {"."} and len(written) - len(plain) < _APARTS_OF_ADDRESS:
        return False  # a decimal, a version, the address of a machine
    return bool(apart) or not plain.isascii() or letters > 0


def _something_else(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start]
    return bool(_COUNTED.match(text, end) or _NUMBERED.search(before))


def _valid(written: str, region: str | None) -> bool:
    if region is None:
        written = re.sub(r"\A(?:\+ |00 ?|011[ -])", "+", written).replace("(0)", "")
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return False
    # Mobile numbers that are kept free for stories are none to the plan, and to a reader they are.
    kept_free = number.country_code == 44 and re.match(r"7[0-9]{9}\Z", str(number.national_number))
    return phonenumbers.is_valid_number(number) or bool(kept_free)
