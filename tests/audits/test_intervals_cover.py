"""Error and coverage on the four cultures, small form; `python -m benchmarks.intervals` is long."""

import numpy as np
import pytest

from benchmarks.intervals import CULTURES, NUMBERS, least_coverage, measure, most_excess, population

SMALL = 30
FIRST, *OTHERS = CULTURES
MEDIANS = [number for number in NUMBERS if number.promised]


@pytest.mark.parametrize(
    "culture", [FIRST, *(pytest.param(one, marks=pytest.mark.deep) for one in OTHERS)]
)
@pytest.mark.parametrize(
    ("wanted", "heaped"), [(20, False), pytest.param(100, True, marks=pytest.mark.deep)]
)
def test_medians_and_their_intervals_hold(culture: str, wanted: int, heaped: bool) -> None:
    rng = np.random.default_rng([wanted, heaped])
    found = measure(rng, population(culture, heaped, 3_000), wanted, SMALL)
    assert found["median working"].excess <= most_excess(wanted)
    for number in MEDIANS:
        assert found[number.name].covered >= least_coverage(wanted)
