"""Names of employers in two scripts."""

import pytest

from app.employers import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("灯火 科技", "灯火科技"),
        ("Ｌａｍｐ", "lamp"),
        ("L’Éclair", "l eclair"),
        ("Lamp-Works, Inc.", "lampworks inc"),
        ("灯火（北京）", "灯火(北京)"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize("empty", ["", "  ", "!!!", "🏮", "\u200b", "（）"])
def test_a_name_without_letters_has_no_key(empty):
    assert names.key(empty) == ""


@pytest.mark.parametrize(
    ("name", "slug", "spoken", "initials"),
    [
        ("灯火科技有限公司", "denghuokeji", "denghuokeji", "dhkj"),
        ("灯火股份有限公司（集团）", "denghuo", "denghuo", "dh"),
        ("Lamp灯火", "lamp-denghuo", "lampdenghuo", "ldh"),
        ("77灯火", "77-denghuo", "77denghuo", "77dh"),
        ("重庆行走银行", "chongqingxingzouyinhang", "chongqingxingzouyinhang", "cqxzyh"),
        ("Lamp Works", "lamp-works", "", "lw"),
        ("Lamp", "lamp", "", ""),
        ("Лампа", "", "", ""),
        ("美的灯", "meidideng", "meidideng", "mdd"),
        ("公司", "gongsi", "gongsi", "gs"),
    ],
)
def test_slug_pinyin_and_initials(name, slug, spoken, initials):
    assert (names.slug(name), names.spoken(name), names.initials(name)) == (slug, spoken, initials)


@pytest.mark.parametrize(
    ("written", "name", "aliases", "flags"),
    [
        ("灯火", "灯火", (), ()),
        ("Lamp直送(北京灯火技术有限公司)", "Lamp直送", ("北京灯火技术有限公司",), ()),
        ("灯火(LampHuo)", "灯火", ("LampHuo",), ()),
        ("Lampan (灯盘)", "Lampan", ("灯盘",), ()),
        ("灯火技术有限公司（77 灯）", "灯火技术有限公司", ("77 灯",), ()),
        ("灯火（甲有限公司）（乙有限公司）", "灯火", ("甲有限公司", "乙有限公司"), ()),
        ("灯火（北京）有限公司", "灯火（北京）有限公司", (), ()),
        ("灯火(杭州/天津)有限公司", "灯火(杭州/天津)有限公司", (), ()),
        ("灯火有限公司（集团）", "灯火有限公司（集团）", (), ()),
        ("Lamp Group (XYZ除外)", "Lamp Group", (), ("note_in_name",)),
        ("Lamp Bank (IT)", "Lamp Bank", (), ("note_in_name",)),
        ("灯火有限公司 / 灯盏有限公司", "灯火有限公司", ("灯盏有限公司",), ("joined_names",)),
        ("灯火(灯 火)", "灯火", (), ("note_in_name",)),
        ("", "", (), ("no_name",)),
        ("(!!)", "", (), ("no_name",)),
    ],
)
def test_a_written_name_is_taken_apart_with_care(written, name, aliases, flags):
    naming = names.take_apart(written)

    assert (naming.name, naming.aliases, naming.flags) == (name, aliases, flags)
