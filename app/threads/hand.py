"""What a page hands in: the tags of an account, what it wrote, what it asks. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.evidence.attaching import Attached
from app.threads.models import Post
from app.threads.weighed import Hold


class NotThere(LookupError):
    """What was to be answered or voted on has not appeared, or was withdrawn."""


@dataclass(frozen=True)
class Hand:
    """What an account recognises its own posts by, as the page computes it.

    slot: the tag of its n-th post or comment; nym: its tag as a writer inside a thread, by the
    thread's id.
    """

    slot: Callable[[int], bytes]
    nym: Callable[[bytes], bytes]


@dataclass(frozen=True)
class Written:
    """A text as the form gave it, with its badge, the time until which it waits, and its image.

    hold: what triage may keep out of sight until the desk has decided.
    """

    text: str
    badge: str | None = None
    due: datetime | None = None
    image: Attached | None = None
    hold: Hold = "nothing"


@dataclass(frozen=True)
class Asked:
    """A poll as the form gave it: open through the day it closes; steps: docs/conversation.md."""

    question: str
    choices: Sequence[str]
    closes: date
    steps: bool


@dataclass(frozen=True)
class Outcome:
    """A post after posting; not new when the same form sent again met its own row."""

    post: Post
    new: bool


def lines(text: str) -> str:
    """Return a text of many lines as it is stored: trimmed, its lines ended in one way."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def line(text: str) -> str:
    """Return a text of one line as it is stored: trimmed, each run of white space one space."""
    return " ".join(text.replace("\0", "").split())
