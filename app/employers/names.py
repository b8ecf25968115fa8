"""Names of employers: the key that recognises one, its slug, its pinyin, its other names."""

import re
import unicodedata
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin, load_phrases_dict, pinyin

SLUG_LENGTH, KEY_LENGTH = 60, 400
# Brands that the dictionary of ordinary words reads otherwise.
load_phrases_dict({"美的": [["měi"], ["dì"]]})
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f〇"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_WORD = re.compile(f"[{_HAN}]+|[a-z]+|[0-9]+")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_LEGAL = re.compile(r"(?:(?:股份|责任)?有限(?:责任)?公司|\(集团\)|公司)+$")
_COMPANY = re.compile(r"(?:公司|集团|Inc\.?|Ltd\.?|GmbH|LLC)$", re.IGNORECASE)
_TRAILING = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
_EXCEPT = re.compile(r"除外|不含|不包括|仅|部门|事业部|except|only", re.IGNORECASE)
_KINDS = {"集团", "中国", "股份", "group", "china"}
_JOINED = re.compile(r"\s*[/／]\s*(?![^(（]*[)）])")


@dataclass(frozen=True)
class Naming:
    """A name as a list writes it, taken apart; flags say what was done."""

    name: str
    aliases: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def key(text: str) -> str:
    """What makes two spellings the same name: NFKC, case, accents, spaces and signs dropped."""
    return "".join(letter for letter in _folded(text) if letter.isalnum())[:KEY_LENGTH]


def has_han(text: str) -> bool:
    """Whether a name is written at least partly in Chinese characters."""
    return bool(_HAN_RUN.search(text))


def slug(text: str) -> str:
    """Address part of a name: words in Latin letters, Chinese as pinyin without its legal form.

    '' where nothing can be written in Latin letters and digits.
    """
    return "-".join(_words(_bare(text)))[:SLUG_LENGTH].rstrip("-")


def spoken(text: str) -> str:
    """The key of a Chinese name in pinyin, legal form left out; '' for a name without Chinese."""
    bare = _bare(text)
    return "".join(_words(bare))[:KEY_LENGTH] if has_han(bare) else ""


def initials(text: str) -> str:
    """First letters: of each syllable in Chinese, of each word else; numbers stay whole."""
    letters = ""
    for word in _WORD.findall(_folded(_bare(text))):
        if has_han(word):
            letters += "".join(first[0][:1] for first in pinyin(word, style=Style.FIRST_LETTER))
        else:
            letters += word if word.isdigit() else word[0]
    letters = letters[:KEY_LENGTH]
    return letters if len(letters) > 1 and letters != key(text) else ""


def take_apart(written: str) -> Naming:
    """Split 'Boss直聘(北京…有限公司)' into name and alias.

    What stands in parentheses at the end is another name when it is a company or in the other
    script; a place, a kind of company or an exception ('GBS除外') is not. Names joined by '/'
    outside of parentheses are taken as names of one employer and flagged.
    """
    parts = [part for part in _JOINED.split(written.strip()) if key(part)]
    flags = ["joined_names"] if len(parts) > 1 else []
    names: list[str] = []
    for part in parts:
        name, inner = _parentheses(part)
        for text in inner:
            flags += [] if _is_name(text, name) else ["note_in_name"]
        names += [name, *(text for text in inner if _is_name(text, name))]
    once = list({key(name): name for name in reversed(names)}.values())[::-1]
    if not once:
        return Naming("", (), ("no_name",))
    return Naming(once[0], tuple(once[1:]), tuple(dict.fromkeys(flags)))


def _parentheses(part: str) -> tuple[str, list[str]]:
    """Take trailing parentheses off, unless they belong to the name itself."""
    inner: list[str] = []
    while found := _TRAILING.search(part):
        text = found[1].strip()
        if text.casefold() in _KINDS or not key(part[: found.start()]):
            break
        inner.insert(0, text)
        part = part[: found.start()]
    return part.strip(), inner


def _is_name(text: str, outer: str) -> bool:
    if not key(text) or _EXCEPT.search(text):
        return False
    if _COMPANY.search(text) or _COMPANY.search(outer):
        return True
    return has_han(text) != has_han(outer)


def _bare(text: str) -> str:
    """A name without its legal form, unless it is nothing else."""
    text = unicodedata.normalize("NFKC", text)
    return _LEGAL.sub("", text) or text


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENT.sub("", text))


def _words(text: str) -> list[str]:
    words = []
    for word in _WORD.findall(_folded(text)):
        words.append("".join(lazy_pinyin(word, errors="ignore")) if has_han(word) else word)
    return [word for word in words if word]
