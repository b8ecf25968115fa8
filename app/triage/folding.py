"""Full-width letters, digits and signs read as plain ones, place for place. Pure."""

import unicodedata
from typing import Final

# The marks between clauses stay as they are: they end a link or a number.
_KEPT: Final = set("！，；？")
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT}
_SIGNS: Final = {0x3000: 0x20, 0xA0: 0x20, 0x2010: 0x2D, 0x2011: 0x2D, 0x2013: 0x2D, 0x2019: 0x27}
# Digits of every script and in circles, as ٣, ③ and 𝟛; not the small ones of m² and CO₂.
_DIGITS: Final = {
    code: 0x30 + unicodedata.digit(chr(code))
    for code in range(0x80, 0x20000)
    if chr(code).isdigit()
    and unicodedata.normalize("NFKC", chr(code)).isdigit()
    and "SCRIPT" not in unicodedata.name(chr(code))
}
# What is not seen, or makes a key of a digit, stands like a blank.
_UNSEEN: Final = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFE0F, 0x20E3), 0x20)
_PLAIN: Final = {**_DIGITS, **_WIDE, **_SIGNS, **_UNSEEN}


def folded(text: str) -> str:
    """Return a text of the same length in which ４ is 4, ＠ is @ and a wide blank is a blank."""
    return text.translate(_PLAIN)
