"""Limits: budgets for joining, signing in and writing, counted in memory under a key made at start.

A network's address is never stored: it is hashed under a key that this process made and forgets,
or that several processes share in a Valkey, which forgets it too (app/web/shared.py).
Each kind has its own global budget, so that a flood of joining stops joining and nothing else.
"""

import hmac
import ipaddress
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from fastapi import Request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage
from limits.strategies import MovingWindowRateLimiter

from app.web.refusals import Refusal


@dataclass(frozen=True)
class Budget:
    """How often one network, and everybody together, may do a thing."""

    network: RateLimitItem
    everybody: RateLimitItem


BUDGETS: Final[Mapping[str, Budget]] = {
    "joining": Budget(parse("20 per hour"), parse("120 per minute")),
    "signing_in": Budget(parse("30 per 10 minutes"), parse("240 per minute")),
    "writing": Budget(parse("60 per 10 minutes"), parse("1200 per minute")),
    # What is being typed is looked at as it is typed.
    "checking": Budget(parse("600 per 10 minutes"), parse("3000 per minute")),
    "voting": Budget(parse("300 per 10 minutes"), parse("6000 per minute")),
    "flagging": Budget(parse("60 per 10 minutes"), parse("600 per minute")),
    # Each is a picture decoded and drawn anew: up to half a second of a core.
    "attaching": Budget(parse("30 per 10 minutes"), parse("240 per minute")),
    # Every new employer empties the page cache, because lists and searches name it.
    "adding": Budget(parse("10 per hour"), parse("30 per 10 minutes")),
    # Counted by name instead of network: whoever guesses may have many networks.
    "desk_signing_in": Budget(parse("10 per 10 minutes"), parse("240 per 10 minutes")),
    # Anybody may send a notice, and each is work for somebody at the desk.
    "noticing": Budget(parse("20 per hour"), parse("120 per 10 minutes")),
    # Each may wait for the name server of a stranger's domain.
    "applying": Budget(parse("30 per hour"), parse("60 per 10 minutes")),
    # Counted by mailbox instead of network.
    "applying_mail": Budget(parse("3 per day"), parse("120 per hour")),
}


class Limits:
    """The budgets of one application: of one process, or shared by several."""

    def __init__(
        self,
        budgets: Mapping[str, Budget] = BUDGETS,
        counts: Storage | None = None,
        key: Callable[[], bytes] | None = None,
    ) -> None:
        """Begin with everything unspent; counts and key are this process's own unless given."""
        own = secrets.token_bytes(32)
        self._budgets = budgets
        self._key = key or (lambda: own)
        self._windows = MovingWindowRateLimiter(counts or MemoryStorage())

    def spend(self, request: Request, kind: str, whose: str = "") -> None:
        """Count one act of a kind, of the request's network unless it is said whose.

        Raises a 429 when this network or everybody did too many, a 503 when nobody can count.
        """
        try:
            self._spend(self._budgets[kind], whose or network(request), kind)
        except StorageError as error:
            raise Refusal(503) from error

    def _spend(self, budget: Budget, whose: str, kind: str) -> None:
        # The kind is hashed too: one network's joining and writing bear different marks.
        mark = hmac.digest(self._key(), f"{kind} {whose}".encode(), sha256).hex()
        own = self._windows.hit(budget.network, kind, mark)
        if not own or not self._windows.hit(budget.everybody, kind):
            window = budget.everybody if own else budget.network
            raise Refusal(429, retry_after=min(window.get_expiry(), 600))


def spend(request: Request, kind: str, whose: str = "") -> None:
    """Count one act of a kind, one of BUDGETS, of a request's network or of a name."""
    request.app.state.limits.spend(request, kind, whose)


def network(request: Request) -> str:
    """Return the asker's /24 or /64, or one shared name for all who have no address (onion)."""
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return "onion"
    bits = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
