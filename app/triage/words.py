"""The lists of words.toml: what looks like a name beside a title and is none. Pure."""

import tomllib
from functools import cache
from pathlib import Path


def words(name: str) -> frozenset[str]:
    """Return one list: its words."""
    return frozenset(_lists()[name].split())


def signs(name: str) -> str:
    """Return one list as signs, each once, for a class of a pattern."""
    return "".join(sorted(set("".join(_lists()[name].split()))))


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
