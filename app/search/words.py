"""The words of a text, as the index holds them and as a query means them. Pure.

Words are runs of letters and digits. Chinese (with kana and hangul) has no spaces, so its runs are
cut into overlapping pairs: 加班文化 is 加班, 班文, 文化, and any two characters side by side are
found. Each character is folded by itself, so that a match knows where it stands in the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import Final

LONGEST_WORD: Final = 64
EXCERPT: Final = 200  # characters
_BEFORE: Final = 40  # of them, ahead of the first match
_PAIRED: Final = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
_RUN = re.compile(f"([{_PAIRED}]+)|[^\\W_{_PAIRED}]+")
_CHUNK = re.compile(r'["“”„]([^"“”„]+)["“”„]|([^\s"“”„]+)')
_ACCENT = re.compile("[\u0300-\u036f]")

Span = tuple[int, int]


@dataclass(frozen=True)
class Phrase:
    """Words that must stand side by side; the last one may go on where it is `open`."""

    words: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    single: bool = False  # one Chinese character with none beside it


class _Folding(dict[int, str]):
    """NFKC, case, accents and invisible signs of one character, remembered."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.category(letter) == "Cf":
            folded = ""
        else:
            apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", letter).casefold())
            folded = unicodedata.normalize("NFC", _ACCENT.sub("", apart))
        self[code] = folded
        return folded


_FOLDING: Final = _Folding()


def fold(text: str) -> str:
    """Write a text so that spellings which mean the same are the same."""
    return text.translate(_FOLDING)


def cut(text: str) -> list[str]:
    """The words of a text in their order, repeated as often as they stand there."""
    return [piece for run in _RUN.finditer(fold(text)) for piece in _pieces(run)]


def read(query: str) -> list[Phrase]:
    """What a query asks for: every phrase must be in a text.

    What is written without a space, or within quotation marks, stands side by side. Nothing is
    asked for by signs, nor by a single Chinese character: it only narrows what is before it.
    """
    return [
        phrase
        for quoted, plain in _CHUNK.findall(query)
        for phrase in _phrases(_words(fold(quoted or plain)))
    ]


def highlight(text: str, asked: Sequence[Phrase], length: int = EXCERPT) -> list[tuple[str, bool]]:
    """An excerpt of at most about `length` characters, in parts: (as written, whether asked for).

    It begins a little before the first match, or at the beginning where nothing matches.
    """
    text = " ".join(text.split())
    found = _merged(_matches(text, asked, length))
    start, end = _window(text, found[0][0] if found else 0, length)
    parts, at = [("… ", False)] if start else [], start
    for first, last in ((max(first, start), min(last, end)) for first, last in found):
        if first < last:
            parts += [(text[at:first], False), (text[first:last], True)]
            at = last
    parts += [(text[at:end], False), (" …" if end < len(text) else "", False)]
    return [part for part in parts if part[0]]


def _pieces(run: re.Match[str]) -> Iterable[str]:
    """The words of a run: itself, or its pairs."""
    letters = run[0]
    if not run[1]:
        return (letters[:LONGEST_WORD],)
    return map(add, letters, letters[1:]) if len(letters) > 1 else (letters,)


def _words(folded: str) -> Iterator[_Word]:
    for run in _RUN.finditer(folded):
        single = bool(run[1]) and len(run[0]) == 1
        for at, piece in enumerate(_pieces(run), run.start()):
            # Only the pairs of a run begin after it does.
            yield _Word(piece, at, at + len(piece) if run[1] else run.end(), single)


def _phrases(words: Iterable[_Word]) -> Iterator[Phrase]:
    """A single character after a word begins a run there, and any pair may begin with it."""
    together: tuple[str, ...] = ()
    for word in words:
        if not word.single:
            together = (*together, word.text)
        elif together:
            yield Phrase((*together, word.text), open=True)
            together = ()
    if together:
        yield Phrase(together)


def _matches(text: str, asked: Sequence[Phrase], length: int) -> Iterator[Span]:
    """Where phrases stand in a text as it is written, as far as an excerpt from the first goes.

    No further: who may choose text and query would have readers wait for seconds.
    """
    pieces = [letter.translate(_FOLDING) for letter in text]
    origin = [at for at, piece in enumerate(pieces) for _ in piece]
    words = list(_words("".join(pieces)))
    phrases, beyond = dict.fromkeys(asked), len(text)
    for at, word in enumerate(words):
        start = origin[word.start]
        if start > beyond:
            return
        for phrase in phrases:
            if (folded := _end(words, at, phrase)) is None:
                continue
            until = origin[folded - 1] + 1
            while until < len(pieces) and not pieces[until]:  # an accent written apart
                until += 1
            beyond = min(beyond, start + length)
            yield start, until


def _end(words: Sequence[_Word], at: int, phrase: Phrase) -> int | None:
    """Where a phrase that begins at a word ends; None where another begins."""
    *others, last = phrase.words
    if (others and words[at].text != others[0]) or at + len(others) >= len(words):
        return None
    final = words[at + len(others)]
    beside = [word.text for word in words[at : at + len(others)]]
    if not _is(final, last, phrase.open) or beside != others:
        return None
    return final.start + len(last) if phrase.open else final.end


def _is(word: _Word, asked: str, goes_on: bool) -> bool:
    return word.text.startswith(asked) if goes_on else word.text == asked


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _window(text: str, match: int, length: int) -> Span:
    """Where an excerpt begins and ends; between words where the text has spaces."""
    if len(text) <= length:
        return 0, len(text)
    start = max(0, min(match - _BEFORE, len(text) - length))
    if start and (space := text.find(" ", start, match)) >= 0:
        start = space + 1
    end = min(len(text), start + length)
    if end < len(text) and (space := text.rfind(" ", end - _BEFORE, end)) > match:
        end = space
    return start, end
