"""How well a thief links two rows: the linkage statistic, 2 AUC - 1, with its error. Pure.

The thief knows whose is whose for half of the people, tries every way of comparing two rows on
them, and judges the other half by the best one (and the other way round). So there is one number
for each relation, however many ways are tried, and its error is what it says.

0: a true pair looks like any other. 1: it always looks closer than a false pair with the same
public side (employer, quarter).
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Final

import numpy as np
from numpy.typing import NDArray

ALLOWED: Final = 0.03
ERRORS: Final = 2.0
# With fewer people a relation is printed, not judged: its error is itself a guess.
JUDGED: Final = 40
# A value that more rows bear than this joins nobody with anybody.
COMMON: Final = 12

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Traces:
    """Rows of one kind as a thief sees them, and whose they are, which only the auditor knows.

    places: by name, where each row stands in some order (nan where it does not).
    values: what each row holds. public: what everybody knows of each row anyway.
    aside: rows with the same are not compared, because everybody sees whether one person wrote
    both (two posts in one thread). bears: only rows with the same are (two posts with one badge).
    """

    kind: str
    owners: Sequence[int]
    public: Sequence[Hashable]
    places: Mapping[str, Floats]
    values: Sequence[frozenset[Hashable]]
    aside: Sequence[Hashable] = ()
    bears: Sequence[Hashable] = ()

    def __len__(self) -> int:
        return len(self.owners)

    def only(self, kept: Sequence[int], kind: str = "") -> "Traces":
        """Return some of the rows."""
        at = np.array(kept, dtype=int)
        return Traces(
            kind or self.kind,
            [self.owners[i] for i in kept],
            [self.public[i] for i in kept],
            {name: places[at] for name, places in self.places.items()},
            [self.values[i] for i in kept],
            [self.aside[i] for i in kept] if self.aside else (),
            [self.bears[i] for i in kept] if self.bears else (),
        )


@dataclass(frozen=True)
class Linkage:
    """How well one kind of row is linked to another."""

    name: str
    advantage: float
    error: float
    pairs: int
    people: int
    ways: tuple[str, ...] = field(default=())

    @property
    def bound(self) -> float:
        """What the advantage may be: 0.03 and two standard errors."""
        return ALLOWED + ERRORS * self.error

    @property
    def holds(self) -> bool:
        """Tell whether the rows are not linked, as far as these people can show."""
        return self.people < JUDGED or abs(self.advantage) <= self.bound

    def __str__(self) -> str:
        told = f"{self.advantage:+.3f} ± {self.error:.3f} (bound {self.bound:.3f})"
        few = " (too few to judge)" if self.people < JUDGED else ""
        ways = ", ".join(self.ways)
        return f"{self.name:32} {told} on {self.pairs} pairs of {self.people}{few}: {ways}"


def pooled(name: str, found: Sequence[Linkage]) -> Linkage:
    """Return the mean of several measurements, with its error."""
    error = sum(one.error**2 for one in found) ** 0.5 / len(found)
    pairs, people = sum(one.pairs for one in found), sum(one.people for one in found)
    return Linkage(name, fmean(one.advantage for one in found), error, pairs, people)


def measure(name: str, left: Traces, right: Traces, seed: int = 1) -> Linkage:
    """Measure how well rows of one kind are linked with rows of another by their owners.

    A relation without pairs (nothing is kept of it) is linked by 0 with no error.
    """
    people = sorted(set(left.owners) & set(right.owners))
    half = np.zeros(len(people), dtype=int)
    half[np.random.default_rng(seed).permutation(len(people))[::2]] = 1
    pairs, found = _gains(left, right, dict(zip(people, range(len(people)), strict=True)), half)
    if not all(pairs):
        return Linkage(name, 0.0, 0.0, 0, 0)
    # Each half is judged by the way that the other half taught.
    chosen = [_best(found, 1), _best(found, 0)]
    total = sum(pairs)
    advantage = sum(found[way].sought[n].sum() for n, way in enumerate(chosen))
    parts = sum(found[way].of_each(n) for n, way in enumerate(chosen))
    error = np.std(parts / total, ddof=1) * np.sqrt(len(people))
    ways = tuple(dict.fromkeys(chosen))
    return Linkage(name, float(advantage / total), float(error), total, len(people), ways)


@dataclass
class _Gain:
    """How much closer true pairs look than false ones, by half (of the seeker) and person.

    sought: summed over the pairs of each person, each -1 to 1. met: summed over the comparisons
    in which a person's row stood on the false side.
    """

    sought: Floats
    met: Floats

    def of_each(self, half: int) -> Floats:
        """Return each person's part in the number, on either side (DeLong et al. 1988)."""
        parts: Floats = self.sought[half] + self.met[half]
        return parts


