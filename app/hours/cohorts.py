"""When pending reports become a cohort: the threshold and its secret draw. Pure."""

import hashlib
import hmac
import math
from collections.abc import Iterable
from typing import Final

SHARE_OF_YEAR: Final = 10
P: Final = 0.2


def threshold(least: int, year: float, draw: int, quarter_closed: bool) -> int:
    """How many pending reports of one employer and stratum are frozen as one cohort.

    least: k. year: reports that were frozen in the last four quarters, as published: with noise,
    so that the rule knows nothing which the public does not. quarter_closed: this is the first
    release after a quarter closed, when k alone counts, so that a flood cannot starve the rest.
    """
    if quarter_closed:
        return least
    return max(least, math.ceil(year / SHARE_OF_YEAR)) + draw


def secret_draw(key: bytes, cohort: Iterable[bytes]) -> int:
    """A geometric draw (p = 0.2: 0, 1, 2 ... with mean 4) that stays the same for a cohort to be.

    Derived from a key and what names the next cohort, not stored: weekly runs meet the same
    draw, and a thief of the database does not. Nobody can tell which report will complete it.
    """
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in cohort:
        mac.update(len(part).to_bytes(4, "big") + part)
    uniform = (int.from_bytes(mac.digest()[:8], "big") + 1) / 2**64
    return int(math.log(uniform) / math.log(1 - P))
