"""What waits, how long and why: one table of what is held, looked at, and let be."""

import pytest

from app.triage.weighing import FIRST, joined, weigh, with_code


@pytest.mark.parametrize(
    ("text", "state", "severity", "why"),
    [
        ("We leave at ten.", "published", None, None),
        ("打13912345678", "held", 1, "phone"),
        ("王经理说打13912345678", "held", 1, "phone,name"),
        ("王经理说", "pending", 2, "name"),
        ("2026-03-14", "pending", 4, "date"),
        ("卡号 4111-1111-1111-1111", "held", 1, "bank"),
        ("passport E28819034", "held", 1, "document"),
        ("加我v lamp_01", "held", 1, "messenger"),
        ("a@b.example", "held", 1, "email"),
        ("https://a.example/?t=1&uid=3", "pending", 4, "link"),
        ("工号A10293", "pending", 2, "staff"),
    ],
)
def test_what_is_seen_decides(text: str, state: str, severity: int | None, why: str | None) -> None:
    weighed = weigh([text], first=False, image=False)
    assert (weighed.state, weighed.severity, weighed.why) == (state, severity, why)


def test_the_first_post_and_a_picture_are_looked_at_and_nobody_learns_which_it_was() -> None:
    by_first = weigh(["x"], first=True, image=False)

    assert by_first == weigh(["x"], first=False, image=True) == weigh(["x"], first=True, image=True)
    assert (by_first.state, by_first.severity, by_first.why) == ("pending", 4, FIRST)
    assert weigh(["a", "王经理"], first=True, image=False).why == f"name,{FIRST}"


def test_a_community_may_hold_everything() -> None:
    for text, why in [("x", "everything"), ("王经理", "name")]:
        weighed = weigh([text], first=False, image=False, everything=True)
        assert (weighed.state, weighed.why) == ("held", why)


def test_codes_fit_their_column_and_stand_there_once() -> None:
    assert joined(["a", "b", "a"]) == "a,b"
    assert with_code("name,date", "flags") == "flags,name,date"
    assert with_code(None, "flags") == "flags"
    assert len(joined(str(number) * 9 for number in range(10, 90))) <= 120
