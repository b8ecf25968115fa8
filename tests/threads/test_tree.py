"""The tree of comments: order, depth, pages, tombstones."""

import pytest

from app.threads.tree import BRANCH, DEEPEST, PAGE, Node, Order, Said, Tree, page_of


def comment(at: int, parent: int | None, votes: int = 0, state: str = "published") -> Said:
    return Said(at, parent, votes, state)


def outline(nodes: list[Node]) -> str:
    """Write a tree as 1(2 3(4))."""
    return " ".join(
        f"{node.position}{f'({outline(node.kids)})' if node.kids else ''}" for node in nodes
    )


def drawn(*comments: Said, order: Order = "oldest") -> str:
    return outline(list(Tree(comments, order).page().nodes))


def test_comments_nest_under_what_they_answer():
    said = [comment(0, None), comment(1, 0), comment(2, 1), comment(3, 0), comment(4, 1)]
    assert drawn(*said) == "1(2 4) 3"


def test_the_best_come_first_and_equals_in_order():
    said = [comment(1, 0), comment(2, 0, votes=3), comment(3, 2), comment(4, 2, votes=1)]
    assert drawn(*said, order="best") == "2(4 3) 1"
    assert drawn(*said) == "1 2(3 4)"


def test_a_withdrawn_comment_stays_only_under_readable_answers():
    gone = "withdrawn"
    said = [
        comment(1, 0, state=gone),
        comment(2, 0, state=gone),
        comment(3, 2, state=gone),
        comment(4, 3),
        comment(5, 4, state=gone),
    ]
    assert drawn(*said) == "2(3(4))"
    assert Tree(said).size == 3


def test_what_is_deeper_than_readable_follows_what_it_answers_and_says_so():
    chain = [comment(n, n - 1) for n in range(1, DEEPEST + 4)]
    fork = comment(DEEPEST + 4, DEEPEST)
    (top,) = Tree([*chain, fork], "oldest").page().nodes
    node = top
    for _ in range(DEEPEST - 2):
        (node,) = node.kids
    assert outline(node.kids) == "5 6 7 8 9"
    assert [kid.answers for kid in node.kids] == [None, 5, 6, 7, 5]
    assert not any(kid.kids for kid in node.kids)


def test_a_page_holds_about_a_hundred_and_the_next_begins_after_it():
    tree = Tree([comment(n, 0) for n in range(1, 251)], "oldest")
    first = tree.page()
    assert list(first.shown) == list(range(1, PAGE + 1))
    second = tree.page(first.after or 0)
    third = tree.page(second.after or 0)
    assert [*first.shown, *second.shown, *third.shown] == list(range(1, 251))
    assert third.after is None
    assert tree.page(9_999).shown == first.shown


def test_a_long_branch_is_cut_and_says_how_many_replies_are_left_out():
    wide = [comment(1, 0), *(comment(n, 1) for n in range(2, 200)), comment(200, 0)]
    tree = Tree(wide, "oldest")
    page = tree.page()
    assert len(page.shown) == BRANCH + 1
    assert page.nodes[0].more == 199 - BRANCH
    whole = tree.branch(1)
    assert len(whole.shown) == PAGE
    assert whole.nodes[0].more == 199 - PAGE


def test_a_chain_of_thousands_is_read_on_link_by_link():
    tree = Tree([comment(n, n - 1) for n in range(1, 5_001)])
    at, read = 1, 0
    while at:
        page = tree.branch(at)
        read += len(page.shown)
        last = page.nodes[0]
        while last.kids:
            last = last.kids[-1]
        assert not last.more or last.more == 5_000 - max(page.shown)
        at = max(page.shown) + 1 if last.more else 0
    assert read == 5_000


@pytest.mark.parametrize(
    ("position", "taken", "page"),
    [
        (0, 500, "/threads/a"),
        (None, 500, "/threads/a"),
        (40, 41, "/threads/a"),
        (3, 42, "/threads/a/at/3"),
    ],
)
def test_a_post_is_shown_by_the_page_that_leads_to_it(
    position: int | None, taken: int, page: str
) -> None:
    assert page_of("/threads/a", position, taken) == page
