"""The order in which comments are read: nested, to a depth that stays readable, a page at a time.

Pure. A comment deeper than that follows the one it answers, one after the other, and says whom it
answers. Long branches are cut where they are widest, with how many replies a link leads to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, get_args

Order = Literal["best", "oldest"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)
DEEPEST: Final = 5
PAGE: Final = 100  # comments on one page, or a few more
BRANCH: Final = 40  # comments under one that answers the first post


def page_of(thread_path: str, position: int | None, taken: int) -> str:
    """The address of a page that shows a post for certain; taken: the thread's positions.

    Of a thread that may not fit on one page it is the post's own address.
    """
    whole = not position or taken <= BRANCH + 1
    return thread_path if whole else f"{thread_path}/at/{position}"


class Said(NamedTuple):
    """What the order needs of a comment: its place, whom it answers, its votes and state."""

    position: int
    parent: int | None
    votes: int
    state: str


@dataclass(slots=True)
class Node:
    """One comment where it is shown.

    answers: the position it answers where the nesting does not say so; more: replies beneath it
    that are not on this page.
    """

    position: int
    answers: int | None = None
    more: int = 0
    kids: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """Some branches of a tree; after: the position to ask for to get the next ones."""

    nodes: Sequence[Node]
    shown: Sequence[int]
    after: int | None


class Tree:
    """The comments of one thread that are worth showing, by the position that they answer."""

    def __init__(self, comments: Iterable[Said], order: Order = "best") -> None:
        """Arrange comments, first posts left out; a withdrawn one that nobody answered is gone.

        What the desk took out of sight stays as a tombstone, answered or not.
        """
        by_position = {each.position: each for each in comments if each.position}
        self._below = _below(by_position, order)
        self._sizes = _sizes(self._below)

    @property
    def size(self) -> int:
        """How many comments there are to show, tombstones included."""
        return self._sizes.get(0, 1) - 1

    def page(self, after: int = 0) -> Page:
        """Return the branches that follow the one at a position; all from the start if none."""
        tops = self._below.get(0, [])
        start = tops.index(after) + 1 if after in tops else 0
        kept: list[int] = []
        shown: set[int] = set()
        for top in tops[start:]:
            if len(shown) >= PAGE:
                break
            kept.append(top)
            shown |= self._near(top, BRANCH)
        more = start + len(kept) < len(tops)
        nodes = [self._node(top, shown) for top in kept]
        return Page(nodes, sorted(shown), kept[-1] if more and kept else None)

    def branch(self, position: int) -> Page:
        """Return one comment with what is beneath it."""
        shown = self._near(position, PAGE)
        return Page([self._node(position, shown)], sorted(shown), None)

    def _near(self, top: int, most: int) -> set[int]:
        """Choose comments of a branch, the nearest to its top first, in the tree's own order."""
        chosen, level = {top}, [top]
        while level and len(chosen) < most:
            level = [below for each in level for below in self._below.get(each, [])]
            level = level[: most - len(chosen)]
            chosen.update(level)
        return chosen

    def _node(self, top: int, shown: set[int]) -> Node:
        """Nest the chosen comments of a branch; without recursion, as chains may be long."""
        branch: list[Node] = []
        waiting: list[tuple[int, list[Node], int, int | None]] = [(top, branch, 1, None)]
        while waiting:
            at, siblings, depth, answers = waiting.pop()
            below = self._below.get(at, [])
            more = sum(self._sizes[each] for each in below if each not in shown)
            node = Node(at, answers, more)
            siblings.append(node)
            flat = depth >= DEEPEST
            place = (siblings, depth, at) if flat else (node.kids, depth + 1, None)
            waiting.extend((each, *place) for each in reversed(below) if each in shown)
        return branch[0]


def _below(by_position: Mapping[int, Said], order: Order) -> dict[int, list[int]]:
    """Map each position to what answers it, in order, without what is not worth showing."""
    gone = _gone(by_position)
    positions = sorted(by_position)
    if order == "best":
        positions.sort(key=lambda at: -by_position[at].votes)
    below: dict[int, list[int]] = {}
    for at in positions:
        if at not in gone:
            below.setdefault(_parent(by_position, at), []).append(at)
    return below


def _gone(by_position: Mapping[int, Said]) -> set[int]:
    """Find withdrawn ones that nothing is beneath; an answer comes after what it answers."""
    gone: set[int] = set()
    needed: set[int] = set()
    for at in sorted(by_position, reverse=True):
        if by_position[at].state == "withdrawn" and at not in needed:
            gone.add(at)
        else:
            needed.add(_parent(by_position, at))
    return gone


def _parent(by_position: Mapping[int, Said], at: int) -> int:
    parent = by_position[at].parent or 0
    return parent if parent in by_position and parent < at else 0


def _sizes(below: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Count each comment and what is beneath it; position 0 is the first post."""
    parents = {each: parent for parent, kids in below.items() for each in kids}
    sizes = dict.fromkeys([0, *parents], 1)
    for at in sorted(parents, reverse=True):
        sizes[parents[at]] += sizes[at]
    return sizes
