"""Months, addresses, Markdown rows and personal data of public lists."""

import time

import pytest

from app.employers import addresses, markdown_rows, months, personal


@pytest.mark.parametrize(
    ("text", "month", "flags"),
    [
        ("2019年4月7日", "2019-04", ()),
        ("2020 年 11 月 1 号", "2020-11", ()),
        ("2016年06月1日", "2016-06", ()),
        ("2020年2月起", "2020-02", ()),
        ("2019年5月到7月底", "2019-05", ("month_range",)),
        ("2020-08", "2020-08", ()),
        ("2020年13月", None, ("month_unreadable",)),
        ("2018年", None, ("month_year_only",)),
        ("自成立以来", None, ("month_unreadable",)),
        ("-----", None, ("month_missing",)),
        ("", None, ("month_missing",)),
    ],
)
def test_months(text, month, flags):
    assert months.read(text) == (month, flags)


BASE = "https://lists.example/blob/master/lists/"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("https://a.example/x?id=7#part", "https://a.example/x?id=7#part"),
        ("www.a.example/", "http://www.a.example/"),
        ("http://http://a.example/", "http://a.example/"),
        ("img/图.png", BASE + "img/图.png"),
        ("/lists/img/b.png", "https://lists.example/lists/img/b.png"),
        ("https://a.example/x?utm_source=w&id=7&sharefrom=me", "https://a.example/x?id=7"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@b.example", None),
        ("http://user:word@a.example/", None),
        ("http://[broken", None),
        ("https://a.example/" + "x" * 2000, None),
        ('https://a.example/"onclick', None),
    ],
)
def test_addresses(written, whole):
    assert addresses.clean(written, BASE) == whole


def test_a_page_about_a_company_is_not_its_own():
    assert addresses.is_own("https://www.zhipin.com/")
    assert not addresses.is_own("https://www.zhipin.com/gongsi/77.html")
    assert addresses.is_own("https://lamp.example/about")


def test_tables_are_found_among_other_text():
    text = "|not|a table|\nprose\n\n|a|b|\n|:---:|---|\n|1|2|\n|3|x\\|y\n|4|5|6|\n\n|after|it|\n"

    rows = [(row.line, row.cells) for row in markdown_rows.table_rows(text)]

    assert rows == [(6, ("1", "2")), (7, ("3", "x|y")), (8, ("4", "5", "6"))]


def test_items_know_their_heading():
    text = "# One\n* a\n\n## Two\n- b - c\nprose\n"

    found = [(item.line, item.heading, item.text) for item in markdown_rows.list_items(text)]

    assert found == [(2, "One", "a"), (5, "Two", "b - c")]


def test_links_and_words_of_a_cell():
    cell = "See [a (b)](https://a.example/x) ![](img/1.png )<br>and https://b.example/y，then"

    assert markdown_rows.links(cell) == ["https://a.example/x", "img/1.png", "https://b.example/y"]
    assert markdown_rows.plain(cell) == "See a (b) and ，then"


@pytest.mark.parametrize(
    ("text", "kept", "count"),
    [
        ("写信到 li.lei+hr@lamp.example.com 即可", "写信到 […] 即可", 1),
        ("电话13800138000或+86 139-1234-5678", "电话[…]或[…]", 2),
        ("座机 010-12345678", "座机 […]", 1),
        ("身份证11010119900307123X", "身份证[…]", 1),
        ("微信号：lamp_hr77", "[…]", 1),
        ("996，2019年4月7日，编号20190407", "996，2019年4月7日，编号20190407", 0),
        ("微信公众号灯火", "微信公众号灯火", 0),
    ],
)
def test_personal_data_is_taken_out_and_counted(text, kept, count):
    assert personal.removed(text) == (kept, count)


@pytest.mark.parametrize(
    "hostile",
    [
        part * (50_000 // len(part))
        for part in ("a", "[", "[x](", "1", "a@", "<", "微信", "\\", "|")
    ],
)
def test_hostile_cells_are_read_quickly(hostile):
    began = time.process_time()
    personal.removed(hostile)
    markdown_rows.links(hostile)
    markdown_rows.plain(hostile)
    list(markdown_rows.table_rows(hostile))
    assert time.process_time() - began < 1  # a square would be many seconds
