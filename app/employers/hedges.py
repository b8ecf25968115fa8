"""How a sentence about hours is meant: stated, advocated, denied, now and then, at least."""

import re
from dataclasses import dataclass

_CODE = r"\d[\d\s.-]{2,8}"
# Words that a schedule is given as a slogan, a threat or an exception, not as the usual week.
_ADVOCATED = re.compile(r"提倡|宣扬|鼓吹|鼓励|倡导|号召|advocat|prais", re.IGNORECASE)
_DENIED = re.compile(
    rf"(?:不是|没有|并非|并不|非|不再|取消|不会|无需|不用|拒绝|反对|从不|没|无|\bnot?\b)\s*"
    rf"(?:强制|实行|执行|要求|搞)?\s*(?:{_CODE}|单休|双休|大小[周休])",
    re.IGNORECASE,
)
_SOMETIMES = re.compile(
    r"不定期|偶尔|有时|间或|大会战|阶段|期间|旺季|忙时|赶工|上线前|提审|[排值]班|sometimes|occasional",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"如果|若|一旦|连坐|否则|的话|\bif\b", re.IGNORECASE)
_PART = re.compile(r"有的|部分|某些|个别|[某该]部门|团队|项目组|开发|小组|\bsome\b", re.IGNORECASE)
_ACTUAL = re.compile(r"实际|其实|事实上|actually", re.IGNORECASE)
_CHANGED = re.compile(rf"(?:改[成为到]?|变[成为]|调整[成为到])\s*(?:{_CODE}|单休|双休|大小[周休])")
_BUT = re.compile(r"但|不过|however|\bbut\b", re.IGNORECASE)
_DEMOTING = {
    "at_least": re.compile(r"至少|起码|最少|以上|起步|at least", re.IGNORECASE),
    "at_most": re.compile(r"至多|最多|不超过|at most", re.IGNORECASE),
    "hedged": re.compile(
        r"经常|常常|时常|基本|差不多|大概|左右|可能|据说|听说|疑似|貌似|好像|应该|often|about|maybe",
        re.IGNORECASE,
    ),
    "official": re.compile(r"规定|表面|名义|号称|正常|official", re.IGNORECASE),
    "advertised": re.compile(r"招聘|挂出|写明|advert", re.IGNORECASE),
    "flexible": re.compile(r"弹性|flexible", re.IGNORECASE),
    "doubtful": re.compile(r"\?"),
}
_TOLD = re.compile(r"(?:(?!但|不过|however|\bbut\b)\D)*\d", re.IGNORECASE)
_CLAUSE = re.compile(r"[^,;。、!?\n]*[!?]?")


@dataclass(frozen=True)
class Clause:
    """One clause: its words, whether it says what the usual week is, and why it may not.

    `role` is 'firm' (it says so), 'part' (for some of the employer), 'aside' (now and then or
    on a condition: it can only widen what is firm) or 'void' (advocated or denied).
    """

    text: str
    role: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A sentence in clauses; `contradicted` when what it says first is taken back later."""

    clauses: tuple[Clause, ...]
    contradicted: bool


def understand(text: str) -> Statement:
    """Cut a sentence (already NFKC) into clauses and say how each of them is meant.

    What stands before 'in fact' is dropped. What 'but' or 'changed to' qualifies counts as
    contradicted: which of the two is the usual week cannot be told.
    """
    actual = list(_ACTUAL.finditer(text))
    meant = text[actual[-1].end() :] if actual else text
    contradicted = bool(_CHANGED.search(meant)) or _qualified(meant)
    clauses = []
    conditional = False
    for found in _CLAUSE.finditer(meant):
        if words := found[0].strip():
            conditional = conditional or bool(_CONDITIONAL.search(words))
            clauses.append(_clause(words, conditional, ("in_fact",) if actual else ()))
    return Statement(tuple(clauses), contradicted)


def _qualified(text: str) -> bool:
    """Whether digits stand before a 'but' of the same sentence."""
    sentences = re.split(r"[。;!?]", text)
    return any(_BUT.search(each) and _TOLD.match(each) for each in sentences)


def _clause(words: str, conditional: bool, flags: tuple[str, ...]) -> Clause:
    flags += tuple(flag for flag, pattern in _DEMOTING.items() if pattern.search(words))
    if _ADVOCATED.search(words):
        return Clause(words, "void", (*flags, "advocated"))
    if _DENIED.search(words):
        return Clause(words, "void", (*flags, "denied"))
    if conditional:
        return Clause(words, "aside", (*flags, "conditional"))
    if _SOMETIMES.search(words):
        return Clause(words, "aside", (*flags, "sometimes"))
    if _PART.search(words):
        return Clause(words, "part", (*flags, "part"))
    return Clause(words, "firm", flags)
