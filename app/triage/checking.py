"""What a page asks before it posts: what was seen in its fields, and the text without it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from app.triage.detectors import WARNING, Seen, see

LEFT: Final = "[…]"
ALL: Final = "all"


@dataclass(frozen=True)
class Found:
    """One passage of one field."""

    field: str
    seen: Seen
    text: str

    @property
    def place(self) -> str:
        """Return what the button that removes this passage sends, such as "text:12-34"."""
        return f"{self.field}:{self.seen.start}-{self.seen.end}"


@dataclass(frozen=True)
class Segment:
    """A stretch of a field: marked if something was found there. All together are the text."""

    text: str
    found: Found | None = None


@dataclass(frozen=True)
class Checked:
    """Several fields of one form and what was seen in them."""

    texts: Mapping[str, str]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Self:
        """Look at the fields of a form, such as {"title": ..., "text": ...}."""
        return cls(dict(texts))

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """Return every passage, field by field, in the order of the text."""
        return tuple(
            Found(field, seen, text[seen.start : seen.end])
            for field, text in self.texts.items()
            for seen in see(text, WARNING)
        )

    @property
    def fields(self) -> list[str]:
        """Return the fields in which something was found."""
        return list(dict.fromkeys(found.field for found in self.found))

    @property
    def allowed(self) -> bool:
        """Tell whether all of it may be sent by one who was warned."""
        return all(found.seen.kind.allowed for found in self.found)

    @property
    def digest(self) -> str:
        """Return what "post anyway" sends: it stands for just these passages.

        A passage added afterwards makes another digest, so that its writer is warned again.
        """
        passages = [(found.field, found.seen.kind.name, found.text) for found in self.found]
        return hashlib.sha256(json.dumps(passages).encode()).hexdigest()[:32]

    def settled(self, anyway: str = "") -> bool:
        """Tell whether it may be sent: nothing was found, or its writer knows and may."""
        return not self.found or (self.allowed and anyway == self.digest)

    def segments(self, field: str) -> list[Segment]:
        """Cut a field at the passages that were found in it."""
        text, segments, last = self.texts[field], [], 0
        for found in self.found:
            if found.field == field:
                segments.append(Segment(text[last : found.seen.start]))
                segments.append(Segment(found.text, found))
                last = found.seen.end
        segments.append(Segment(text[last:]))
        return [segment for segment in segments if segment.text]

    def without(self, place: str) -> dict[str, str]:
        """Return the fields without the passage at a place, or without any for "all".

        A place where nothing is found any more, as after an edit, changes nothing.
        """
        texts = dict(self.texts)
        for found in reversed(self.found):  # from the end, so that the places before stay right
            if place in (ALL, found.place):
                texts[found.field] = without(texts[found.field], found.seen.start, found.seen.end)
        return texts


def without(text: str, start: int, end: int) -> str:
    """Return a text with "[…]" in place of text[start:end], so that what is left reads well."""
    before, after = text[:start], text[end:]
    if before.endswith("](") and after.startswith(")"):
        return before[:-1] + after[1:]  # the target of a Markdown link: its words stay
    if before.rstrip(" ").endswith(LEFT):
        before = before.rstrip(" ").removesuffix(LEFT)
    if after.lstrip(" ").startswith(LEFT):
        after = after.lstrip(" ").removeprefix(LEFT)
    # "[…](" would begin a Markdown link.
    return before + LEFT + (" " if after.startswith("(") else "") + after
