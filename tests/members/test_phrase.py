"""Twelve words: the published vectors, what reading forgives, and what it says when it cannot."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.members import phrase

# bitcoin/bips, bip-0039 vectors (English) and the same entropy in libbitcoin's Chinese vectors.
VECTORS = [
    ("00" * 16, "abandon " * 11 + "about", "的的的的的的的的的的的在"),
    (
        "7f" * 16,
        "legal winner thank year wave sausage worth useful legal winner thank yellow",
        "枪疫霉尝俩闹饿贤枪疫霉卿",
    ),
    (
        "80" * 16,
        "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
        "壤对据人三谈我表壤对据不",
    ),
    ("ff" * 16, "zoo " * 11 + "wrong", "歇歇歇歇歇歇歇歇歇歇歇逻"),
    (
        "9e885d952ad362caeb4efe34a8e91bd2",
        "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
        "蒙台脱纪构硫浆霉感仅鱼汤",
    ),
]
OZONE = bytes.fromhex("9e885d952ad362caeb4efe34a8e91bd2")
ENGLISH = "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic"
CHINESE = "蒙台脱纪构硫浆霉感仅鱼汤"


@pytest.mark.parametrize(("entropy", "english", "chinese"), VECTORS)
def test_vectors(entropy: str, english: str, chinese: str) -> None:
    raw = bytes.fromhex(entropy)
    assert phrase.write(raw, "en") == english.split()
    assert "".join(phrase.write(raw, "zh")) == chinese
    assert phrase.read(english) == raw
    assert phrase.read(chinese) == raw


@pytest.mark.parametrize(
    "typed",
    [
        ENGLISH.upper(),
        ENGLISH.title(),
        f"  {ENGLISH}\t\n",
        ENGLISH.replace(" ", "\n"),
        ENGLISH.replace(" ", "\r\n"),
        ENGLISH.replace(" ", "\r"),
        ENGLISH.replace(" ", " \r\n\n\t "),
        ENGLISH.replace(" ", "\u3000"),
        ENGLISH.replace(" ", "\u00a0"),
        ENGLISH.replace(" ", ", "),
        ENGLISH.replace(" ", "，"),
        "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in ENGLISH),
        "\n".join(f"{n}. {word}" for n, word in enumerate(ENGLISH.split(), 1)),
        "\n".join(f"{n}{word}" for n, word in enumerate(ENGLISH.split(), 1)),
        "\ufeff" + ENGLISH.replace("pudding", "pud\u200bding"),
        CHINESE,
        " ".join(CHINESE),
        "\u3000".join(CHINESE),
        "\r\n".join(CHINESE),
        "、".join(CHINESE),
        f"{CHINESE[:4]} {CHINESE[4:8]}\n{CHINESE[8:]}。",
        "".join(f"{n}{word}" for n, word in enumerate(CHINESE, 1)),
        "ozone drill grab fiber curtain grace " + CHINESE[6:],
    ],
)
def test_reading_forgives_how_it_was_typed(typed: str) -> None:
    assert phrase.read(typed) == OZONE


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("", 0),
        (" \n\u3000 1. 2. 3.", 0),
        ("ozone", 1),
        (ENGLISH.rsplit(" ", 1)[0], 11),
        (CHINESE[:-1], 11),
        (ENGLISH + " zoo", 13),
        (CHINESE * 2, 24),
    ],
)
def test_another_number_of_words_is_counted(typed: str, count: int) -> None:
    with pytest.raises(phrase.WrongCount) as caught:
        phrase.read(typed)
    assert caught.value.count == count


@pytest.mark.parametrize(
    ("typed", "place", "word"),
    [
        (ENGLISH.replace("grab", "grabb"), 3, "grabb"),
        (ENGLISH.replace("picnic", "pick"), 12, "pick"),
        (ENGLISH.replace("drill grab", "drillgrab"), 2, "drillgrab"),
        (ENGLISH.replace("fiber", "fibér"), 4, "fibér"),
        (CHINESE.replace("鱼", "魚"), 11, "魚"),
        ("ozone" + "x" * 3000, 1, "ozone" + "x" * 3000),
    ],
)
def test_a_word_of_neither_list_is_named(typed: str, place: int, word: str) -> None:
    with pytest.raises(phrase.UnknownWord) as caught:
        phrase.read(typed)
    assert (caught.value.place, caught.value.word) == (place, word)
    assert word not in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        ENGLISH.replace("ozone drill", "drill ozone"),
        ENGLISH.replace("picnic", "piece"),
        CHINESE.replace("台脱", "脱台"),
        "zoo " * 12,
    ],
)
def test_known_words_that_do_not_belong_together(typed: str) -> None:
    with pytest.raises(phrase.WrongChecksum):
        phrase.read(typed)


@given(st.binary(min_size=16, max_size=16))
def test_any_entropy_comes_back_in_either_language(entropy: bytes) -> None:
    assert phrase.read(" ".join(phrase.write(entropy, "en"))) == entropy
    assert phrase.read("".join(phrase.write(entropy, "zh"))) == entropy


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(typed: str) -> None:
    with contextlib.suppress(phrase.Unreadable):
        assert len(phrase.read(typed)) == phrase.ENTROPY_BYTES


def test_fresh_phrases_differ() -> None:
    assert len({phrase.fresh() for _ in range(50)}) == 50
