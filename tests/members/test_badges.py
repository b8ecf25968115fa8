"""Badges in the box: until when they count, and how many fit."""

from datetime import date

import pytest

from app.members import badges, keys
from app.members.badges import Badge, BoxFull
from app.weeks.quarters import Quarter

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
TODAY = date(2026, 11, 18)
ACME = Badge(b"\x0a" * 16, Q4)


def full() -> dict[str, object]:
    """Fill a box with badges of this quarter until no other fits."""
    box: dict[str, object] = {}
    for number in range(100, 130):
        try:
            box = badges.add(box, Badge(bytes([number]) * 16, Q4), TODAY)
        except BoxFull:
            return box
    raise AssertionError("no box is so large")


def test_badges_are_read_as_they_were_added() -> None:
    box: dict[str, object] = {"language": "zh"}
    withheld, older = Badge(None, Q3), Badge(b"\x0b" * 16, Q3)
    for badge in (withheld, ACME, older):
        box = badges.add(box, badge, TODAY)
    assert badges.read(box, TODAY) == [ACME, withheld, older]
    assert badges.add(box, ACME, TODAY) == box
    assert box == {
        "language": "zh",
        "badges": [["0a" * 16, "2026Q4"], ["", "2026Q3"], ["0b" * 16, "2026Q3"]],
    }
    assert badges.read({}, TODAY) == []


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_a_badge_counts_until_the_next_quarter_ends(day: date, stands: bool) -> None:
    box = badges.add({}, ACME, TODAY)
    assert (badges.read(box, day) == [ACME]) is stands
    assert ACME.last_day == date(2027, 3, 31)


def test_a_badge_proves_its_employer_and_quarter_only() -> None:
    family = [b"\x0a" * 16, b"\x0b" * 16]
    assert ACME.proves(family, Q4)
    assert not ACME.proves(family, Q3)
    assert not ACME.proves(family[1:], Q4)
    assert not Badge(None, Q4).proves(family, Q4)


def test_a_box_takes_what_fits_and_old_badges_make_room() -> None:
    box = full()
    assert len(badges.read(box, TODAY)) == 22
    assert keys.fits(box)
    assert len(keys.seal_box(b"k" * 32, b"r" * 32, box)) == keys.SEALED_BOX_BYTES
    with pytest.raises(BoxFull):
        badges.add(box, ACME, date(2027, 3, 31))
    late = Badge(b"\x0a" * 16, Quarter(2027, 2))
    assert badges.read(badges.add(box, late, date(2027, 4, 1)), date(2027, 4, 1)) == [late]
