"""Names that stand alone: first names in Latin letters, Chinese names of two or three signs. Pure.

By lists, without a model: a first name that is no other word, a frequent surname before signs that
stand in given names and seldom elsewhere.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.triage.words import signs, words

_GIVEN: Final = words("given")
_SURNAMES: Final = words("pinyin_surnames")
_NO_NAMES: Final = words("capitalised")
_PUBLIC: Final = words("public") | words("public_chinese")
_WORD = r"[A-ZÀ-Þ](?:['’][A-Z])?[a-zß-ÿ][A-Za-zß-ÿ'’-]{0,15}"
_LATIN = re.compile(
    rf"(?<![A-Za-z@/.#_-])(?P<first>[A-Z][a-z]{{1,12}})(?![a-z@/_]"
    rf"|[.][a-z]| [0-9])(?=(?P<last>(?: {_WORD})?))"
)
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan"
    r"|ai|ei|ui|ao|ou|iu|ie|ia|ua|uo|ue|an|en|in|un"
    r"|er|a|o|e|i|u)-?){1,2}\Z"
)
_CHINESE_SURNAME: Final = (
    "王李张刘陈杨赵黄吴徐孙朱胡郭林罗郑梁谢宋唐韩冯邓曹彭肖萧董袁潘蒋蔡杜魏苏吕丁沈姚卢姜崔钟谭汪廖贾韦邹熊孟秦阎薛侯"
    "贺郝龚邵钱周曾范戴夏邱尹黎顾武孔汤温葛邢易乔庞颜庄聂翟詹焦俞祁宁尚方高马于余程白石田叶任付万江何"
)
_STRONG: Final = signs("given_strong")
_WEAK: Final = signs("given_weak")
# Two signs are a word more easily than three: only those that hardly occur in others.
_SURE: Final = "伟芳娜磊艳娟霞萍婷鹏斌琳倩雯莉玲薇蓉芬璐妍婧蕾莹淑刚敏军勇杰涛丽燕"
_CHINESE = re.compile(
    rf"[{_CHINESE_SURNAME}](?:[{_STRONG}][{_STRONG}{_WEAK}]|[{_WEAK}][{_STRONG}]"
    rf"|[{_SURE}](?![{_STRONG}军强丽]))"
)
# 小王, 老赵, 阿强: how people at work are called.
_CALLED = re.compile(
    r"(?<![从大幼弱微减缩古衰养到变])(?:小[王李张刘陈赵吴徐孙郭林罗郑梁谢宋唐韩冯邓曹彭肖萧董袁潘蒋蔡杜魏吕沈姚卢姜崔谭廖贾韦邹孟秦薛侯贺郝邵钱]"
    r"|老[王李张刘陈赵吴徐孙郭罗郑梁谢宋唐韩冯邓曹彭肖萧董袁潘蒋蔡杜魏吕沈姚卢姜崔谭廖贾韦邹孟秦薛侯贺郝邵钱周朱胡黄]|阿[强伟明华芳珍丽玲杰勇军珠梅红英力良辉峰龙彪海东飞]"
    r")(?![期末会报边年刻钟点路国家时块儿]|[上下]|工[资厂程作具])"
)
# Two weak signs are a name where somebody then does something.
_DOING = re.compile(
    rf"[王李张刘陈杨赵吴徐孙朱胡郭罗郑梁谢宋唐韩冯邓曹彭萧董袁潘蒋蔡杜魏吕沈姚崔谭廖贾邹秦阎薛侯贺郝龚邵][{_WEAK}]"
    rf"[{_WEAK}](?=[说让把给叫签骂逼拿扣收])"
)
_NEAR: Final = 16
_ENDING: Final = words("ending")
_BEGINNING: Final = words("beginning")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand alone."""
    for match in _LATIN.finditer(text):
        length = _latin(match["first"], match["last"])
        before = text[max(0, match.start() - _NEAR) : match.start()].split(" ")[-2:-1]
        if length and not _a_thing(before, match["first"], match["last"]):
            yield match.start(), match.start() + length
    for pattern in (_CHINESE, _CALLED, _DOING):
        for match in pattern.finditer(text):
            start = match.start()
            if (
                text[max(0, start - 1) : start + 1] not in _ENDING
                and match[0][:2] not in _BEGINNING
                and match[0] not in _PUBLIC
            ):
                yield match.span()


def _a_thing(before: list[str], first: str, last: str) -> bool:
    """Tell whether a first name alone is no one's: 'the Marvin kit', 'Victor Hugo'."""
    word = before[0] if before else ""
    return f"{word}_{first}" in _PUBLIC or (not last and word in {"the", "The", "a", "an"})


def _latin(first: str, rest: str) -> int:
    """Return how much is a name: a known first name and a surname, or a Chinese name."""
    last = rest.strip().replace("’", "'").removesuffix("'s")
    if f"{first}_{last}" in _PUBLIC:
        return 0
    if first in _GIVEN:
        return len(first) + (1 + len(last) if last and last not in _NO_NAMES else 0)
    chinese = first in _SURNAMES and last not in _NO_NAMES and _SYLLABLES.match(last.lower())
    return len(first) + 1 + len(last) if chinese else 0
