"""The made-up workplaces: the same arithmetic as a week's, the same in every process."""

import hashlib

import numpy as np
import pytest

from app.figures import workplaces
from app.figures.bins import ARRIVAL, WEEKLY, values
from app.weeks.arithmetic import Week


def test_every_workplace_counts_all_its_people_in_every_kind() -> None:
    known = workplaces.known()
    ends = np.cumsum([len(bins) for bins in WEEKLY])
    for part in np.split(known.bins, ends[:-1], axis=1):
        assert part.sum(axis=1) == pytest.approx(1)
    assert known.arrived[:, -1] == pytest.approx(1)
    assert known.left[:, -1] == pytest.approx(1)
    assert 0 <= known.lights.min() <= known.lights.max() <= 1


def test_the_covariance_of_a_person_is_one() -> None:
    within = workplaces.known().within
    assert within == pytest.approx(within.T)
    assert np.linalg.eigvalsh(within).min() > -1e-9


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [(540, 1080, 5.0), (600, 1320, 6.0), (1200, 480, 5.5), (60, 600, 5.0), (1140, 1260, 4.0)],
)
def test_values_are_those_of_a_week(start: int, end: int, days: float) -> None:
    week = Week(start, end, days)

    class NoOtherBreaks:
        def choice(self, _breaks, shape):
            return np.zeros(shape, dtype=np.int64)

    made = workplaces._values(
        NoOtherBreaks(), np.array([float(start)]), np.array([float(week.day)]), np.array([days])
    )
    assert {kind: float(value[0]) for kind, value in made.items()} == values(week)


def test_workplaces_are_of_all_sorts() -> None:
    known = workplaces.known()
    nine = known.lights[:, 30]
    assert np.quantile(nine, 0.1) < 0.05
    assert np.quantile(nine, 0.9) > 0.7
    evening = known.arrived[:, -1] - known.arrived[:, 24]  # arrive after 18:30
    assert (evening > 0.5).mean() > 0.03
    assert known.lights.shape == (workplaces.WORKPLACES, len(ARRIVAL))


def test_they_are_the_same_whenever_they_are_made() -> None:
    told = hashlib.sha256(workplaces.known().bins.tobytes())
    workplaces.known.cache_clear()
    assert hashlib.sha256(workplaces.known().bins.tobytes()).digest() == told.digest()
