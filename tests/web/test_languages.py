"""The language of a request, and complete catalogues."""

import pytest

from app.web.languages import choose, translate


@pytest.mark.parametrize(
    ("asked", "accepted", "answer"),
    [
        ("zh", "en", "zh"),
        ("en", "zh", "en"),
        ("fr", "zh", "zh"),
        ("", "zh", "zh"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "zh-Hans", "zh"),
        ("", "zh-Hans-CN", "zh"),
        ("", "zh-TW", "zh"),
        ("", "en-US,en;q=0.5", "en"),
        ("", "de,en;q=0.3", "en"),
        ("", "en;q=0.2,zh;q=0.9", "zh"),
        ("", "zh;q=0,en", "en"),
        ("", "de", "en"),
        ("", "", "en"),
        ("", "*", "en"),
        ("", ";;;,q=,=1;q=x", "en"),
        ("", "\x00" * 5000, "en"),
    ],
)
def test_the_reader_gets_a_language(asked: str, accepted: str, answer: str) -> None:
    assert choose(asked, accepted, "en") == answer


def test_the_operators_default_holds_where_the_reader_says_nothing() -> None:
    assert choose("", "", "zh") == "zh"


def test_a_message_is_translated_and_filled() -> None:
    message = "This is too long: at most %(most)s characters."
    assert translate("zh", message, most=5) == "太长了：最多 5 个字符。"
    assert translate("en", message, most=5) == "This is too long: at most 5 characters."