def _best(found: Mapping[str, _Gain], half: int) -> str:
    """Return the way that links best among the people of a half.

    Its sign is not learned as well: two halves that judge each other would then agree too often.
    """
    return max(found, key=lambda way: float(found[way].sought[half].sum()))


def _gains(
    left: Traces, right: Traces, place: Mapping[int, int], half: NDArray[np.int_]
) -> tuple[list[int], dict[str, _Gain]]:
    pairs = [0, 0]
    found: dict[str, _Gain] = {}
    for lefts, rights in _strata(left, right):
        mine = np.array([place[left.owners[i]] for i in lefts])
        theirs = np.array([place[right.owners[j]] for j in rights])
        same, apart = mine[:, None] == theirs[None, :], _apart(left, right, lefts, rights)
        at, to = np.nonzero(same & apart & (~same & apart).any(axis=1)[:, None])
        false = (~same & apart)[at]
        others = false.sum(axis=1)
        for n in (0, 1):
            pairs[n] += int((half[mine[at]] == n).sum())
        for way, scores in _ways(left, right, lefts, rights):
            gain = found.setdefault(way, _Gain(*np.zeros((2, 2, len(place)))))
            closer = np.sign(scores[at, to][:, None] - scores[at]) * false / others[:, None]
            for n in (0, 1):
                seekers = half[mine[at]] == n
                np.add.at(gain.sought[n], mine[at][seekers], closer[seekers].sum(axis=1))
                np.add.at(gain.met[n], theirs, closer[seekers].sum(axis=0))
    return pairs, found


def _strata(left: Traces, right: Traces) -> Iterator[tuple[list[int], list[int]]]:
    """Group rows on the right by what is public of them, with all rows left of their owners."""
    groups: dict[tuple[Hashable, Hashable], list[int]] = defaultdict(list)
    for j, public in enumerate(right.public):
        groups[public, _at(right.bears, j)].append(j)
    for (_, bears), group in groups.items():
        sought = {right.owners[j] for j in group}
        lefts = [
            i
            for i, owner in enumerate(left.owners)
            if owner in sought and (bears is None or bears == _at(left.bears, i))
        ]
        both = {left.owners[i] for i in lefts}
        rights = [j for j in group if right.owners[j] in both]
        if len(both) > 1:
            yield lefts, rights


def _apart(left: Traces, right: Traces, lefts: list[int], rights: list[int]) -> NDArray[np.bool_]:
    """Tell which rows may be compared: not those with the same aside."""
    if not left.aside or not right.aside:
        return np.ones((len(lefts), len(rights)), dtype=bool)
    asides = [right.aside[j] for j in rights]
    return np.array([[left.aside[i] != aside for aside in asides] for i in lefts], dtype=bool)


def _at(given: Sequence[Hashable], place: int) -> Hashable:
    return given[place] if given else None


def _ways(
    left: Traces, right: Traces, lefts: list[int], rights: list[int]
) -> Iterator[tuple[str, Floats]]:
    """Yield every way of comparing two rows: each order against each order, and shared values."""
    for one, places in left.places.items():
        for other, stands in right.places.items():
            ours, theirs = places[lefts][:, None], stands[rights][None, :]
            yield f"{one} ~ {other}", np.nan_to_num(-np.abs(ours - theirs), nan=-2.0)
            yield f"{one} ~ back {other}", np.nan_to_num(-np.abs(1 - ours - theirs), nan=-2.0)
    yield "shared values", _shared(left, right, lefts, rights)


def _shared(left: Traces, right: Traces, lefts: list[int], rights: list[int]) -> Floats:
    """Weigh the values that two rows share, rare ones more."""
    scores = np.zeros((len(lefts), len(rights)))
    bearers: dict[Hashable, list[int]] = defaultdict(list)
    for j, at in enumerate(rights):
        for value in right.values[at]:
            bearers[value].append(j)
    common = Counter(value for at in lefts for value in left.values[at])
    for i, at in enumerate(lefts):
        for value in left.values[at]:
            held = bearers.get(value, [])
            if held and max(len(held), common[value]) <= COMMON:
                scores[i, held] += 1 / (len(held) * common[value])
    return scores


def ranks(values: Sequence[float]) -> Floats:
    """Turn values into places from 0 to 1; equal ones share a place, nan stays nan."""
    given = np.array(values, dtype=np.float64)
    places = np.full(len(given), np.nan)
    seen = ~np.isnan(given)
    if seen.any():
        different, at = np.unique(given[seen], return_inverse=True)
        places[seen] = at / max(1, len(different) - 1)
    return places
