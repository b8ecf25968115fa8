"""The lights-on picture: near the truth where it is drawn, not drawn where it would lie."""

import numpy as np
import pytest

from app.figures import lights
from app.figures.bins import BY_KIND, values
from app.figures.window import FrozenCohort, Window
from app.weeks.arithmetic import Week
from app.weeks.quarters import Quarter
from benchmarks.lights import LEAST_COVERAGE, MOST_ERROR, covered, measure, worst

NOTHING = {kind: (0,) * len(bins) for kind, bins in BY_KIND.items()}


def cohort(*weeks: Week, times: int = 1) -> FrozenCohort:
    """Make a cohort of these weeks, each so many times, that no noise was added to."""
    counts = {kind: [0] * len(bins) for kind, bins in BY_KIND.items()}
    for week in weeks:
        for kind, value in values(week).items():
            counts[kind][BY_KIND[kind].index(value)] += times
    return FrozenCohort(Quarter(2026, 4), 10, 4.0, {kind: tuple(counts[kind]) for kind in counts})


@pytest.mark.parametrize(
    ("weeks", "at_nine", "arrival", "leaving"),
    [
        ([Week(9 * 60, 18 * 60, 5)], 0.0, 9 * 60, 18 * 60),
        ([Week(10 * 60, 22 * 60, 6)], 1.0, 10 * 60, 22 * 60),
        ([Week(9 * 60, 18 * 60, 5), Week(10 * 60, 22 * 60, 6)], 0.5, None, None),
        ([Week(20 * 60, 8 * 60, 5)], 1.0, 20 * 60, 32 * 60),
    ],
)
def test_many_reports_speak_for_themselves(weeks, at_nine, arrival, leaving) -> None:
    found = lights.picture(Window([cohort(*weeks, times=3000 // len(weeks))]))
    assert found.sure
    nine = found.at(21 * 60)
    assert nine.value == pytest.approx(at_nine, abs=0.03)
    assert nine.low - 0.005 <= at_nine <= nine.high + 0.005
    if arrival is not None:
        assert (found.arrival.value, found.leaving.value) == (arrival, leaving)
        assert found.arrival_sure
        assert found.leaving_sure


def test_pure_noise_draws_nothing_and_names_no_hour() -> None:
    found = lights.picture(Window([FrozenCohort(Quarter(2026, 4), 10, 4.0, NOTHING)]))
    assert not found.sure
    assert not found.arrival_sure
    assert not found.leaving_sure


def test_shares_lie_between_none_and_all_inside_their_intervals() -> None:
    rng = np.random.default_rng(5)
    noisy = {kind: tuple(rng.integers(-30, 40, len(b)).tolist()) for kind, b in BY_KIND.items()}
    found = lights.picture(Window([FrozenCohort(Quarter(2026, 4), 10, 4.0, noisy)]))
    assert len(found.shares) == 48
    assert 0 <= found.low.min() <= found.high.max() <= 1
    assert np.all(found.low <= found.shares)
    assert np.all(found.shares <= found.high)


def test_the_same_counts_give_the_same_picture() -> None:
    window = Window([cohort(Week(9 * 60, 19 * 60, 5), times=20)])
    one, other = lights.picture(window), lights.picture(window)
    assert one.shares.tolist() == other.shares.tolist()
    assert one.high.tolist() == other.high.tolist()


@pytest.mark.parametrize(
    ("culture", "wanted"),
    [("965", 100), ("995 and 996", 50), ("home at 17 or 24", 100)],
)
def test_intervals_hold_and_few_reports_draw_no_false_evening(culture: str, wanted: int) -> None:
    rows = measure(culture, wanted, 10, 500)
    assert covered(rows) >= LEAST_COVERAGE - 0.1  # ten trials are few
    drawn = [row for row in rows if row.sure]
    assert not drawn or worst([row.errors for row in drawn]) <= MOST_ERROR
    assert worst([row.errors for row in rows]) < worst([row.old for row in rows])


@pytest.mark.parametrize("culture", ["995 and 996", "night shift"])
def test_five_hundred_reports_draw_a_true_evening(culture: str) -> None:
    rows = measure(culture, 500, 8, 500)
    assert all(row.sure for row in rows)
    assert worst([row.errors for row in rows]) <= MOST_ERROR + 0.05
    assert covered(rows) >= LEAST_COVERAGE
