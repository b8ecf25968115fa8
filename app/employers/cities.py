"""Cities: one key for both scripts, and a name to show in either."""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

from pypinyin import lazy_pinyin

from app.employers import names

LONGEST = 40
TABLE = Path(__file__).with_name("cities.csv")
_PROVINCES = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|"
    "云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆"
)
_PROVINCE = re.compile(rf"^(?:{_PROVINCES})(?:省|壮族自治区|自治区)?")
_BETWEEN = re.compile(r"[/,、;|\n]|(?<=[\u4e00-\u9fff])[-—\s]+(?=[\u4e00-\u9fff])")
_NOWHERE = {
    "remote",
    "远程",
    "居家",
    "未知",
    "不详",
    "全国",
    "各地",
    "unknown",
    "other",
    "elsewhere",
}


@cache
def _tables() -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Every known spelling to its key; every key to its English and Chinese name."""
    by_name: dict[str, str] = {}
    by_key: dict[str, tuple[str, str]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = names.slug(row["en"].replace("'", ""))
            by_key[key] = (row["en"], row["zh"])
            for spelling in (row["zh"], row["en"], key):
                by_name[names.key(spelling)] = key
    return by_name, by_key


def key(written: str) -> str:
    """One city's key: '上海', '上海市' and 'Shanghai' are 'shanghai'; '' where nothing is named.

    A city that the table does not know keeps its own name: Chinese as written, else as a slug.
    """
    text = " ".join(unicodedata.normalize("NFKC", written).split())[:LONGEST]
    by_name, _ = _tables()
    for spelling in (text, text.removesuffix("市"), _PROVINCE.sub("", text).removesuffix("市")):
        if found := by_name.get(names.key(spelling)):
            return found
    if names.has_han(text):
        bare = _PROVINCE.sub("", text)
        return names.key(bare.removesuffix("市") or bare)
    return "-".join(re.findall(r"[^\W_]+", text.casefold()))


def known(written: str) -> bool:
    """Whether a city of the table, or a province, is written so."""
    by_name, _ = _tables()
    bare = written.removesuffix("市")
    return names.key(bare) in by_name or not _PROVINCE.sub("", bare)


def display(city: str, lang: str) -> str:
    """A key's name in a language, 'en' or 'zh'."""
    _, by_key = _tables()
    if city in by_key:
        return by_key[city][lang == "zh"]
    if names.has_han(city):
        return city if lang == "zh" else _romanised(city)
    return " ".join(word.capitalize() for word in city.split("-"))


def split(written: str) -> tuple[list[str], tuple[str, ...]]:
    """The keys of the cities in '嘉兴/广州' or '山东淄博', once each, with flags.

    A province alone is no city ('province_only'), nor is remote work ('no_city').
    """
    found: dict[str, None] = {}
    flags: dict[str, None] = {}
    for bare in parts(written):
        if bare.casefold() in _NOWHERE:
            flags["no_city"] = None
        elif _is_province(bare):
            flags["province_only"] = None
        elif city := key(bare):
            found[city] = None
    if not found and not flags:
        flags["no_city"] = None
    return list(found), tuple(flags)


def parts(written: str) -> list[str]:
    """The pieces of a cell of cities, as written."""
    pieces = _BETWEEN.split(unicodedata.normalize("NFKC", written))
    return [bare for piece in pieces if (bare := piece.strip().strip(" -—"))]


def _is_province(text: str) -> bool:
    """Whether a name is a province and no city of the same name (吉林 is both)."""
    by_name, _ = _tables()
    return not _PROVINCE.sub("", text) and names.key(text) not in by_name


def _romanised(city: str) -> str:
    """Pinyin with an apostrophe before a syllable that begins with a vowel (ISO 7098)."""
    word = ""
    for syllable in lazy_pinyin(city):
        word += "'" * (bool(word) and syllable[0] in "aoe") + syllable
    return word.capitalize()
