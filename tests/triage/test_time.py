"""Every pattern takes linear time: texts of 50 kB made to be slow (ASVS 1.3.12)."""

import re
import time
from collections.abc import Callable
from itertools import islice
from types import ModuleType

import pytest

from app import triage
from app.triage import detectors
from app.triage.folding import folded

LONG = 50_000
PATTERN_SECONDS = 0.05
# Of a page's CPU time for one text that is all passages of one kind.
TEXT_SECONDS = 0.5
# fmt: off
PIECES = [
    "1", "13", "139 1234 ", "13912345678 ", "+1", "+1 415-555-0132 ", "(212) ", "(", "0755-",
    "a", "a.", "a-", "a@", "@", "a at ", "a dot ", "a at b dot ", "a [at] ", "http://",
    "https://a/?", "https://a.cn/?token=1 ", "www.", "a.b/", "?a=&", "微信:", "加v", "QQ群号: ",
    "telegram @", "护照号码", "passport 1 ", "passport number is ", "工号是 ", "employee id ",
    "6222 ", "卡6222021000112233449", "GB82 WEST ", "AB12", "Aa ", "Mr ", "Mr Aa ", "manager ",
    "manager Aa ", "Aa Aa my ", "王", "王经", "王经理", "总监王", "欧阳", "张总", "3月1", "3/",
    "3/1 ", "on 3/1 ", "2026-03-", "March 1", "14 of ", "十月", "一", "31011519900307283X ",
    "3101 1519 9003 0728 3", "call me on ", "call a a a 1", "电话: 1 ", " ", "x", "..--",
]
# fmt: on
QUICK = ["13912345678 ", "a.", "GB82 WEST ", "张总", "on 3/1 "]


def patterns() -> list[re.Pattern[str]]:
    modules = [each for each in vars(triage).values() if isinstance(each, ModuleType)]
    return [
        pattern
        for module in modules
        for value in vars(module).values()
        for pattern in (value if isinstance(value, tuple) else (value,))
        if isinstance(pattern, re.Pattern)
    ]


def within(limit: float, work: Callable[[], object]) -> bool:
    """Tell whether work takes less CPU time; once more if not: the machine is not ours alone."""
    for _ in range(3):
        begun = time.process_time()
        work()
        if time.process_time() - begun < limit:
            return True
    return False


def whole(piece: str) -> str:
    return piece * (LONG // len(piece))


@pytest.mark.parametrize("piece", QUICK)
def test_a_whole_text_is_quick(piece: str) -> None:
    assert within(TEXT_SECONDS, lambda: detectors.see(whole(piece)))


def test_the_patterns_are_all_found() -> None:
    assert len(patterns()) >= 30


@pytest.mark.deep
@pytest.mark.parametrize("piece", PIECES)
def test_every_pattern_is_linear(piece: str) -> None:
    text = folded(whole(piece)) + "!"
    for pattern in patterns():

        def search(pattern: re.Pattern[str] = pattern) -> object:
            return list(islice(pattern.finditer(text), detectors.MOST_PASSAGES))

        assert within(PATTERN_SECONDS, search), pattern.pattern
