"""Chinese names that stand alone, by a score of their signs and of what stands around them. Pure.

No name needs to be known: 韩雨桐 is one because 韩 is a surname, 雨 and 桐 stand in given names
more often than in sentences, and neither of them makes a word with its neighbours. The weights are
those of a logistic regression on a newspaper whose names are tagged, and on reviews of books and
hotels, which name few people.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.triage.chinese_names import TITLE
from app.triage.words import weights, words

_SURNAMES: Final = weights("surnames")
_GIVEN: Final = weights("given")
_WORDS: Final = weights("words")
_ENDING: Final = words("ending")
_BEGINNING: Final = words("beginning")
_OTHERS: Final = frozenset(weights("others"))
_PUBLIC: Final = words("public_chinese")
_SIGNS: Final = "".join(_GIVEN)
# One surname and what may be a given name; read from each sign anew, so that names may overlap.
_SHAPE: Final = re.compile(rf"[{''.join(_SURNAMES)}](?=([{_SIGNS}])([{_SIGNS}]?))")
_DOUBLE: Final = re.compile(
    rf"(?:欧阳|上官|司马|诸葛|司徒|皇甫|夏侯|慕容|令狐|东方|南宫|尉迟|公孙|宇文|长孙)"
    rf"(?!{TITLE})(?=[{_SIGNS}])(?![光红法发云大小子方级道南台平人国])[{_SIGNS}]{{1,2}}"
)
_TITLED: Final = re.compile(TITLE)
# What is called like a person: 张杨路, 王家村.
_PLACES: Final = frozenset("路街道桥村镇县市区乡寺庙湖河园苑店厂校站")
# What stands before a name and after it, in most sentences that have one.
_BEFORE: Final = frozenset("的跟和与被找给对是叫把让向问骂等请像由替帮比有见到因")
_AFTER: Final = frozenset("说让把跟在是给要也都又就会不的去来被对骂叫和与还只从最已经")
# Chances on a logarithmic scale below which it is no name, and what adds to them: the sign before
# the name and the one after it, each another script (or nothing) and each one of those above.
_LEAST: Final = {2: -0.7, 3: -1.2}


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand, none overlapping another of them that is likelier."""
    for match in _DOUBLE.finditer(text):
        yield match.span()
    last, best = 0, 0.0
    kept: tuple[int, int] | None = None
    for match in _SHAPE.finditer(text):
        start = match.start()
        if _word_here(text, start) or _TITLED.match(text, start + 1):
            continue
        for length in (2, 3) if match[2] else (2,):
            chance = _chance(text, start, length) - _LEAST[length]
            end = start + length
            if chance <= 0 or text[start:end] in _PUBLIC or _PLACES & set(text[end - 1 : end + 1]):
                continue
            if kept and start < last:
                if chance > best:
                    kept, best, last = (start, start + length), chance, start + length
                continue
            if kept:
                yield kept
            kept, best, last = (start, start + length), chance, start + length
    if kept:
        yield kept


def _word_here(text: str, start: int) -> bool:
    """Tell whether a list knows another word where a name would begin."""
    return (
        text[start : start + 3] in _OTHERS
        or text[start : start + 2] in _BEGINNING
        or text[max(0, start - 1) : start + 1] in _ENDING
    )


def _chance(text: str, start: int, length: int) -> float:
    """Return how likely text[start:start+length] is a name: the logarithm of its odds."""
    end = start + length
    signs = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    around = (_edge(before, _BEFORE), _edge(after, _AFTER))
    if length == 3:
        return (
            -3.73
            + 0.42 * _SURNAMES[signs[0]]
            + 0.44 * _GIVEN[signs[1]]
            + 0.58 * _GIVEN[signs[2]]
            - 1.90 * _word(signs[:2])
            - 0.92 * _word(signs[1:])
            - 2.50 * _word(before + signs[0])
            - 1.23 * _word(signs[2] + after)
            + (1.03, -0.24, 0.0)[around[0]]
            + (1.32, 0.21, 0.0)[around[1]]
        )
    return (
        -7.10
        + 0.65 * _SURNAMES[signs[0]]
        + 0.50 * _GIVEN[signs[1]]
        - 1.20 * _word(signs)
        - 0.99 * _word(before + signs[0])
        - 1.51 * _word(signs[1] + after)
        + (0.69, 0.27, 0.0)[around[0]]
        + (2.53, 1.88, 0.0)[around[1]]
    )


def _edge(sign: str, common: frozenset[str]) -> int:
    """Return 0 where no Chinese sign stands, 1 for one that stands there often, 2 for another."""
    if not "一" <= sign <= "鿿":
        return 0
    return 1 if sign in common else 2


def _word(pair: str) -> float:
    """Return how common a word two signs are: 0 for none, 1, or 2."""
    return _WORDS.get(pair, 0.0)
