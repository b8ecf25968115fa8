"""Badges: which employers an account has proved to work for, kept in its own sealed box. Pure.

In the box: {"badges": [[employer id in hex, or "" where it is withheld, "2026Q4"], ...]}.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.members import keys
from app.weeks.quarters import Quarter

_PLACE: Final = "badges"


class BoxFull(ValueError):
    """No room for another badge until an older one ends."""


@dataclass(frozen=True)
class Badge:
    """Somebody works there, in a quarter; employer is None for 'verified worker' only."""

    employer: bytes | None
    quarter: Quarter

    @property
    def last_day(self) -> date:
        """The last day on which it counts: when its keys are destroyed, so is its worth."""
        return self.quarter.next.last_day

    def stands(self, day: date) -> bool:
        """Tell whether it still counts on a day."""
        return day <= self.last_day

    def proves(self, family: Collection[bytes], quarter: Quarter) -> bool:
        """Tell whether it is of one of an employer's ids, and of a quarter."""
        return self.employer in family and self.quarter == quarter


def read(box: dict[str, Any], day: date) -> Sequence[Badge]:
    """Return the badges in a box that count on a day, the newest quarter first."""
    held = [
        Badge(bytes.fromhex(employer) or None, Quarter.parse(quarter))
        for employer, quarter in box.get(_PLACE, [])
    ]
    standing = [badge for badge in held if badge.stands(day)]
    return sorted(standing, key=lambda badge: badge.quarter, reverse=True)


def add(box: dict[str, Any], badge: Badge, day: date) -> dict[str, Any]:
    """Return a box with one badge more; those that count no longer make room.

    A box that holds it already stays as it is. Raises BoxFull.
    """
    held = read(box, day)
    if badge in held:
        return box
    written = [[b.employer.hex() if b.employer else "", str(b.quarter)] for b in (*held, badge)]
    filled = {**box, _PLACE: written}
    if not keys.fits(filled):
        raise BoxFull
    return filled
