"""Pseudonyms: plain words in two languages, one writer a name, and a house for each."""

import re

from app.threads import pseudonyms


def test_each_list_has_a_hundred_different_words_in_each_language():
    for words in (pseudonyms.FIRST, pseudonyms.SECOND):
        assert len(words) >= 100
        english, chinese = zip(*words, strict=True)
        assert len(set(english)) == len(set(chinese)) == len(words)
        assert all(re.fullmatch(r"[A-Z][a-z]+", word) for word in english)
        assert all(re.fullmatch(r"[一-鿿]{1,4}", word) for word in chinese)


def test_a_writer_keeps_a_name_and_nobody_else_in_the_thread_bears_it():
    taken: set[int] = set()
    for n in range(400):
        nym = n.to_bytes(16, "big")
        name = pseudonyms.choose(nym, taken)
        assert name == pseudonyms.choose(nym, taken)
        assert name not in taken
        taken.add(name)
    assert len({pseudonyms.words(name, "en") for name in taken}) == 400
    assert len({pseudonyms.words(name, "zh") for name in taken}) == 400


def test_when_every_pair_of_words_is_taken_a_number_tells_them_apart():
    name = pseudonyms.choose(b"one writer", range(pseudonyms.COUNT))
    assert re.fullmatch(r"\w+ \w+ \d+", pseudonyms.words(name, "en"))


def test_both_languages_mean_the_same_writer():
    assert pseudonyms.words(0, "en") == "Quiet Heron"
    assert pseudonyms.words(0, "zh") == "安静的苍鹭"


def test_marks_are_small_houses_that_differ():
    marks = [pseudonyms.mark(name) for name in range(0, pseudonyms.COUNT, 97)]
    assert len(set(marks)) > 0.9 * len(marks)
    assert all(mark.windows.count("M") >= 2 for mark in marks)
    assert pseudonyms.mark(7) == pseudonyms.mark(7)
