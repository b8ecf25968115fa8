"""The three rules of the alarm, by tables."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from app.figures import alarm
from app.figures.bins import BY_KIND, indices
from app.figures.window import FrozenCohort
from app.weeks.arithmetic import Week
from app.weeks.quarters import Quarter

DAY = date(2026, 11, 16)
USUAL, LATE, FAKE = Week(540, 1080, 5), Week(600, 1260, 6), Week(540, 1260, 7)
EARLIER = Week(535, 1255, 7)


@pytest.mark.parametrize(
    ("came", "expected", "spread", "sounds"),
    [
        (10, 0, 1.0, False),
        (11, 0, 1.0, True),
        (10, 0.3, 2.0, False),
        (11, 1, 2.0, True),  # 1 + 6 sqrt(2) is under ten
        (21, 4, 2.0, True),
        (20, 4, 2.0, False),  # 4 + 6 sqrt(8) = 20.97
        (16, 4, 1.0, False),
        (17, 4, 1.0, True),
        (100, 60, 1.0, False),
        (107, 60, 1.0, True),
        (-3, 4, 1.0, False),  # more were withdrawn than came
    ],
)
def test_a_burst(came: float, expected: float, spread: float, sounds: bool) -> None:
    assert alarm.burst(came, expected, spread) is sounds


@pytest.mark.parametrize(
    ("ages", "first", "usual", "weeks"),
    [
        ([0], 0, 20, 1),
        ([1], 1, 10, 2),
        ([4, 2], 9, 4, 10),
        ([25, 13, 0], 60, 60 / 26, 26),
        ([30, 26], 60, 0, 26),  # nothing for half a year
    ],
)
def test_a_pace_is_read_of_what_was_published(
    ages: Sequence[int], first: int, usual: float, weeks: float
) -> None:
    told = [alarm.Told(DAY - timedelta(weeks=age), 20, 10, 4e4) for age in ages]
    assert alarm.pace(told, DAY - timedelta(weeks=first), DAY) == alarm.Pace(usual, weeks)


def test_noise_that_eats_a_total_leaves_k_and_its_own_size() -> None:
    begun = DAY - timedelta(weeks=9)
    assert alarm.pace([alarm.Told(DAY, -4, 10, 4e4)], begun, DAY).usual == 1
    noisy = alarm.pace([alarm.Told(DAY, -4, 10, 4.0)], begun, DAY).usual
    assert noisy == pytest.approx(1 + (25 * 1.84) ** 0.5 / 10, abs=0.01)


def test_the_spread_is_what_the_site_tells() -> None:
    pairs = [(4.0 + step, 4.0) for step in (-2, 2)] * 10
    assert alarm.spread(pairs, 0) == 1
    wide = [(4.0 + step, 4.0) for step in (-4, 4)] * 10
    assert alarm.spread(wide, 0) == 4
    assert alarm.spread(wide, 4) == 3, "what the noise adds is taken off"
    assert alarm.spread(wide[:19], 0) == alarm.SPREAD, "so few tell nothing"
    assert alarm.spread([], 0) == alarm.SPREAD


def test_one_burst_does_not_hide_the_next() -> None:
    pairs = [(4.0, 4.0)] * 39
    assert alarm.spread([*pairs, (400.0, 4.0)], 0) == pytest.approx(1)


def test_a_few_fakes_at_many_employers_do_not_hide_many_at_one() -> None:
    quiet, sown = [(0.0, 0.5), (1.0, 0.5)] * 38, [(6.0, 0.5)] * 23
    spread = alarm.spread([*quiet, *sown, (60.0, 10.0)], 0)
    assert spread == alarm.SPREAD
    assert alarm.burst(60, 10, spread)
    # What most of them bear out is so: everybody reads of the site in one week.
    assert alarm.spread([(6.0, 0.5)] * 40, 0) > 20


def cohort(*weeks: tuple[Week, int], epsilon: float = 400.0) -> FrozenCohort:
    """Publish weeks, each so many times, next to exactly."""
    counts = {kind: [0] * len(bins) for kind, bins in BY_KIND.items()}
    for week, number in weeks:
        for kind, index in indices(week).items():
            counts[kind][index] += number
    told = {kind: tuple(each) for kind, each in counts.items()}
    return FrozenCohort(Quarter.of(DAY), 10, epsilon, told)


MIXED = cohort((USUAL, 80), (LATE, 20))


@pytest.mark.parametrize(
    ("weeks", "published", "named"),
    [
        ([(USUAL, 20), (FAKE, 25)], MIXED, [FAKE]),
        ([(USUAL, 20), (FAKE, 8)], MIXED, []),  # eight may be one team
        ([(USUAL, 60)], MIXED, []),  # what everybody says is likely
        ([(USUAL, 20), (LATE, 12)], MIXED, []),
        ([(USUAL, 20), (LATE, 60)], MIXED, [LATE]),
        ([(LATE, 60)], cohort((LATE, 100)), []),  # a place where all work 9-10-6
        ([(FAKE, 60)], None, []),  # nothing to compare with
        ([(EARLIER, 12), (FAKE, 12)], MIXED, [EARLIER, FAKE]),
        ([(EARLIER, 8), (FAKE, 8)], MIXED, []),  # in half hours of their own
    ],
)
def test_reports_alike(
    weeks: list[tuple[Week, int]], published: FrozenCohort | None, named: list[Week]
) -> None:
    cells = [alarm.cell(week) for week, number in weeks for _ in range(number)]
    found = alarm.alike(cells, [published] if published else [])
    assert [cluster.cell for cluster in found] == [alarm.cell(week) for week in named]


def test_noise_makes_rare_answers_likelier() -> None:
    cells = [alarm.cell(USUAL)] * 10 + [alarm.cell(FAKE)] * 10
    assert alarm.alike(cells, [MIXED]) != []
    noisy = cohort((USUAL, 8), (LATE, 6), epsilon=4.0)
    assert alarm.alike(cells, [noisy]) == []


@pytest.mark.parametrize(
    ("weeks", "sounds"),
    [
        ([(USUAL, 40), (LATE, 10)], False),
        ([(USUAL, 12)], False),
        ([(USUAL, 36), (LATE, 14)], False),
        ([(USUAL, 10), (LATE, 40)], True),
        ([(USUAL, 20), (FAKE, 40)], True),
    ],
)
def test_a_shift(weeks: list[tuple[Week, int]], sounds: bool) -> None:
    now = cohort(*weeks)
    assert alarm.shifted(alarm.shift(now.counts, now.epsilon, now.least, [MIXED])) is sounds


def test_without_figures_nothing_shifts() -> None:
    assert alarm.shift(MIXED.counts, MIXED.epsilon, MIXED.least, []) == 0
