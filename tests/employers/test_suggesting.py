"""Which employers may be one."""

import pytest

from app.employers.suggesting import COMMON, Likely, Why, core, likely

ONE, TWO, THREE = (bytes([n]) * 16 for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("北京灯火技术有限公司", "灯火"),
        ("灯火", "灯火"),
        ("灯火集团", "灯火"),
        ("深圳市灯塔科技股份有限公司", "灯塔"),
        ("北京银行股份有限公司", "北京银行"),
        ("中国移动", "中国移动"),
        ("科技", "科技"),
        ("Lamp Works Co., Ltd.", "lampworks"),
        ("LAMP WORKS", "lampworks"),
        ("China", "china"),
        ("S.A.P.", "sap"),
    ],
)
def test_the_core_of_a_name(name: str, left: str) -> None:
    assert core(name) == left


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("北京灯火技术有限公司", "灯火集团", "name"),
        ("Lamp Works Inc.", "LampWorks", "name"),
        ("灯火科技", "Denghuo", "pinyin"),
        ("灯火", "登火", "pinyin"),
        ("Meridian Cloud", "Meridain Cloud", "slip"),
        ("Meridian Cloud", "Meridan Cloud", "slip"),
        ("Meridian Cloud", "Meridion Cloud", "slip"),
        ("Acme", "Acne", None),
        ("北京银行", "上海银行", None),
        ("Yili", "伊利", None),
    ],
)
def test_two_that_may_be_one(first: str, second: str, why: Why | None) -> None:
    found = likely([(TWO, first), (ONE, second), (THREE, "Somebody Else")])
    assert found == ([Likely(ONE, TWO, why)] if why else [])


def test_the_surest_come_first_and_each_pair_once() -> None:
    named = [(ONE, "Meridian Cloud"), (TWO, "Meridan Cloud"), (ONE, "灯火"), (THREE, "灯火集团")]
    assert [each.why for each in likely([*named, *named])] == ["name", "slip"]


def test_what_many_share_is_a_word_of_their_trade() -> None:
    many = [(bytes([n]) * 16, f"灯火{'集团' * n}") for n in range(1, COMMON + 2)]
    assert likely(many) == []
    assert likely(many[1:])
