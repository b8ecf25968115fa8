"""Chinese names that stand alone, by a score of their signs and of what stands around them. Pure.

No name needs to be known: 韩雨桐 is one because 韩 is a surname, 雨 and 桐 stand in given names
more often than in sentences, and neither of them makes a word with its neighbours. The weights are
those of a logistic regression on a newspaper whose names are tagged, on reviews of books and
hotels, which name few people, and on sentences of posts with other names put into them.
"""

import math
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
    rf"(?:欧阳|上官|司马|诸葛|司徒|皇甫|夏侯|慕容|令狐|南宫|尉迟|公孙|宇文|长孙|端木|百里|司空|钟离|纳兰"
    rf"|呼延|独孤|申屠|濮阳|赫连|轩辕|公冶|淳于|西门|澹台|闻人|东郭|屠岸|东方(?![甄财明航雨卫通]))"
    rf"(?!{TITLE})(?=[{_SIGNS}])(?![光红法发云大小子方级道南台平人国])[{_SIGNS}]{{1,2}}"
)
_TITLED: Final = re.compile(TITLE)
# What is called like a person: 张杨路, 王家村.
_PLACES: Final = frozenset("路街道桥村镇县市区乡寺庙湖河园苑店厂校站")
# What the sign before a name and the one after it add; and two signs before it, as 财务 and 有个.
_BEFORE: Final = weights("before")
_AFTER: Final = weights("after")
_ROLES: Final = words("roles")
# Chances on a logarithmic scale below which it is no name.
_LEAST: Final = {2: -2.5, 3: -1.6}
# 蒋 文 博: written apart, to hide it.
_APART: Final = re.compile(
    rf"(?<![一-鿿] )(?<![一-鿿])[{''.join(_SURNAMES)}][ .·*_-]{{1,2}}[{_SIGNS}]"
    rf"(?:[ .·*_-]{{1,2}}[{_SIGNS}])?(?![一-鿿]| [一-鿿](?![一-鿿]))"
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand, none overlapping another of them that is likelier."""
    for pattern in (_DOUBLE, _APART):
        for match in pattern.finditer(text):
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
            if chance <= 0 or _known(text, start, length) or _PLACES & set(text[end - 1 : end + 1]):
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
        or text[max(0, start - 2) : start + 1] in _ENDING
        or text[start + 1 : start + 3] in _ROLES
    )


def _known(text: str, start: int, length: int) -> bool:
    """Tell whether everybody knows who is named, by this or by one sign more."""
    end = start + length
    around = text[start:end], text[start : end + 1], text[max(0, start - 1) : end]
    return not _PUBLIC.isdisjoint(around)


def _chance(text: str, start: int, length: int) -> float:
    """Return how likely text[start:start+length] is a name: the logarithm of its odds."""
    end = start + length
    signs = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    role = text[max(0, start - 2) : start] in _ROLES
    apart = not "一" <= before <= "鿿", not "一" <= after <= "鿿"
    edges = _BEFORE.get(before, 0.0) + _AFTER.get(after, 0.0)
    if length == 3:
        return (
            -3.59
            + 0.39 * _SURNAMES[signs[0]]
            + 0.19 * _GIVEN[signs[1]]
            + 0.53 * _GIVEN[signs[2]]
            - 2.22 * _word(signs[:2])
            - 0.98 * _word(signs[1:])
            - 2.77 * _word(before + signs[0])
            - 1.90 * _word(signs[2] + after)
            + 2.02 * apart[0]
            + 1.37 * apart[1]
            + 2.43 * role
            + edges
        )
    if signs in _WORDS:
        return -math.inf
    return (
        -4.50
        + 0.18 * _SURNAMES[signs[0]]
        + 0.12 * _GIVEN[signs[1]]
        - 2.74 * _word(before + signs[0])
        - 2.33 * _word(signs[1] + after)
        + 1.93 * apart[0]
        + 2.55 * apart[1]
        + 1.42 * role
        + edges
    )


def _word(pair: str) -> float:
    """Return how common a word two signs are: 0 for none, 1, or 2."""
    return _WORDS.get(pair, 0.0)
