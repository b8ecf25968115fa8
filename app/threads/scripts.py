"""In which language a text seems to be written, by its script, for browsers and screen readers.

Pure. A guess good enough for fonts and voices; nothing is stored of it.
"""

import re
from functools import lru_cache
from typing import Final

from app.web.languages import TAGS

_HAN: Final = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")
_OTHERS: Final = {
    "ja": re.compile(r"[぀-ヿ]"),
    "ko": re.compile(r"[가-힣]"),
    "ru": re.compile(r"[Ѐ-ӿ]"),
}
_ENOUGH: Final = 500  # characters tell as much as the whole text
_LETTERS_A_HAN: Final = 4  # Latin letters say as much as one Chinese character


def tag(text: str, lang: str) -> str | None:
    """Return the language tag that a text needs on a page in "en" or "zh"; None for the page's."""
    seems = _seems(text[:_ENOUGH])
    return None if seems in {None, TAGS[lang]} else seems


@lru_cache(maxsize=4096)
def _seems(text: str) -> str | None:
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    for other, letters in _OTHERS.items():
        if len(letters.findall(text)) > (han + latin) // _LETTERS_A_HAN:
            return other
    if not han and not latin:
        return None
    return TAGS["zh"] if han * _LETTERS_A_HAN >= latin else TAGS["en"]
