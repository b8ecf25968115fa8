"""A copied disk links nobody: a few people here, 150 in test-deep, 1,500 by `make audit`."""

import sys
from collections.abc import Iterator, Sequence

import pytest

from tests.audits.broken import BUILDS, Build
from tests.audits.broken_desk import DESK_BUILDS
from tests.audits.broken_talk import ONE_DAY, TALK_BUILDS
from tests.audits.days import FULL, SILENT, Measure
from tests.audits.dumps import Audit, audit, caught, linked, seeds, towns
from tests.audits.grounds import Ground
from tests.audits.linkage import Linkage, pooled

SMALL = 32
STATED = 150
FEW_WORDS = Measure(first=(2, 1, 1), last=(1, 1, 1), again=0.5)
MANY_POSTS = Measure(first=(6, 1, 0), last=(6, 1, 0))
MANY_FLAGS = Measure(first=(2, 1, 6), last=(2, 1, 6))
# One relation of so few people shows little; together these show what lies side by side.
WRITTEN_TOGETHER = (
    "report -> other report",
    "mailbox -> report",
    "post -> other post",
    "post -> vote",
    "post -> post of that day",
)


def show(name: str, measured: Sequence[Linkage]) -> None:
    """Print every number that was measured."""
    sys.stdout.write("\n  ".join([f"\n{name}", *map(str, measured)]) + "\n")


def test_a_copy_of_the_disk_links_nobody(ground: Ground) -> None:
    first = small(ground, 1)
    show("before the night", first.before)
    show("after the night", first.after)
    # The instrument sees what the night takes away.
    assert sees(first) or sees(small(ground, 2))
    assert linked(with_more(first, ground)) == set()


def small(ground: Ground, seed: int) -> Audit:
    """Audit a small town, also before its night."""
    return audit(ground(), SMALL, seed, measure=FEW_WORDS, early=WRITTEN_TOGETHER)


def sees(found: Audit) -> bool:
    """Tell whether what was written together was seen to be, before the night."""
    return not together(found.before).holds


def with_more(first: Audit, ground: Ground) -> Iterator[Sequence[Linkage]]:
    """Give a first town's figure, and those of other towns if they are asked for."""
    yield [together(first.after)]
    for found in towns(ground, SMALL, 3, FEW_WORDS):
        yield [together(found)]


def together(found: Sequence[Linkage]) -> Linkage:
    """Return the mean of what is written together."""
    return pooled("together", [one for one in found if one.name in WRITTEN_TOGETHER])


# `make audit` does both, with 1,500.
@pytest.mark.deep
@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", seeds(1))
def test_a_copy_links_nobody_at_the_stated_size(ground: Ground, seed: int) -> None:
    assert linked(shown(towns(ground, STATED, seed))) == set()


def shown(measured: Iterator[Sequence[Linkage]]) -> Iterator[Sequence[Linkage]]:
    """Print what is measured on its way."""
    for found in measured:
        show("a town", found)
        yield found


@pytest.mark.deep
@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.name)
def test_a_broken_build_is_caught(ground: Ground, build: Build) -> None:
    if ("sqlite" if ground().sqlite else "postgres") in build.kinds:
        assert_caught(ground, build, SILENT)


# PostgreSQL's share of these takes a quarter of an hour; `make audit` runs it.
@pytest.mark.deep
@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
@pytest.mark.parametrize("build", TALK_BUILDS, ids=lambda build: build.name)
def test_a_build_that_betrays_what_is_said_is_caught(ground: Ground, build: Build) -> None:
    # Little shows of an index, or in one night, between the few posts somebody writes on one day.
    many = build.shows == ONE_DAY or not build.flattens
    assert_caught(ground, build, MANY_POSTS if many else FULL)


@pytest.mark.deep
@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
@pytest.mark.parametrize("build", DESK_BUILDS, ids=lambda build: build.name)
def test_a_build_that_betrays_who_flagged_is_caught(ground: Ground, build: Build) -> None:
    assert_caught(ground, build, MANY_FLAGS)


def assert_caught(ground: Ground, build: Build, measure: Measure = FULL) -> None:
    """Audit a town of a broken build, and see that it stands out: there, or else in others."""
    for seed in (1, 2, 3):
        found = audit(ground(), build.people, seed, build, measure=measure)
        show(build.name, found.after)
        if caught(found.shown(build.shows)):
            return
    pytest.fail(f"{build.name} is not seen")
