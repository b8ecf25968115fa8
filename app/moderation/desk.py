"""What the verbs of the desk are given and give back: who acts, the verdict, what came of it. Pure.

Pages make a Desk from the signed-in person; nothing here tells who wrote an item.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from app.moderation.powers import Action, Role

# What the log calls acts that are no action of powers.py.
PROPOSE: Final = "propose"
UNDO: Final = "undo"
END_HIDING: Final = "end_hiding"


@dataclass(frozen=True)
class Desk:
    """Who acts: id and role, employers they declared ties to, whether they proved themselves.

    proven: the second factor was given within five minutes.
    """

    id: bytes
    role: Role
    ties: frozenset[bytes] = frozenset()
    proven: bool = False


@dataclass(frozen=True)
class Verdict:
    """What somebody decides: the action, a reason's code, passages it is about, free words.

    passages and words go to the writer's statement and nowhere else.
    """

    action: Action
    reason: str | None = None
    passages: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Undo:
    """What takes a decision back; a page seals it in a token of ten seconds.

    version: the one that the decision made; was: the columns as they were before.
    """

    kind: str
    item_id: bytes
    staff_id: bytes
    version: int
    number: int
    action: str
    was: dict[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Write it down as JSON."""
        plain = asdict(self) | {"item_id": self.item_id.hex(), "staff_id": self.staff_id.hex()}
        return json.dumps(plain, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, written: bytes) -> Self:
        """Read what to_bytes wrote."""
        plain = json.loads(written)
        ids = {name: bytes.fromhex(plain[name]) for name in ("item_id", "staff_id")}
        return cls(**(plain | ids))


@dataclass(frozen=True)
class Decided:
    """What came of a decision.

    number: of the log's line. before, after: states, the same when it was only proposed. version:
    the item's now. images: whose objects go after the commit. undo: None if it cannot be undone.
    """

    number: int
    kind: str
    item_id: bytes
    before: str
    after: str
    version: int
    images: tuple[bytes, ...] = ()
    proposed: bool = False
    undo: Undo | None = None


class Beaten(Exception):
    """Somebody was first, or the lease is over; nothing was changed. A page answers 409.

    code: "changed" (its writer edited or withdrew it), "taken" (somebody else looks at it),
    "decided" (somebody has decided), "lapsed" (the lease is over, or was never taken).
    name: who was first, where it was one of the staff.
    """

    def __init__(self, code: str, name: str | None = None) -> None:
        """Keep what happened and who was first."""
        super().__init__(code)
        self.code, self.name = code, name


class Refused(Exception):
    """The person may not do this; nothing was changed. A page answers 403.

    code: "power", "tie", "earlier_decider", "same_person", "step_up", "hidden_before", "no_image";
    "reason" and "words" (which the reason asks for) are a 422.
    """

    def __init__(self, code: str) -> None:
        """Keep which rule says so."""
        super().__init__(code)
        self.code = code


class NotThere(LookupError):
    """There is no such item."""
