"""The check over a form: cutting, removing, and what pressing 'post anyway' stands for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.triage.checking import Checked, without

PIECES = st.sampled_from(
    [
        "13912345678",
        "王经理",
        "Mr Smith",
        "a@b.example",
        "2026-03-14",
        "[…]",
        " ",
        "\r\n",
        "，",
        "x",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=8).map("".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_segments_are_the_whole_text(text: str) -> None:
    checked = Checked.of({"text": text})

    assert "".join(segment.text for segment in checked.segments("text")) == text
    assert [segment.found for segment in checked.segments("text") if segment.found] == list(
        checked.found
    )


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_removing_ends(text: str) -> None:
    for _ in range(5):
        checked = Checked.of({"text": text})
        if checked.settled():
            return
        text = checked.without("all")["text"]
    assert Checked.of({"text": text}).settled()


@pytest.mark.parametrize(
    ("text", "passage", "left"),
    [
        ("Call 139 now", "139", "Call […] now"),
        ("王经理说", "王", "[…]经理说"),
        ("139", "139", "[…]"),
        ("[…] 139 […] now", "139", "[…] now"),
        (
            "see [the sheet](https://a.example/?t) now",
            "https://a.example/?t",
            "see [the sheet] now",
        ),
        ("Kevin(my boss)", "Kevin", "[…] (my boss)"),  # not the beginning of a Markdown link
    ],
)
def test_what_is_left_reads_well(text: str, passage: str, left: str) -> None:
    start = text.index(passage)
    assert without(text, start, start + len(passage)) == left


def test_one_passage_goes_or_all_do() -> None:
    texts = {"title": "王经理", "text": "工号A10293，电话13912345678"}
    checked = Checked.of(texts)

    assert [found.place for found in checked.found] == ["title:0-1", "text:2-8", "text:11-22"]
    assert checked.without("text:2-8") == {"title": "王经理", "text": "工号[…]，电话13912345678"}
    assert checked.without("all") == {"title": "[…]经理", "text": "工号[…]，电话[…]"}
    assert checked.fields == ["title", "text"]


@pytest.mark.parametrize("place", ["", "text", "text:0-1", "text:a-b", "other:11-22", "text:12-22"])
def test_a_place_where_nothing_is_found_changes_nothing(place: str) -> None:
    texts = {"text": "工号A10293，电话13912345678"}
    assert Checked.of(texts).without(place) == texts


def test_posting_anyway_stands_for_what_was_shown_and_nothing_more() -> None:
    shown = Checked.of({"text": "王经理说"})

    assert not shown.settled()
    assert not shown.settled("yes")
    assert shown.settled(shown.digest)
    assert Checked.of({"text": "加一句：王经理说"}).settled(shown.digest)
    assert not Checked.of({"text": "王经理说，李总也说"}).settled(shown.digest)
    assert not Checked.of({"title": "王经理说"}).settled(shown.digest)


def test_an_identity_number_is_not_posted_by_anyone_who_insists() -> None:
    checked = Checked.of({"text": "王经理 31011519900307283X"})

    assert not checked.settled(checked.digest)
    left = Checked.of(checked.without("text:4-22"))
    assert left.settled(left.digest)
