"""Schedule codes read from text and words."""

import time

import pytest

from app.weeks import codes


@pytest.mark.parametrize(
    ("text", "start", "end", "days"),
    [
        ("996", 540, 1260, 6),
        ("955", 540, 1020, 5),
        ("10106", 600, 1320, 6),
        ("10105", 600, 1320, 5),
        ("1075", 600, 1140, 5),
        ("11116", 660, 1380, 6),
        ("9107", 540, 1320, 7),
        ("9106", 540, 1320, 6),
        ("8106", 480, 1320, 6),
        ("9126", 540, 1440, 6),
        ("12127", 720, 1440, 7),
        ("1215", 720, 780, 5),
        ("654", 360, 1020, 4),
        ("9-6-5", 540, 1080, 5),
        ("10 10 5", 600, 1320, 5),
        ("10—10—6", 600, 1320, 6),
        ("9.9.6", 540, 1260, 6),
        ("8.5 8.5 6", 510, 1230, 6),
        ("8.5-5.5-5.5", 510, 1050, 5.5),
        (" 996 ", 540, 1260, 6),
    ],
)
def test_reads(text, start, end, days):
    code = codes.read(text)

    assert code is not None
    assert (code.start, code.end, code.days) == (start, end, days)


@pytest.mark.parametrize(
    "text",
    [
        "007",
        "002",
        "963",
        "998",
        "596",
        "1396",
        "9136",
        "99",
        "9966",
        "",
        "大小周",
        "9-9-7.5",
        "९९६",
    ],
)
def test_what_is_no_code_is_not_read(text):
    assert codes.read(text) is None


@pytest.mark.parametrize("text", ["996", "10105", "11116", "9126", "8.5-8.5-6", "9-9-5.5"])
def test_a_code_is_written_as_it_was_read(text):
    assert str(codes.read(text)) == text


def test_twelve_codes_name_a_week():
    assert len(codes.NAMED) == 12


def test_words_for_rest_days():
    assert codes.days_said("大小周") == 5.5
    assert codes.days_said("单休，无加班费") == 6
    assert codes.days_said("双休") == 5
    assert codes.days_said("996") is None


@pytest.mark.parametrize("text", ["9" * 50_000, "9" + " " * 50_000, "9-" * 25_000, "10.5" * 12_500])
def test_hostile_text_is_refused_quickly(text):
    began = time.process_time()

    assert codes.read(text) is None
    assert time.process_time() - began < 0.2  # a square would be seconds
