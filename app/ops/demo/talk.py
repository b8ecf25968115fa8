"""What the invented people of the demonstration say to each other, read from talk.*.txt. Pure.

`== title` begins a thread; `about`, `topic`, `votes`, `ago` (days) and marks follow, then a poll if
there is one, the first post, and its comments. `** 7v b | text` is an answer to the last comment
with one star, has seven votes, a verified writer, and that writer is `b` in this thread; `op` is
who began it, and no letter somebody new.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

_FILES: Final = ("talk.en.txt", "talk.zh.txt")
_COMMENT: Final = re.compile(r"(\*+) (\d+)(v?) ?(\w*) \| (.+)")
OPENER: Final = "op"


@dataclass(frozen=True)
class Comment:
    """One comment; `under` counts the comments from 1, and 0 is the first post."""

    under: int
    votes: int
    verified: bool
    writer: str
    text: str


@dataclass(frozen=True)
class Question:
    """A poll: how many gave each answer, and in how many days from today it closes."""

    text: str
    choices: tuple[str, ...]
    given: tuple[int, ...]
    steps: bool
    open: int


@dataclass(frozen=True)
class Conversation:
    """One thread; about: an invented employer's English name, or nothing; ago: days before now."""

    title: str
    text: str
    about: str
    topic: str
    votes: int
    ago: int
    verified: bool
    image: str
    question: Question | None
    comments: tuple[Comment, ...]


def conversations(number: int, employers: list[str], seed: int) -> list[Conversation]:
    """Return that many threads about these employers: the written ones, in both languages by turns.

    More than are written are told again elsewhere and earlier, without votes, poll and image.
    """
    rng = random.Random(seed)  # noqa: S311 (invented talk, no secret)
    known = [one for one in written() if one.about in {"", *employers}]
    told = known[:number]
    while len(told) < number and known:
        one = known[len(told) % len(known)]
        about = rng.choice(employers) if one.about else ""
        ago = one.ago + rng.randint(20, 200)
        told.append(replace(one, about=about, ago=ago, votes=0, image="", question=None))
    return told


@cache
def written() -> tuple[Conversation, ...]:
    """Return every written thread, English and Chinese by turns."""
    folder = Path(__file__).parent
    both = [list(_read((folder / name).read_text("utf-8"))) for name in _FILES]
    return tuple(one for pair in zip(*both, strict=True) for one in pair)


def _read(text: str) -> Iterator[Conversation]:
    for block in text.split("== ")[1:]:
        title, about, *rest = block.strip().split("\n")
        comments = [found for line in rest if (found := _COMMENT.fullmatch(line))]
        poll = [line for line in rest if line.startswith(("poll ", "given "))]
        body = [line for line in rest if not _COMMENT.fullmatch(line) and line not in poll]
        yield _thread(title, about, poll, "\n".join(body).strip(), comments)


def _thread(
    title: str, about: str, poll: list[str], text: str, comments: list[re.Match[str]]
) -> Conversation:
    facts = _facts(about)
    return Conversation(
        title=title,
        text=text,
        about=facts.get("about", ""),
        topic=facts["topic"],
        votes=int(facts["votes"]),
        ago=int(facts["ago"]),
        verified="verified" in facts,
        image=facts.get("image", ""),
        question=_question(*poll) if poll else None,
        comments=tuple(_comments(comments)),
    )


def _facts(line: str) -> dict[str, str]:
    """Read `name value; name; name value`."""
    pairs = (part.strip().partition(" ") for part in line.split(";"))
    return {name: value for name, _, value in pairs}


def _question(asked: str, given: str) -> Question:
    text, *choices = (part.strip() for part in asked.removeprefix("poll ").split("|"))
    facts = _facts(given)
    numbers = tuple(int(number) for number in facts["given"].split())
    return Question(text, tuple(choices), numbers, "steps" in facts, int(facts["open"]))


def _comments(lines: list[re.Match[str]]) -> Iterator[Comment]:
    last = {0: 0}
    for number, found in enumerate(lines, 1):
        stars, votes, verified, writer, text = found.groups()
        last[len(stars)] = number
        under = last[len(stars) - 1]
        yield Comment(under, int(votes), bool(verified), writer or f"new {number}", text)
