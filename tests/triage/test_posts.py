"""What the detectors find in posts that were written before them, and what they let be."""

import sys
from collections import Counter

import pytest

from app.triage.checking import Checked
from app.triage.detectors import Seen, see
from tests.triage.posts import Passage, Post, read

FILES = ["posts-1.txt", "posts-2.txt"]
POSTS = [post for name in FILES for post in read(name)]


def meet(seen: Seen, passage: Passage) -> bool:
    """Tell whether a detector found this passage: its kind, and a part of it."""
    return seen.kind.name == passage.kind and seen.start < passage.end and passage.start < seen.end


def counted(posts: list[Post]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count by kind what was found, missed and marked without reason."""
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for post in posts:
        seen = see(post.text)
        for passage in post.passages:
            hit = any(meet(each, passage) for each in seen)
            (found if hit else missed)[passage.kind] += 1
        for each in seen:
            wrong[each.kind.name] += not any(meet(each, passage) for passage in post.passages)
    return found, missed, wrong


@pytest.mark.parametrize("name", FILES)
def test_recall_and_precision(name: str) -> None:
    posts = read(name)
    found, missed, wrong = counted(posts)

    said = [
        f"{kind}: {found[kind]} found, {missed[kind]} missed, {wrong[kind]} without reason"
        for kind in sorted(found | missed | wrong)
    ]
    recall = found.total() / (found.total() + missed.total())
    precision = found.total() / (found.total() + wrong.total())
    said.append(f"{name}: recall {recall:.3f}, precision {precision:.3f}")
    sys.stdout.write("\n".join(said) + "\n")
    assert recall >= 0.95, said
    assert precision >= 0.9, said
    harmless = [post for post in posts if not post.passages]
    assert {post.lang for post in harmless} == {"en", "zh"}
    assert len(posts) >= 150
    assert 0.4 <= len(harmless) / len(posts) <= 0.6


def test_what_is_removed_leaves_no_digit_of_it_and_nothing_to_find() -> None:
    for post in POSTS:
        checked = Checked.of({"text": post.text})
        left = checked.without("all")["text"]

        assert see(left) == [], post.text
        for passage in post.passages:
            digits = "".join(filter(str.isdigit, post.text[passage.start : passage.end]))
            hit = any(meet(found.seen, passage) for found in checked.found)
            if passage.kind != "link" and len(digits) > 3 and hit:
                assert digits[-4:] not in "".join(filter(str.isdigit, left)), post.text
