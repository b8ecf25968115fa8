"""Which tables must be emptied and filled together: those that foreign keys tie to each other."""

from collections.abc import Collection, Iterable
from graphlib import TopologicalSorter


def families(
    tables: Collection[str], references: Iterable[tuple[str, str]]
) -> tuple[tuple[str, ...], ...]:
    """Group tables by their foreign keys, (from, to); in a group, what is referred to is first.

    References to tables outside do not matter. Raises ValueError when a table outside refers to
    one inside, because then it cannot be emptied.
    """
    within: dict[str, set[str]] = {table: set() for table in sorted(tables)}
    for source, target in references:
        if source in within and target in within and source != target:
            within[source].add(target)
        elif target in within and source not in within:
            raise ValueError(f"{source} refers to {target}, which is flattened")
    order = list(TopologicalSorter(within).static_order())
    found: list[set[str]] = []
    for table in order:
        joined = [group for group in found if group & within[table]]
        found = [group for group in found if group not in joined]
        found.append({table}.union(*joined))
    return tuple(tuple(table for table in order if table in group) for group in found)
