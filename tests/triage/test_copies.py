"""What is a near-duplicate and what is not, in both languages."""

import random

import pytest

from app.triage.copies import alike, grouped, signature

ZH = "我们部门从三月开始实行大小周，没有调休，也没有加班费，请大家来公司门口一起反映情况。"
EN = "This company is a great place to work, everybody is kind and overtime is always paid on time."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ZH, ZH, True),
        (ZH, ZH.replace("开始", "起").replace("，", "！"), True),
        (ZH, "班主任津贴一个月六百，二十年没变，大家都习惯了。", False),
        (EN, EN.upper().replace(",", " -"), True),
        (EN, EN.replace("kind", "nice"), True),
        (EN, "Everybody left in March, the place was cold and overtime never paid.", False),
        ("So were we.", "So were we.", False),  # too short to be a copy of anything
    ],
)  # fmt: skip
def test_what_is_a_copy(one: str, other: str, same: bool) -> None:
    assert alike(signature(one), signature(other)) is same


def test_copies_are_found_among_many() -> None:
    chance = random.Random(3)
    words = [chr(0x4E00 + chance.randrange(3000)) for _ in range(3000)]
    texts = {bytes([1, n]): "".join(chance.choices(words, k=80)) for n in range(100)}
    texts |= {bytes([2, n]): f"{ZH}第{n}次说" for n in range(20)}
    texts |= {bytes([3, n]): EN.replace("great", f"great{n}") for n in range(5)}

    found = grouped({name: signature(text) for name, text in texts.items()})

    assert [len(each) for each in found] == [20, 5]
    assert {each[0][:1] for each in found} == {b"\2", b"\3"}
