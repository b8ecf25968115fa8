"""Schedules as people write them in public lists."""

import time

import pytest

from app.employers.schedules import read


@pytest.mark.parametrize(
    ("text", "code", "start", "end", "days"),
    [
        ("996", "996", 540, 1260, 6),
        ("9106", "9106", 540, 1320, 6),
        ("10 10 5", "10105", 600, 1320, 5),
        ("9-6-5", "965", 540, 1080, 5),
        ("８ １０ ６", "8106", 480, 1320, 6),
        ("9127", "9127", 540, 1440, 7),
        ("8.5 8.5 6", "8.5-8.5-6", 510, 1230, 6),
        ("86.56", "8-6.5-6", 480, 1110, 6),
        ("强制996！", "996", 540, 1260, 6),
        ("996、无加班费", "996", 540, 1260, 6),
        ("995并且不发工资", "995", 540, 1260, 5),
        ("早10晚9一周6天", "1096", 600, 1260, 6),
        ("早上九点到晚上九点半，每周6天", "9-9.5-6", 540, 1290, 6),
        ("8:30-18:30，一周6天", "8.5-6.5-6", 510, 1110, 6),
        ("晚上10点,早上9点,一周6天", "9106", 540, 1320, 6),
        ("9:30-17:30-5", "9.5-5.5-5", 570, 1050, 5),
        ("9:15到19:00，双休", None, 555, 1140, 5),
        ("9:00-21:00 单休", "996", 540, 1260, 6),
        ("9:00-18:00 大小周", "9-6-5.5", 540, 1080, 5.5),
        ("22:00-6:00，一周5天", None, 1320, 1800, 5),
    ],
)
def test_plain_statements_are_clean(text, code, start, end, days):
    reading = read(text)

    assert (reading.confidence, reading.code) == ("clean", code)
    assert (reading.start_lo, reading.start_hi) == (start, start)
    assert (reading.end_lo, reading.end_hi) == (end, end)
    assert (reading.days_lo, reading.days_hi) == (days, days)
    assert reading.presence_lo == reading.presence_hi == (end - start) * days


@pytest.mark.parametrize(
    ("text", "code", "bounds", "presence", "flags"),
    [
        ("996/10106", "996/10106", (540, 600, 1260, 1320, 6, 6), (4320, 4320), {"several_codes"}),
        ("996 or 997", "996/997", (540, 540, 1260, 1260, 6, 7), (4320, 5040), {"several_codes"}),
        ("10106/10107", "10106/10107", (600, 600, 1320, 1320, 6, 7), (4320, 5040), None),
        ("996大小周", "996", (540, 540, 1260, 1260, 5.5, 6), (3960, 4320), {"alternate_weeks"}),
        ("995+大小周", "995", (540, 540, 1260, 1260, 5, 5.5), (3600, 3960), {"alternate_weeks"}),
        ("007/996", "996", (540, 540, 1260, 1260, 6, 6), (4320, 4320), {"word_007", "remarks"}),
        ("至少996", "996", (540, 540, 1260, 1260, 6, 6), (4320, None), {"at_least"}),
        ("最多975", "975", (540, 540, 1140, 1140, 5, 5), (None, 3000), {"at_most"}),
        ("常常996", "996", (540, 540, 1260, 1260, 6, 6), (4320, 4320), {"hedged"}),
        ("9116?", "9116", (540, 540, 1380, 1380, 6, 6), (5040, 5040), {"doubtful"}),
        ("名义上的955，其实是996", "996", (540, 540, 1260, 1260, 6, 6), (4320, 4320), {"in_fact"}),
        ("996，每天还要加班", "996", (540, 540, 1260, 1260, 6, 6), (4320, None), None),
        ("9 6 5/每周另加班10小时", "965", (540, 540, 1080, 1080, 5, 5), (2700, None), None),
        ("10 8 5，上线前10 10 6", "1085", (600, 600, 1200, 1320, 5, 6), (3000, 4320), None),
        ("早9晚9,一周6天,有的组一周7天", "996", (540, 540, 1260, 1260, 6, 7), None, {"part"}),
        ("某部门要求996", "996", (540, 540, 1260, 1260, 6, 6), (4320, 4320), {"part"}),
        ("招聘时写明996", "996", (540, 540, 1260, 1260, 6, 6), (4320, 4320), {"advertised"}),
        ("公司规定是985", "985", (540, 540, 1200, 1200, 5, 5), (3300, 3300), {"official"}),
        ("900-530-5", None, (540, 540, 1050, 1050, 5, 5), None, {"end_12h"}),
        ("9:30-20:00或10:00，单休", None, (570, 570, 1200, 1320, 6, 6), (3780, 4500), None),
    ],
)
def test_what_needs_interpreting_is_heuristic(text, code, bounds, presence, flags):
    reading = read(text)

    assert reading.confidence == "heuristic"
    if code:
        assert reading.code == code
    assert bounds == (
        reading.start_lo,
        reading.start_hi,
        reading.end_lo,
        reading.end_hi,
        reading.days_lo,
        reading.days_hi,
    )
    if presence:
        assert (reading.presence_lo, reading.presence_hi) == presence
    assert (flags or set()) <= set(reading.flags)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("不是996", "denied"),
        ("没有996的说法", "denied"),
        ("取消996", "denied"),
        ("无双休", "denied"),
        ("提倡996", "advocated"),
        ("宣扬995的老板", "advocated"),
        ("不定期996或976", "sometimes"),
        ("大小周、大会战（996）", "sometimes"),
        ("996连坐，如果迟到全组996一周", "conditional"),
        ("规定965，实际一直到半夜", "in_fact"),
        ("正常965，但每月要多来三天", "contradicted"),
        ("早10晚7，不过9点才走", "contradicted"),
        ("996改成965", "contradicted"),
        ("007", "word_007"),
        ("大小周", "alternate_weeks"),
        ("", None),
        ("加班严重", None),
        ("每天12小时", None),
        ("6 * 12", None),
        ("996元", None),
        ("996.ICU", None),
        ("2019-9-6", None),
        ("99", None),
        ("998", None),
        ("9:00-18:00", None),
        ("一周6天", None),
        ("上午9:00 - 12:00；下午1:30 - 6:00", None),
    ],
)
def test_what_cannot_be_read_stays_text_and_is_never_guessed(text, flag):
    reading = read(text)

    assert reading.confidence == "text"
    assert reading.code is None
    assert reading.presence_lo is None
    assert reading.presence_hi is None
    assert flag is None or flag in reading.flags


def test_what_is_known_of_an_unreadable_row_is_kept():
    assert read("大小周，没说几点").days_lo == 5.5
    assert read("单休").days_lo == 6
    assert read("双休").days_lo == 5
    assert (read("8.30-21，随时要到").start_lo, read("8.30-21").end_lo) == (510, 1260)
    assert read("无双休").days_lo is None
    assert read("966计件，实际大小周").days_lo is None


@pytest.mark.parametrize(
    "hostile",
    [
        part * (50_000 // len(part))
        for part in ("9", "9 ", "996/", "早", "每", "9:00-", "但", "一周")
    ],
)
def test_hostile_text_is_read_quickly(hostile):
    began = time.process_time()
    read(hostile)
    read(hostile[:4000])
    assert time.process_time() - began < 1  # a square would be many seconds
