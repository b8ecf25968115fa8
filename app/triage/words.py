"""The lists of words.toml: what looks like a name beside a title and is none. Pure."""

import tomllib
from functools import cache
from pathlib import Path


def words(name: str) -> frozenset[str]:
    """Return one list."""
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
