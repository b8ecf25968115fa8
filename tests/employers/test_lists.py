"""Small invented lists of the shape of the communities' own."""

import json

import pytest

from app.employers import list_955wlb, list_996icu, lists

ICU = """
Some words | with a pipe, and a [link](https://list.example).

Withdrawn
----
|所在城市|公司名字|曝光/施行时间|制度描述|证据内容|分支sha256|取消证据|
|:---:|:---:|:---:|:---:|:---:|:---:|:---:|
|上海|[灯影](https://dengying.example/)||10106|[贴](https://bbs.example/1)||记错了|
|苏州|灯塔园||||0123456789abcdef||
|杭州|[灯芯有限公司](http://dengxin.example)|2017年5月|996|[说明](https://list.example/pull/1)|

名单
---
|所在城市|公司名字|曝光/施行时间|制度描述|证据内容|
|:---:|:---:|:---:|:---:|:---:|
|北京|[灯火(LampHuo)](https://denghuo.example)|2019年3月|995|[一](https://a.example/1)<br>[二](img/二.png)|
|上海|[灯盏网](www.dengzhan.example/)|2019年4月7日|996 or 997|[看](https://a.example/2)|[答](https://a.example/3)|
|深圳|[灯笼](https://denglong.example)|2018年|10106 |[看](https://a.example/4)|[答](https://a.example/5)|[再答](https://a.example/6)|[图](img/灯.jpg)|
|广东|灯泡股份有限公司/灯泡集团|-----|大小周|口头，找 hr@dengpao.example 或 13800138000|
|嘉兴/广州|[灯管](https://www.zhipin.com/gongsi/7.html)|2019年5月到7月|每天干活|[吧](https://a.example/7?u=a\\|b&utm_source=me)
|北京|[灯火](https://denghuo.example)|2020年1月|提倡996|无|
|北京|[灯火](https://denghuo.example)|2020年1月|提倡996|无|
"""

WLB = """# A list

* not a row, this is prose
## 955 的公司名单

* Lampan (灯盘) - 北京/上海/remote
* Lamp Group (XYZ除外) - 上海
* Lampless
- Lamp - Works - 西安

## Afterwards

* not a row either
"""


@pytest.fixture(name="rows")
def icu_rows():
    return list_996icu.read(ICU)


def test_every_row_is_there_and_counted_once(rows):
    assert lists.summary(rows) == {
        "rows": 10,
        "usable": 5,
        "clean": 4,
        "heuristic": 1,
        "text": 5,
        "employers": 8,
        "duplicates": 1,
        "personal_data_removed": 2,
    }


def test_rows_are_read_as_the_contract_names_them(rows):
    found = [lists.as_json(row) for row in rows]

    assert found[3] == {
        "source_row": 16,
        "name": "灯火",
        "aliases": ["LampHuo"],
        "cities": ["北京"],
        "claim_kind": "long_hours",
        "schedule_code": "995",
        "exposure_month": "2019-03",
        "evidence_urls": [
            "https://a.example/1",
            "https://github.com/996icu/996.ICU/blob/master/blacklist/img/二.png",
        ],
        "status": "live",
    }
    assert json.loads(json.dumps(found)) == found


def test_rows_of_the_table_of_revocations_are_revoked(rows):
    assert [row.status for row in rows] == ["revoked"] * 3 + ["live"] * 7
    assert rows[0].evidence_urls == ("https://bbs.example/1",)
    assert rows[1].note == ""
    assert rows[2].evidence_urls == ("https://list.example/pull/1",)
    assert "cells_fewer" in rows[2].flags


def test_evidence_that_went_over_its_edge_is_kept(rows):
    assert len(rows[4].evidence_urls) == 2
    assert len(rows[5].evidence_urls) == 4
    assert "cells_more" in rows[4].flags
    assert rows[5].note == "看 答 再答 图"
    assert rows[7].evidence_urls[-1] == "https://a.example/7?u=a|b"


def test_what_is_odd_is_flagged_and_keeps_its_words(rows):
    odd = rows[6]

    assert (odd.month, odd.month_written, odd.place) == (None, "-----", "广东")
    assert odd.naming.aliases == ("灯泡集团",)
    assert {"joined_names", "month_missing", "province_only"} <= set(odd.flags)
    assert rows[5].month is None
    assert "month_year_only" in rows[5].flags
    assert rows[7].month == "2019-05"
    assert rows[8].schedule == "提倡996"


def test_personal_data_is_not_kept(rows):
    assert rows[6].note == "口头，找 […] 或 […]"
    assert "personal_data_removed" in rows[6].flags


def test_a_page_elsewhere_is_evidence_and_no_website(rows):
    assert rows[4].website == "http://www.dengzhan.example/"
    assert rows[7].website is None
    assert rows[7].evidence_urls[0] == "https://www.zhipin.com/gongsi/7.html"


def test_the_list_of_good_places_claims_the_opposite():
    header = "965良好工作制度\n\n|城市|公司|时间|制度描述|证据内容|\n|-|-|-|-|-|\n"

    row = list_996icu.read(header + "|北京|灯|2019年4月|9-6-5|无|")[0]

    assert (row.source, row.claim_kind, row.reading.code) == (
        "996icu-whitelist",
        "regular_hours",
        "965",
    )


def test_955_items_take_their_code_from_the_heading():
    rows = list_955wlb.read(WLB)

    assert [(row.source_row, row.naming.name, row.cities) for row in rows] == [
        (6, "Lampan", ("beijing", "shanghai")),
        (7, "Lamp Group", ("shanghai",)),
        (8, "Lampless", ()),
        (9, "Lamp - Works", ("xian",)),
    ]
    assert rows[0].naming.aliases == ("灯盘",)
    assert {row.reading.code for row in rows} == {"955"}
    assert {row.confidence for row in rows} == {"heuristic"}
    assert lists.summary(rows)["employers"] == 4


@pytest.mark.parametrize("text", ["", "# Something else\n\n* an item\n", "|a|b|\n|-|-|\n|1|2|\n"])
def test_another_file_is_refused(text):
    for reader in (list_996icu, list_955wlb):
        with pytest.raises(lists.NotThisListError):
            reader.read(text)
