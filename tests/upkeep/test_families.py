"""Which tables go together."""

import pytest

from app.upkeep.families import families


@pytest.mark.parametrize(
    ("tables", "references", "expected"),
    [
        ("ab", "", [("a",), ("b",)]),
        ("ab", "ab", [("b", "a")]),
        ("abcd", "ab cd", [("b", "a"), ("d", "c")]),
        ("abcd", "ab ac bd cd", [("d", "b", "c", "a")]),
        ("a", "aa", [("a",)]),
        ("a", "ax", [("a",)]),
        ("", "xy", []),
    ],
)
def test_tables_tied_by_keys_go_together(
    tables: str, references: str, expected: list[tuple[str, ...]]
) -> None:
    pairs = [(source, target) for source, target in references.split()]
    found = families(tables, pairs)
    assert sorted(sorted(group) for group in found) == sorted(sorted(g) for g in expected)
    for group in found:
        for source, target in pairs:
            if source in group and target in group:
                assert group.index(target) <= group.index(source)


def test_a_table_outside_must_not_hold_on_to_one_inside() -> None:
    with pytest.raises(ValueError, match="x refers to a"):
        families("a", [("x", "a")])
