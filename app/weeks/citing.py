"""What may be cited of a law: only articles whose text was seen."""

import re
from dataclasses import dataclass

_MARK = re.compile(r"^(?:arts?|ss?|regs?|s|fracs?)\.?\s+")
_SINGLE = {"arts ": "art. ", "ss ": "s. ", "regs ": "reg. "}
_SUB_RANGE = re.compile(r"(\w+)\(([0-9])\)-\(([0-9])\)")
# A citation inside a sentence: 'arts 38-3 and 38-4', '第38条之3、之4'.
_ARTICLE = r"\d[\w-]*(?:\(\w+\))?"
_CITED = re.compile(rf"\b(?:arts?|ss?|regs?)\.? ({_ARTICLE}(?:(?:, | and ){_ARTICLE})*)")
_CITED_ZH = re.compile(r"第(\d+)条((?:、?之\d+)*)")
_LEFT_EMPTY = re.compile(r"\s*(?:\(\)|（）)|(?<= ) +")


@dataclass(frozen=True)
class Statute:
    """A law and those of its articles that were read; link is None where none is known."""

    title: str
    articles: str
    link: str | None


def seen(laws: list[dict[str, str]], unseen: list[str]) -> tuple[Statute, ...]:
    """The laws of a place without the articles listed as unseen."""
    return tuple(_without(law, unseen) for law in laws)


def told(sentence: str | None, unseen: list[str]) -> str | None:
    """A sentence about a law, in either language, without citations that name an unseen article."""
    if sentence is None:
        return None
    hidden = {entry.rpartition(" ")[2] for entry in unseen}

    def kept(match: re.Match[str]) -> str:
        numbers = set(re.findall(_ARTICLE, match[1]))
        return "" if numbers & hidden else match[0]

    def kept_zh(match: re.Match[str]) -> str:
        parts = re.findall(r"\d+", match[2])
        numbers = {f"{match[1]}-{part}" for part in parts} or {match[1]}
        return "" if numbers & hidden else match[0]

    return _LEFT_EMPTY.sub("", _CITED_ZH.sub(kept_zh, _CITED.sub(kept, sentence)))


def _without(law: dict[str, str], unseen: list[str]) -> Statute:
    hidden = {_bare(entry, law["title"]) for entry in unseen}
    said = _SUB_RANGE.sub(_spelled, law["article"])
    mark = _MARK.match(said)
    kept = [part for part in said.split(", ") if _number(part) not in hidden]
    articles = ", ".join(kept)
    if kept and mark:
        word = _SINGLE.get(mark[0], mark[0]) if len(kept) == 1 else mark[0]
        articles = word + _MARK.sub("", articles)
    link = law["url_or_title"]
    return Statute(law["title"], articles, link if link.startswith("http") else None)


def _spelled(match: re.Match[str]) -> str:
    """'36(3)-(6)' as '36(3), 36(4), 36(5), 36(6)', so that one of them can be left out."""
    numbers = range(int(match[2]), int(match[3]) + 1)
    return ", ".join(f"{match[1]}({number})" for number in numbers)


def _number(part: str) -> str:
    """The bare number of 'arts 17' or 's. 17 (rest days)'."""
    return _MARK.sub("", part).split(" (")[0]


def _bare(entry: str, title: str) -> str | None:
    """The number an unseen entry hides in this law; None if it names another law.

    Entries may name their law in front, by its first words or initials: 'LFT 61'.
    """
    if _MARK.match(entry) or " " not in entry:
        return _number(entry)
    initials = "".join(letter for letter in title if letter.isupper())
    law, number = _split(entry)
    return number if title.startswith(law) or law == initials else None


def _split(entry: str) -> tuple[str, str]:
    """'Holidays Act s. 50' as ('Holidays Act', '50')."""
    law, _, number = entry.rpartition(" ")
    return re.sub(r"\s+(?:arts?|ss?|regs?)\.?$", "", law), number
