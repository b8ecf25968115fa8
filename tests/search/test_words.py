"""Words of texts and of queries, and what of an excerpt is highlighted: tables, no database."""

from collections.abc import Sequence
from time import process_time

import pytest

from app.search import words
from app.search.words import Phrase

CUT = {
    "Overtime was NOT paid.": ["overtime", "was", "not", "paid"],
    "加班": ["加班"],
    "加班文化": ["加班", "班文", "文化"],
    "班": ["班"],
    "加班，文化": ["加班", "文化"],
    "９９６ ＩＣＵ": ["996", "icu"],
    "996工作制": ["996", "工作", "作制"],
    "在B站加班": ["在", "b", "站加", "加班"],
    "Café crème": ["cafe", "creme"],
    "Cafe\u0301": ["cafe"],
    "加\u200b班": ["加班"],
    "state-of-the-art": ["state", "of", "the", "art"],
    "don't snake_case": ["don", "t", "snake", "case"],
    "10:30, 2.5 h": ["10", "30", "2", "5", "h"],
    "🔥🔥 😭": [],
    "加班🔥加班": ["加班", "加班"],
    "Straße ﬁne ½ ㎏": ["strasse", "fine", "1", "2", "kg"],
    "ｶﾅ カナ": ["カナ", "カナ"],
    "你好 안녕": ["你好", "안녕"],
    "Привет": ["привет"],
    "x" * 100: ["x" * words.LONGEST_WORD],
    '\'; DROP "x" --\x00 \ud800 :*&|!()<->': ["drop", "x"],
    "": [],
}
READ = {
    "加班 pay": [Phrase(("加班",)), Phrase(("pay",))],
    "加班文化": [Phrase(("加班", "班文", "文化"))],
    "996.ICU": [Phrase(("996", "icu"))],
    '"unpaid overtime" lead': [Phrase(("unpaid", "overtime")), Phrase(("lead",))],
    "“加班 工资”": [Phrase(("加班", "工资"))],
    "B站": [Phrase(("b", "站"), open=True)],
    "用B站": [Phrase(("b", "站"), open=True)],
    "a班b": [Phrase(("a", "班"), open=True), Phrase(("b",))],
    "班": [],
    "加班 累": [Phrase(("加班",))],
    "🔥 ... \" ''": [],
    "": [],
}
HIGHLIGHTED = {
    ("Overtime was not paid", "overtime"): "[Overtime] was not paid",
    ("Overtimes", "overtime"): "Overtimes",
    ("我们天天加班文化", "加班"): "我们天天[加班]文化",
    ("天天加班文化好", "加班文化"): "天天[加班文化]好",
    ("加班加班", "加班"): "[加班加班]",
    ("ＩＣＵ and Café", "icu cafe"): "[ＩＣＵ] and [Café]",
    ("Cafe\u0301 x", "cafe"): "[Cafe\u0301] x",
    ("加\u200b班了", "加班"): "[加\u200b班]了",
    ("在B站加班", "b站"): "在[B站]加班",
    ("unpaid work, overtime", '"unpaid overtime"'): "unpaid work, overtime",
    ("<b>pay</b> & pay", "pay"): "<b>[pay]</b> & [pay]",
    ("two\n\n  lines", "lines"): "two [lines]",
    ("", "x"): "",
}


@pytest.mark.parametrize(("text", "expected"), CUT.items())
def test_a_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert words.cut(text) == expected


@pytest.mark.parametrize(("query", "expected"), READ.items())
def test_a_query_is_read_as_phrases(query: str, expected: list[Phrase]) -> None:
    assert words.read(query) == expected


@pytest.mark.parametrize(("texts", "expected"), HIGHLIGHTED.items())
def test_what_was_asked_for_is_highlighted_as_it_is_written(
    texts: tuple[str, str], expected: str
) -> None:
    text, query = texts
    parts = words.highlight(text, words.read(query))
    assert "".join(f"[{part}]" if hit else part for part, hit in parts) == expected


@pytest.mark.parametrize("filler", ["word ", "字"])
def test_an_excerpt_is_short_and_holds_the_first_match(filler: str) -> None:
    long = filler * 400
    parts = words.highlight(f"{long}，薪水，{long}", words.read("薪水"))
    whole = "".join(part for part, _ in parts)
    assert len(whole) <= words.EXCERPT + 4
    assert ("薪水", True) in parts
    assert whole.startswith("… ")
    assert whole.endswith(" …")


def test_an_excerpt_without_a_match_is_the_beginning() -> None:
    parts = words.highlight("word " * 400, words.read("薪水"))
    assert not any(hit for _, hit in parts)
    assert parts[0][0].startswith("word word")


@pytest.mark.parametrize(("text", "term"), [("a " * 5_000, "a "), ("加班" * 5_000, "加班 ")])
def test_many_terms_take_hardly_longer_to_highlight_than_one(text: str, term: str) -> None:
    one, many = words.read(term), words.read(term * 33)
    # As it was, each term cost as much as the first: 0.6 s and more, for each of 20 results.
    assert cost(text, many) < 4 * cost(text, one)
    parts = words.highlight(text, many)
    assert sum(len(part) for part, hit in parts if hit) > words.EXCERPT / 3


def cost(text: str, asked: Sequence[words.Phrase]) -> float:
    """Measure the processor's seconds of an excerpt, the least of a few."""
    took = []
    for _ in range(3):
        before = process_time()
        words.highlight(text, asked)
        took.append(process_time() - before)
    return min(took)
