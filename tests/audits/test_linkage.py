"""The statistic itself: it finds a link of any kind, and seldom one where there is none."""

from dataclasses import replace

import numpy as np
import pytest

from tests.audits.linkage import Linkage, Traces, measure, ranks

PEOPLE = 150


def traces(rng: np.random.Generator, people: int = PEOPLE, **places: object) -> Traces:
    """Make a row for each person, with six orders that say nothing and those given."""
    silent = {f"silent {n}": rng.random(people) for n in range(6)}
    given = {name: np.asarray(order) for name, order in places.items()}
    nothing = [frozenset[object]()] * people
    return Traces("row", range(people), ["same"] * people, silent | given, nothing)


def near(rng: np.random.Generator, apart: float) -> tuple[np.ndarray, np.ndarray]:
    """Make two orders of the same people that differ by some part of the whole."""
    one = rng.random(PEOPLE)
    return ranks(one), ranks(one + rng.normal(0, apart, PEOPLE))


def alarms(worlds: int, people: int = PEOPLE) -> list[Linkage]:
    """Measure worlds in which nothing is linked; return those that look linked."""
    found = []
    for seed in range(worlds):
        rng = np.random.default_rng([seed, people])
        found.append(measure("nothing", traces(rng, people), traces(rng, people), seed))
    return [linkage for linkage in found if not linkage.holds]


def test_silent_rows_seldom_look_linked() -> None:
    assert len(alarms(30)) <= 3


@pytest.mark.deep
def test_one_silent_relation_in_fifty_looks_linked() -> None:
    # An audit has three dozen relations and counts one only if it looks linked four times in worlds
    # of their own (tests/audits/dumps.py): 36 x 0.04 ** 4 is less than one false alarm in 10,000.
    assert len(alarms(400)) <= 400 * 0.04


@pytest.mark.parametrize(("apart", "least"), [(0.0, 0.97), (0.02, 0.9), (0.2, 0.4)])
def test_an_order_that_two_tables_share_is_found(apart: float, least: float) -> None:
    rng = np.random.default_rng(7)
    one, other = near(rng, apart)
    found = measure("order", traces(rng, written=one), traces(rng, laid=other))
    assert found.advantage > least
    assert found.ways == ("written ~ laid",)
    assert not found.holds


def test_a_reversed_order_is_found_too() -> None:
    rng = np.random.default_rng(7)
    one, other = near(rng, 0.01)
    found = measure("order", traces(rng, written=one), traces(rng, laid=1 - other))
    assert found.advantage > 0.9
    assert found.ways == ("written ~ back laid",)


def test_an_order_that_a_quarter_of_the_rows_keep_is_found() -> None:
    rng = np.random.default_rng(7)
    one, other = near(rng, 0.001)
    lost = rng.random(PEOPLE) > 0.4
    found = measure("order", traces(rng, a=np.where(lost, np.nan, one)), traces(rng, b=other))
    assert not found.holds


def test_a_shared_value_is_found() -> None:
    rng = np.random.default_rng(7)
    people = range(PEOPLE)
    orders = {"silent": rng.random(PEOPLE)}
    one = Traces("a", people, ["x"] * PEOPLE, orders, [frozenset({("key", n)}) for n in people])
    found = measure("join", one, one)
    assert found.advantage == pytest.approx(1.0)
    assert "shared values" in measure("join", one, replaced(rng, one)).ways


def replaced(rng: np.random.Generator, given: Traces) -> Traces:
    """Give the same rows in an order that says nothing."""
    return Traces("b", given.owners, given.public, {"order": rng.random(PEOPLE)}, given.values)


def test_what_is_public_is_no_link() -> None:
    rng = np.random.default_rng(7)
    employers = [n % 5 for n in range(PEOPLE)]
    seen = traces(rng, employer=np.array(employers) / 4)
    given = Traces(seen.kind, seen.owners, employers, seen.places, seen.values)
    assert measure("public", given, given.only(range(PEOPLE))).ways != ()
    told = {"employer": seen.places["employer"]}
    only = Traces(seen.kind, seen.owners, employers, told, seen.values)
    assert measure("public", only, only).advantage == 0.0
    blind = Traces(seen.kind, seen.owners, seen.public, told, seen.values)
    assert not measure("not given", blind, blind).holds


def test_nothing_kept_is_nothing_linked() -> None:
    none = Traces("none", [], [], {"order": np.array([])}, [])
    assert measure("none", none, none) == Linkage("none", 0.0, 0.0, 0, 0)


def twice(rng: np.random.Generator, **given: object) -> Traces:
    """Make two rows of each person, in two threads, of which all lies side by side."""
    owners = [*range(PEOPLE), *range(PEOPLE)]
    written = np.tile(np.arange(PEOPLE) / PEOPLE, 2)
    nothing = [frozenset[object]()] * len(owners)
    rows = Traces("row", owners, ["same"] * len(owners), {"written": written}, nothing)
    return replace(rows, **given)  # type: ignore[arg-type]


def test_what_one_writer_says_in_one_thread_is_no_link() -> None:
    rng = np.random.default_rng(7)
    threads = [0] * PEOPLE + [1] * PEOPLE
    found = measure("other thread", *[twice(rng, aside=threads)] * 2)
    assert (found.pairs, found.advantage > 0.9) == (2 * PEOPLE, True)
    assert measure("same thread", *[twice(rng, aside=[0] * 2 * PEOPLE)] * 2).pairs == 0


def test_rows_are_compared_with_those_that_bear_the_same() -> None:
    rng = np.random.default_rng(7)
    threads = [0] * PEOPLE + [1] * PEOPLE
    badges = [n % 50 for n in range(PEOPLE)] * 2
    rows = twice(rng, aside=threads, bears=badges)
    assert measure("badge", rows, rows).pairs == 2 * PEOPLE
    told = {"badge": np.array(badges) / 50}
    shown = replace(rows, places=told)
    assert measure("badge", shown, shown).advantage == 0.0
