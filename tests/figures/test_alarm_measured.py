"""The alarm keeps its promises on simulated employers (docs/results/alarm.txt, at full size)."""

import numpy as np
import pytest

from benchmarks.alarm import ALIKE, PLANTED, false_alarms, planted

pytestmark = pytest.mark.deep

VARIED = [what for what in PLANTED if what != ALIKE]


def test_quiet_employers_seldom_sound() -> None:
    found = false_alarms(np.random.default_rng(3), 2.0, None, True, 192)
    assert found.year <= 3


def test_fakes_of_one_week_that_say_the_same_are_left_out() -> None:
    found = planted(7, "965", ALIKE, 60, weeks=1, on=True, leaves_out=True)
    assert found.sounded >= 0.95
    assert abs(found.bias) <= 0.5


@pytest.mark.parametrize("what", VARIED)
def test_fakes_of_one_week_that_differ_sound_at_least(what: str) -> None:
    assert planted(7, "965", what, 60, weeks=1, on=True, leaves_out=True).sounded >= 0.75


def test_without_an_alarm_and_dripped_they_move_the_figures() -> None:
    assert planted(7, "965", ALIKE, 60, weeks=1, on=False, leaves_out=False).bias > 0.5
    assert planted(7, "965", ALIKE, 60, weeks=10, on=True, leaves_out=True).sounded <= 0.5
