"""The one line of a credential: read in its one spelling, refused in every other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.credentials import presented, text
from app.credentials.presented import NotPresented, Presented, WholeCredential
from tests.credentials.standings import issued

SHOWN = Presented(bytes(range(32)), b"\xfb" * 32 + text.MESSAGE, b"\xfe" * 256)
LINE = SHOWN.line("employer")
KEY, PREPARED, SIGNATURE = LINE.split()[1:]


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        SHOWN.line("site"),
        f"{KEY} {PREPARED} {SIGNATURE}",
        f"\r\n  {KEY}\t{PREPARED}\r\n{SIGNATURE} \n",
    ],
)
def test_a_line_is_read_with_its_label_or_without(line: str) -> None:
    assert presented.read(line) == SHOWN


@pytest.mark.parametrize(
    "whole",
    [
        text.write(issued()[1]),
        text.write(issued()[1]).upper(),
        f"{LINE}\n{SHOWN.line('site')}",
        "Lamplight credential",
    ],
)
def test_the_whole_text_is_told_from_nonsense(whole: str) -> None:
    with pytest.raises(WholeCredential):
        presented.read(whole)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "employer",
        LINE[:-1],
        LINE + "A",
        f"{LINE} x",
        f"{LINE} {LINE}",
        f"worker {KEY} {PREPARED} {SIGNATURE}",
        f"{KEY.upper()} {PREPARED} {SIGNATURE}",
        f"{KEY[:-2]} {PREPARED} {SIGNATURE}",
        f"{KEY}00 {PREPARED} {SIGNATURE}",
        f"{'٠' * 64} {PREPARED} {SIGNATURE}",
        f"{KEY} {PREPARED} {SIGNATURE}==",
        f"{KEY} {PREPARED} {SIGNATURE.replace('_', '/')}",
        f"{KEY} {PREPARED} {SIGNATURE[:-1]}9",
        f"{KEY} {PREPARED} {SIGNATURE[:-1]}é",
        f"{KEY} {PREPARED[:-4]} {SIGNATURE}",
        f"{KEY} {PREPARED}AAAA {SIGNATURE}",
        f"{KEY} {SIGNATURE} {PREPARED}",
        f"{KEY} {text.encoded(b'x' * 54)} {SIGNATURE}",
        f"{KEY} {text.encoded(b'x' * 32 + b'lamplight credential 2')} {SIGNATURE}",
    ],
)
def test_any_other_spelling_is_refused(line: str) -> None:
    with pytest.raises(NotPresented) as refused:
        presented.read(line)
    assert not isinstance(refused.value, WholeCredential)


@settings(max_examples=40)
@given(st.text(max_size=100) | st.text("0123456789abcdef AQ_-=\n", max_size=600))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    with pytest.raises(NotPresented):
        presented.read(typed)
