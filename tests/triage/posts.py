"""The invented posts that detectors are measured on: read from posts-*.txt beside this file."""

import re
from dataclasses import dataclass
from pathlib import Path

FILES = tuple(f"posts-{number}.txt" for number in range(1, 8))
# Nobody who works on the detectors reads it; its exact days are not labelled.
UNSEEN = "posts-8.txt"
_MARK = re.compile(r"⟦(?P<open>\??)(?P<kind>\w+):(?P<text>[^⟧]*)⟧")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Passage:
    """A stretch of a post and the kind of personal data it is.

    asked: it must be found; of the rest, such as a nickname, finding and missing are both right.
    """

    kind: str
    start: int
    end: int
    asked: bool = True


@dataclass(frozen=True)
class Post:
    """One invented post and what must be found in it; nothing where it is harmless."""

    text: str
    passages: tuple[Passage, ...]

    @property
    def lang(self) -> str:
        """Return "zh" or "en"."""
        return "zh" if _HAN.search(self.text) else "en"


def read(name: str) -> list[Post]:
    """Read the posts of one file; comment lines begin with #."""
    lines = (Path(__file__).parent / name).read_text().splitlines()
    return [_post(line) for line in lines if line and not line.startswith("#")]


def _post(line: str) -> Post:
    text, passages, last = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[last : mark.start()]
        place = (len(text), len(text) + len(mark["text"]))
        passages.append(Passage(mark["kind"], *place, asked=not mark["open"]))
        text += mark["text"]
        last = mark.end()
    return Post(text + line[last:], tuple(passages))
