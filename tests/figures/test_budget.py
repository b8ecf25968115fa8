"""The one table of budgets."""

import pytest

from app.figures import budget
from app.figures.bins import WEEKLY


def test_all_of_it_adds_up_to_four() -> None:
    assert sum(budget.WEEKLY.values()) + budget.SLOW == budget.TOTAL == 4.0
    assert {bins.kind for bins in WEEKLY} == set(budget.WEEKLY)


@pytest.mark.parametrize(
    ("kind", "epsilon", "scale"),
    [
        ("working", 4, 1),
        ("presence", 4, 2),
        ("leaving", 4, 2),
        ("arrival", 4, 4),
        ("days", 4, 4),
        ("working", 2, 2),
        ("days", 8, 2),
    ],
)
def test_a_smaller_epsilon_means_more_noise(kind: str, epsilon: float, scale: float) -> None:
    assert budget.scale(kind, epsilon) == scale
