"""Issue and redemption, both seen: the two times link at most one in k; redeeming at once, all."""

import random
import sys

import pytest

from tests.audits.waiting import Rule, Use, at_once, linked, named, own_fortnight, quarter

K = 10
QUARTERS = 12


def measured(rule: Rule, quarters: int = QUARTERS, seed: int = 1) -> tuple[float, float]:
    """Measure how often the attacker is right about a rule; print it."""
    rng = random.Random(seed)
    known = [use for _ in range(quarters) for use in quarter(rng, rule, K)]
    rate, error = linked(known, [quarter(rng, rule, K) for _ in range(quarters)])
    sys.stdout.write(f"{rule.__name__}: {rate:.3f} ± {error:.3f} (1/k = {1 / K:.3f})\n")
    return rate, error


def test_named_days_link_at_most_one_in_k() -> None:
    rate, error = measured(named)
    assert rate <= 1 / K + 2 * error


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(5))
def test_named_days_link_at_most_one_in_k_over_many_quarters(seed: int) -> None:
    rate, error = measured(named, 60, seed)
    assert rate <= 1 / K + 2 * error


def test_redeeming_at_once_is_caught() -> None:
    rate, error = measured(at_once)
    assert rate > 0.9
    assert rate > 1 / K + 2 * error


def test_waiting_by_ones_own_issue_is_caught() -> None:
    rate, error = measured(own_fortnight)
    assert rate > 1 / K + 2 * error


def test_no_pool_is_smaller_than_k() -> None:
    rng = random.Random(3)
    for _ in range(QUARTERS):
        sizes: dict[tuple[bytes, float], int] = {}
        for use in quarter(rng, named, K):
            sizes[use.key, use.opening] = sizes.get((use.key, use.opening), 0) + 1
        assert min(sizes.values()) >= K


def test_the_attacker_is_right_about_one_in_a_pool_of_one() -> None:
    alone = [Use(b"key", 3.0, 7.0, 9.5)]
    assert linked(alone, [alone]) == (1.0, 0.0)
