"""Every pattern takes linear time: texts of 50 kB made to be slow (ASVS 1.3.12)."""

import re
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from types import ModuleType

import pytest

from app import triage
from app.triage import detectors
from app.triage.folding import folded

LONG = 50_000
SHORT = 12_500
# Four times the text may take twice its four times: a square would be sixteen. And on a quiet
# machine a pattern takes 0.04 s of CPU, a whole text 0.4 s; a busy one may take a few times that.
LINEAR = 8
PATTERN_SECONDS = 0.2
TEXT_SECONDS = 1.5
LEAST_SECONDS = 0.002  # below it the clock tells nothing
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
QUICK = ["a.", "GB82 WEST "]


def patterns() -> list[re.Pattern[str]]:
    modules = [each for each in vars(triage).values() if isinstance(each, ModuleType)]
    return [
        pattern
        for module in modules
        for value in vars(module).values()
        for pattern in (value if isinstance(value, tuple) else (value,))
        if isinstance(pattern, re.Pattern)
    ]


def taken(work: Callable[[], object]) -> float:
    """Return the CPU seconds of some work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def whole(piece: str, length: int = LONG) -> str:
    return piece * (length // len(piece))


@pytest.mark.parametrize("piece", QUICK)
def test_a_whole_text_is_quick(piece: str) -> None:
    assert taken(partial(detectors.see, whole(piece))) < TEXT_SECONDS


def test_the_patterns_are_all_found() -> None:
    assert len(patterns()) >= 30


@pytest.mark.deep
@pytest.mark.parametrize("piece", PIECES)
def test_every_pattern_is_linear(piece: str) -> None:
    short, long = (folded(whole(piece, length)) + "!" for length in (SHORT, LONG))
    for pattern in patterns():

        def search(text: str, pattern: re.Pattern[str] = pattern) -> object:
            return list(islice(pattern.finditer(text), detectors.MOST_PASSAGES))

        assert any(quick(search, short, long) for _ in range(3)), pattern.pattern


def quick(search: Callable[[str], object], short: str, long: str) -> bool:
    """Tell whether a search is linear; asked again if not: the machine is not ours alone."""
    took = taken(partial(search, long))
    return took < PATTERN_SECONDS and (
        took < LINEAR * LEAST_SECONDS or took < LINEAR * taken(partial(search, short))
    )
