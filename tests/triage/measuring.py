"""Precision and recall of the detectors on the invented posts, kind by kind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from app.triage.detectors import DETECTORS, Seen, see
from app.triage.kinds import STRONGEST_FIRST
from tests.triage.posts import Passage, Post

# What leads to a person: what the goal of 0.95 is about.
PERSONAL = {
    *("identity", "bank", "document", "phone", "email", "messenger", "address", "staff"),
    *("link", "name", "date"),
}
PERSONAL_DETECTORS = [each for each in DETECTORS if each.kind.name in PERSONAL]
OTHERS = [each for each in DETECTORS if each.kind.name not in PERSONAL]
KINDS = tuple(kind.name for kind in STRONGEST_FIRST)


@dataclass
class Count:
    """Passages of one kind: found, missed, and marked where nothing is."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: "Count") -> "Count":
        """Count two kinds as one."""
        return Count(self.found + other.found, self.missed + other.missed, self.wrong + other.wrong)

    @property
    def recall(self) -> float:
        """Return the share of passages that were found; 1 of none."""
        return self.found / (self.found + len(self.missed)) if self.found or self.missed else 1.0

    @property
    def precision(self) -> float:
        """Return the share of marks that stand on a passage of their kind; 1 of none."""
        return self.found / (self.found + len(self.wrong)) if self.found or self.wrong else 1.0


def meet(seen: Seen, passage: Passage) -> bool:
    """Tell whether a detector found this passage: its kind, and a part of it."""
    return seen.kind.name == passage.kind and seen.start < passage.end and passage.start < seen.end


def counted(posts: Iterable[Post], *, days: bool = True) -> dict[str, Count]:
    """Count by kind what was found, missed and marked without reason; days: they are labelled."""
    counts = {kind: Count() for kind in KINDS}
    for post in posts:
        seen = see(post.text, PERSONAL_DETECTORS)
        # What is said of a passage beside whose it is: the two may overlap.
        seen += [each for other in OTHERS for each in see(post.text, [other])]
        for passage in filter(attrgetter("asked"), post.passages):
            count = counts.setdefault(passage.kind, Count())
            if any(meet(each, passage) for each in seen):
                count.found += 1
            else:
                count.missed.append(post.text[passage.start : passage.end])
        for each in seen:
            if not any(meet(each, passage) for passage in post.passages):
                counts[each.kind.name].wrong.append(post.text[each.start : each.end])
    if not days:
        del counts["date"]
    return counts


def together(counts: dict[str, Count], kinds: Iterable[str]) -> Count:
    """Count several kinds as one."""
    return sum((counts.get(kind, Count()) for kind in kinds), Count())


def table(posts: list[Post], *, words: bool = False, days: bool = True) -> str:
    """Return the figures of one set of posts as lines; words: what was missed or wrong, too."""
    counts = counted(posts, days=days)
    rows = {kind: count for kind, count in counts.items() if count != Count()}
    rows["personal data"] = together(counts, PERSONAL)
    rows["all kinds"] = together(counts, counts)
    marked = Counter(bool(post.passages) for post in posts)
    lines = [f"{len(posts)} posts, {marked[True]} with something to find"]
    lines += [f"{'kind':<14}{'found':>6}{'missed':>8}{'wrong':>7}{'recall':>8}{'precision':>11}"]
    for kind, count in rows.items():
        lines.append(
            f"{kind:<14}{count.found:>6}{len(count.missed):>8}{len(count.wrong):>7}"
            f"{count.recall:>8.3f}{count.precision:>11.3f}"
        )
        if words and kind in counts:
            lines += [f"    missed {each!r}" for each in count.missed]
            lines += [f"    wrong  {each!r}" for each in count.wrong]
    return "\n".join(lines)
