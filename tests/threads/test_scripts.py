"""Language tags: only where a text is not in the page's language."""

import pytest

from app.threads import scripts


@pytest.mark.parametrize(
    ("text", "on_english", "on_chinese"),
    [
        ("We stay until nine.", None, "en"),
        ("每天都到九点", "zh-CN", None),
        ("996 又来了，HR 说 OKR", "zh-CN", None),
        ("They call it 加班 and nobody leaves before nine", None, "en"),
        ("毎日九時までいます", "ja", "ja"),
        ("매일 아홉 시까지", "ko", "ko"),
        ("10:00 - 21:30", None, None),
        ("", None, None),
    ],
)
def test_the_language_of_a_text(text: str, on_english: str | None, on_chinese: str | None) -> None:
    assert scripts.tag(text, "en") == on_english
    assert scripts.tag(text, "zh") == on_chinese
