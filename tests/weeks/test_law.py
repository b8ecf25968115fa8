"""The legal lines of all 32 places against a table worked out by hand, and what is cited."""

import re
from datetime import date

import pytest

from app.weeks import clock, law
from app.weeks.arithmetic import Week
from app.weeks.reading import Reading

TODAY = date(2026, 11, 21)
MONTH = 365.25 / 12 / 7

# hours a week and rule, from statutory-limits.json read by eye; None: nothing one week can tell
LINES = {
    "AE": None,  # 48 averaged over three weeks
    "AU": None,
    "BR": None,  # daily cap only
    "CA": (48, "max_week"),
    "CH": None,  # yearly cap only
    "CN": (40 + 36 / MONTH, "week+month_cap"),
    "DE": (60, "absolute_max_week"),  # 48 averaged over 24 weeks is not tested
    "ES": None,
    "EU": None,
    "FR": (48, "absolute_max_week"),
    "GB": None,
    "HK": None,
    "ID": (40 + 18, "week+week_cap"),
    "IE": None,
    "IL": (42 + 16, "week+week_cap"),
    "ILO": None,
    "IN": None,
    "IT": None,
    "JP": (40 + 45 / MONTH, "week+month_cap"),
    "KR": (40 + 12, "week+week_cap"),
    "MX": (48 + 12, "week+week_cap"),
    "MY": (45 + 104 / MONTH, "week+month_cap"),
    "NL": (60, "absolute_max_week"),
    "NZ": None,
    "PH": None,
    "PL": None,
    "SE": (40 + 50 / MONTH, "week+month_cap"),
    "SG": (44 + 72 / MONTH, "week+month_cap"),
    "TH": (48 + 36, "week+week_cap"),
    "TW": (40 + 46 / MONTH, "week+month_cap"),
    "US": None,
    "VN": (48 + 40 / MONTH, "week+month_cap"),
}


def test_the_table_has_32_places():
    assert [place.iso for place in law.places()] == sorted(LINES)
    assert len(LINES) == 32


@pytest.mark.parametrize("iso", sorted(LINES))
def test_legal_line(iso):
    line, expected = law.place(iso).line(TODAY), LINES[iso]

    if expected is None:
        assert line is None
    else:
        assert line is not None
        assert line.minutes / 60 == pytest.approx(expected[0])
        assert line.rule == expected[1]
        assert line.checked in {"primary", "secondary"}


def test_no_standard_week_no_overtime_figure():
    without = {place.iso for place in law.places() if place.standard_week(TODAY) is None}

    assert without == {"EU", "GB", "HK", "IE", "NL", "PH"}


def test_a_standard_week_that_the_law_lowers_year_by_year():
    mexico = law.place("MX")

    assert mexico.standard_week(date(2026, 12, 31)) == 48 * 60
    assert mexico.standard_week(date(2027, 1, 1)) == 46 * 60
    assert mexico.standard_week(date(2030, 6, 1)) == 40 * 60
    assert mexico.line(date(2030, 6, 1)).minutes == 52 * 60


@pytest.mark.parametrize("iso", sorted(LINES))
def test_articles_nobody_read_are_not_cited(iso):
    row = next(row for row in law._table()["places"] if row["iso"] == iso)
    cited = " ; ".join(statute.articles for statute in law.place(iso).statutes)

    for entry in row["law_articles_unseen"]:
        number = entry.rsplit(" ", 1)[-1]
        assert not re.search(rf"(?<![\w(.-]){re.escape(number)}(?![\w(.-])", cited), (entry, cited)


@pytest.mark.parametrize(
    ("iso", "lang", "told", "never"),
    [
        ("JP", "en", "Under discretionary work a deemed number of hours", "38-"),
        ("JP", "zh", "实行“裁量劳动制”的岗位", "第38条"),
        ("GB", "en", "are outside the weekly limit.", "reg. 20"),
        ("GB", "zh", "不受每周上限约束。", "第20条"),
        ("IL", "en", "cannot be supervised are excluded.", "s. 30"),
        ("TW", "en", "change (art. 34), and posts approved", "84-1"),
        ("TW", "zh", "（第34条）；主管机关核定的工作者", "第84条"),
        ("EU", "en", "48 hours (art. 22), and managing executives", "()"),
    ],
)
def test_sentences_do_not_cite_articles_nobody_read_either(iso, lang, told, never):
    sentence = law.place(iso).exempt[lang]

    assert told in sentence
    assert never not in sentence


@pytest.mark.parametrize(
    ("iso", "articles"),
    [
        ("CN", ["arts 36, 38, 39, 41, 42, 44", "arts 3, 5, 9", "case 1"]),
        ("JP", ["arts 32, 35, 36(3), 36(4), 36(5), 37, 38-3"]),
        ("TH", ["s. 23", "36 hours a week"]),
        ("IN", ["s. 25 (hours)", "commencement", "published 2026-05-08"]),
        ("ILO", ["art. 2", "", ""]),
        ("MX", ["fracs IV and XI", ""]),
        ("NZ", ["s. 11B", ""]),
        ("HK", [""]),
        ("GB", ["regs 4, 5, 10, 11", "reg. 4 (same limit)"]),
        ("PL", ["arts 129, 131, 132, 151(3)"]),
        ("CH", ["arts 3, 9, 12, 13, 15a, 18, 19"]),
    ],
)
def test_cited_articles(iso, articles):
    assert [statute.articles for statute in law.place(iso).statutes] == articles


def test_unverified_dates_are_hidden():
    assert law.place("CN").in_force == date(1995, 5, 1)
    assert law.place("AU").in_force is None
    assert law.place("BR").in_force is None


def test_texts_in_both_languages():
    china = law.place("CN")

    assert "36 a month" in china.note["en"]
    assert "每月不超过36小时" in china.note["zh"]
    assert "art. 39" in china.exempt["en"]
    assert "not legal advice" in law.disclaimer()["en"]


def test_the_2021_case_is_a_milestone():
    case = next(entry for entry in law.milestones() if entry.id == "cn-996-2021")

    assert (case.iso, case.day) == ("CN", date(2021, 8, 26))


def test_a_place_without_limits():
    assert law.place("XX") is None


def test_996_read_against_china():
    said = Reading(Week(540, 1260, 6), law.place("CN"), TODAY).as_json()

    assert (said["presence"], said["working"]) == (72 * 60, 60 * 60)
    assert (said["overtime_week"], said["overtime_month"]) == (1200, 5217.86)
    assert (said["code"], said["over_cap"], said["times_cap"]) == ("996", True, 2.42)
    assert said["line"] == 2896.76


def test_no_place_no_overtime():
    said = Reading(Week(clock.minutes("09:00"), 1260, 6), None, TODAY).as_json()

    assert said["overtime_week"] is said["over_cap"] is said["line"] is None
    assert said["working"] == 3600


def test_just_under_and_over_the_line():
    under = Week(540, 540 + 8 * 60 + 99, 5, 0, 0)  # 48.25 h
    over = Week(540, 540 + 8 * 60 + 100, 5, 0, 0)  # 48.33 h

    assert Reading(under, law.place("CN"), TODAY).over_line == 0
    assert Reading(over, law.place("CN"), TODAY).over_line > 0
