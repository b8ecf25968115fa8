"""The twelve words: 128 bits and a checksum, in English or Simplified Chinese (BIP-39). Pure."""

import re
import secrets
import unicodedata
from typing import Final, Literal

from mnemonic import Mnemonic

ENTROPY_BYTES: Final = 16
WORDS: Final = 12

_LISTS: Final = {"en": Mnemonic("english"), "zh": Mnemonic("chinese_simplified")}
# No word is in both lists, so a reader need not say which language was copied.
_PLACES: Final = {
    word: place for words in _LISTS.values() for place, word in enumerate(words.wordlist)
}
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
# A Chinese word is one character, written with or without spaces; any other letters in a row
# are one word. What stands between words (numbers, dots, commas, lines) is left out.
_WORD = re.compile(f"[{_HAN}]|[^\\W\\d_{_HAN}]+")


class Unreadable(ValueError):
    """Text that is not a phrase; its kind says what a person can do about it."""


class WrongCount(Unreadable):
    """Not twelve words; `count` is how many there were."""

    def __init__(self, count: int) -> None:
        """Keep the number of words found."""
        super().__init__("not twelve words")
        self.count = count


class UnknownWord(Unreadable):
    """A word of neither list; `place` counts from 1."""

    def __init__(self, place: int, word: str) -> None:
        """Keep the word for the page, but out of the message, which a log may show."""
        super().__init__("a word of neither list")
        self.place = place
        self.word = word


class WrongChecksum(Unreadable):
    """Twelve known words that were never made together: a wrong word or a wrong order."""


def fresh() -> bytes:
    """Make the 16 bytes behind a new phrase."""
    return secrets.token_bytes(ENTROPY_BYTES)


def write(entropy: bytes, lang: Literal["en", "zh"]) -> list[str]:
    """Spell 16 bytes as twelve words of a language."""
    return [str(word) for word in _LISTS[lang].to_mnemonic(entropy).split(" ")]


def read(text: str) -> bytes:
    """Return the 16 bytes behind a phrase as a person typed it.

    Case, width, spacing, numbering, punctuation and line ends do not matter, nor does the language.
    Raises UnknownWord, WrongCount or WrongChecksum.
    """
    words = split(text)
    for place, word in enumerate(words, start=1):
        if word not in _PLACES:
            raise UnknownWord(place, word)
    if len(words) != WORDS:
        raise WrongCount(len(words))
    english = _LISTS["en"]
    try:
        return bytes(english.to_entropy([english.wordlist[_PLACES[word]] for word in words]))
    except ValueError:
        raise WrongChecksum from None


def split(text: str) -> list[str]:
    """Cut what a person typed into words, spelled as in the lists."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    # Invisible marks (zero-width space, byte order mark, direction) come along when pasting.
    visible = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return _WORD.findall(visible)


def says(entropy: bytes, place: int, typed: str) -> bool:
    """Tell whether what was typed is the word at a place (from 1) of a phrase, in any language."""
    index = _PLACES[write(entropy, "en")[place - 1]]
    return [_PLACES.get(word) for word in split(typed)] == [index]
