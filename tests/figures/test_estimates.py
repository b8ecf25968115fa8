"""Medians, means, shares, humps and the lights, by hand and by table."""

import numpy as np
import pytest

from app.figures import estimates
from app.figures.bins import ARRIVAL, DAYS_A_WEEK, LEAVING, WORKING, Bins, indices
from app.weeks.arithmetic import Week


def counted(bins: Bins, reports: dict[float, float]) -> np.ndarray:
    """Count reports (in thousands) by a value, hours for hours."""
    counts = np.zeros(len(bins))
    for value, count in reports.items():
        counts[bins.index(value * 60 if bins is WORKING else value)] += count
    return counts


@pytest.mark.parametrize(
    ("reports", "share", "hours"),
    [
        ({40: 10}, 0.5, 40),
        ({40: 10, 60: 30}, 0.5, 58.75 + 2.5 / 3),
        ({40: 10, 60: 10}, 0.5, 41.25),
        ({40: 10, 60: 10}, 0.75, 60),
        ({30: 10}, 0.5, 30),
        ({120: 10}, 1.0, 106.25),
    ],
)
def test_quantiles_are_read_evenly_inside_a_bin(
    reports: dict[float, float], share: float, hours: float
) -> None:
    found = estimates.quantile(counted(WORKING, reports), WORKING, share)
    assert float(found) / 60 == pytest.approx(hours)


def test_the_mean_takes_every_report_to_the_middle_of_its_bin() -> None:
    assert float(estimates.mean(counted(WORKING, {40: 1, 60: 3}), WORKING)) / 60 == 55


@pytest.mark.parametrize(
    ("limit", "edge"),
    [(48.28, 48.75), (48, 48.75), (48.75, 48.75), (20, 33.75), (101.25, 101.25), (110, None)],
)
def test_shares_over_a_limit_are_read_at_the_next_edge_above_it(
    limit: float, edge: float | None
) -> None:
    found = estimates.edge_above(WORKING, limit * 60)
    assert (found and found / 60) == edge


def test_a_share_counts_from_its_edge_on() -> None:
    counts = counted(WORKING, {40: 1, 47.5: 1, 50: 1, 70: 1})
    assert float(estimates.share_from(counts, WORKING, 48.75 * 60)) == 0.5
    week = counted(DAYS_A_WEEK, {5: 3, 5.5: 1, 6: 2})
    assert float(estimates.share_from(week, DAYS_A_WEEK, 5.25)) == 0.5


def lights(*weeks: Week) -> list[float]:
    arrivals, leavings = np.zeros(len(ARRIVAL)), np.zeros(len(LEAVING))
    for week in weeks:
        arrivals[indices(week)["arrival"]] += 1
        leavings[indices(week)["leaving"]] += 1
    return estimates.lights(arrivals, leavings).tolist()


def lit(curve: list[float]) -> list[int]:
    """List the half hours that show any light."""
    return [step for step, share in enumerate(curve) if share]


def test_the_lights_are_on_from_arriving_to_leaving() -> None:
    assert lit(lights(Week(9 * 60, 18 * 60, 5))) == list(range(6, 24))


def test_a_night_shift_is_drawn_at_night() -> None:
    assert lit(lights(Week(20 * 60, 8 * 60, 5))) == [0, 1, 2, 3, *range(28, 48)]


def test_shares_add_up_over_people() -> None:
    curve = lights(Week(9 * 60, 18 * 60, 5), Week(9 * 60, 21 * 60, 5), Week(20 * 60, 8 * 60, 5))
    assert curve[6] == pytest.approx(2 / 3)
    assert curve[28] == pytest.approx(2 / 3)  # 20:00: one still here, one arriving
    assert curve[30] == pytest.approx(1 / 3)


def test_lights_stay_between_none_and_all_whatever_the_noise() -> None:
    rng = np.random.default_rng(2)
    for _ in range(50):
        curve = estimates.lights(rng.random(48) ** 6, rng.random(96) ** 6)
        assert len(curve) == 48
        assert 0 <= curve.min() <= curve.max() <= 1


def test_the_usual_clock_time_is_the_beginning_of_its_half_hour() -> None:
    assert estimates.half_hour(np.eye(48)[7], ARRIVAL) == 9 * 60 + 30


OFFICE = {37.5: 10, 40: 30, 42.5: 15}
LATE = {55: 10, 57.5: 20, 60: 35, 62.5: 20}


@pytest.mark.parametrize(
    ("reports", "noise", "share"),
    [
        (OFFICE | LATE, 1.4, 85 / 140),
        (OFFICE, 1.4, None),
        (LATE, 1.4, None),
        (OFFICE | LATE, 30, None),  # the same shape, drowned in noise
        (OFFICE | {60: 6, 62.5: 4}, 1.4, None),  # too few on one side
        ({40: 40, 42.5: 20, 45: 20, 47.5: 20, 50: 40}, 1.4, None),  # no gap
    ],
)
def test_two_humps_are_told_only_where_there_clearly_are_two(
    reports: dict[float, float], noise: float, share: float | None
) -> None:
    found = estimates.humps(counted(WORKING, reports), noise)
    assert found == (share and pytest.approx(share))
