"""What is a name, and what looks like one and is none: the lists and weights in *.toml. Pure."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


def words(name: str, file: str = "words") -> frozenset[str]:
    """Return one list: its words."""
    return frozenset(_lists(file)[name].split())


def signs(name: str) -> str:
    """Return one list as signs, each once, for a class of a pattern."""
    return "".join(sorted(set("".join(_lists("words")[name].split()))))


def weights(name: str) -> dict[str, float]:
    """Return one table of scored_names.toml: what stands in each row, and the row's number.

    Signs stand there together, words apart.
    """
    rows: dict[str, str] = _lists("scored_names")[name]
    apart = name in {"words", "others"}
    return {
        each: float(number)
        for number, row in rows.items()
        for each in (row.split() if apart else "".join(row.split()))
    }


@cache
def _lists(file: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text("utf-8"))
