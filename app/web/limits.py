"""Limits: budgets for joining, signing in and writing, kept in memory under a key made at start.

A network's address is never stored: it is hashed under a key that this process made and forgets.
Each kind has its own global budget, so that a flood of joining stops joining and nothing else.
"""

import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from fastapi import Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
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
}


class Limits:
    """The budgets of one process."""

    def __init__(self, budgets: Mapping[str, Budget] = BUDGETS) -> None:
        """Begin with everything unspent."""
        self._budgets = budgets
        self._key = secrets.token_bytes(32)
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def spend(self, request: Request, kind: str) -> None:
        """Count one act of a kind; raises a 429 when this network or everybody did too many."""
        budget = self._budgets[kind]
        mark = hmac.digest(self._key, _network(request).encode(), sha256).hex()
        own = self._windows.hit(budget.network, kind, mark)
        if not own or not self._windows.hit(budget.everybody, kind):
            window = budget.everybody if own else budget.network
            raise Refusal(429, retry_after=min(window.get_expiry(), 600))


def spend(request: Request, kind: str) -> None:
    """Count one act ("joining", "signing_in" or "writing") of a request's network."""
    request.app.state.limits.spend(request, kind)


def _network(request: Request) -> str:
    """Return the asker's /24 or /64, or one shared name for all who have no address (onion)."""
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return "onion"
    bits = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
