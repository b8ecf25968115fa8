"""What was decided a moment ago: told once on the next page, sealed in its address, undoable."""

import json
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from fastapi import Request

from app.moderation.desk import Decided, Undo
from app.staff.current import Current
from app.web import tokens
from app.web.languages import N_

SECONDS: Final = 10
_ON_THE_WAY: Final = 2  # for the page to arrive, and the answer
_TOLD: Final = timedelta(minutes=2)
_AT: Final = struct.Struct(">d")
_PURPOSE: Final = "desk done"
SAYS: Final[dict[str, str]] = {
    "approve": N_("Approved"),
    "remove": N_("Removed"),
    "return": N_("Sent back to its writer"),
    "hide": N_("Hidden"),
    "remove_image": N_("Picture removed"),
    "uphold": N_("Upheld"),
    "restore": N_("Restored"),
    "suppress": N_("Suppressed"),
    "release": N_("To be released with the next release"),
    "exclude": N_("To be left out with the next release"),
    "propose": N_("Proposed: another senior must agree"),
    "undo": N_("Undone"),
    "skip": N_("Skipped, no reason asked"),
    "hand_over": N_("Handed over to the seniors"),
}


@dataclass(frozen=True)
class Done:
    """What was done to how many items, whose the others were, and what takes it back.

    beaten: names of those who were first with near-duplicates. token: empty once it is too late
    or where there is no way back.
    """

    action: str
    number: int
    many: int
    beaten: Sequence[str]
    undo: Sequence[Undo]
    token: str

    @property
    def says(self) -> str:
        """What was done, as a message id."""
        return SAYS[self.action]


def seal(
    request: Request,
    who: Current,
    action: str,
    decided: Sequence[Decided] = (),
    beaten: Sequence[str] = (),
) -> str:
    """Seal what was done, for somebody alone."""
    settings = request.app.state.settings
    now = settings.now()
    undo = [each.undo.to_bytes().decode() for each in decided if each.undo]
    told = {
        "action": "propose" if any(each.proposed for each in decided) else action,
        "number": decided[0].number if decided else 0,
        "many": len(decided),
        "beaten": list(beaten),
        "undo": undo,
    }
    plain = _AT.pack(now.timestamp()) + zlib.compress(json.dumps(told).encode())
    return tokens.seal(settings, _purpose(who), plain, now)


def read(request: Request, who: Current) -> Done | None:
    """Return what the address of a page tells was done, unless it is long past."""
    return opened(request, who, request.query_params.get("done", ""))


def opened(request: Request, who: Current, token: str) -> Done | None:
    """Open what `seal` made for the same person; None for anything else."""
    settings = request.app.state.settings
    now = settings.now()
    try:
        plain = tokens.unseal(settings, _purpose(who), token, now, _TOLD) if token else b""
    except (tokens.Unreadable, tokens.Stale):
        plain = b""
    if not plain:
        return None
    (at,) = _AT.unpack_from(plain)
    told: dict[str, Any] = json.loads(zlib.decompress(plain[_AT.size :]))
    undo = [Undo.from_bytes(each.encode()) for each in told.pop("undo")]
    late = now.timestamp() - at > SECONDS + _ON_THE_WAY
    return Done(**told, undo=undo, token="" if late or not undo else token)


def _purpose(who: Current) -> str:
    return f"{_PURPOSE} {who.id.hex()}"
