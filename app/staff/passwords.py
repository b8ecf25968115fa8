"""Passwords of the staff: any eight characters or more that are not among the commonest.

No rule of composition, no cutting, no hint: what NIST SP 800-63B and OWASP ASVS 5.0 V6.2 ask for.
"""

import secrets
from functools import cache
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.web.languages import N_
from app.web.turnstile import Turnstile

SHORTEST: Final = 8
# OWASP's second choice for argon2id, as for phrases.
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Its own, so that a flood of joining workers does not keep the desk from signing in.
_TURNSTILE: Final = Turnstile(running=1, waiting=8)


@cache
def commonest() -> frozenset[str]:
    """Return the commonest passwords, in small letters."""
    text = (Path(__file__).parent / "common-passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def objection(password: str, name: str = "") -> str:
    """Return why a password is not taken, as a message id; empty when it is."""
    if len(password) < SHORTEST:
        return N_("At least eight characters. Any will do, and more are better.")
    if password.casefold() in commonest() or password.casefold() == name:
        return N_("This is among the first that anybody would try. Choose another.")
    return ""


def stretch(password: str) -> str:
    """Return what is stored of a password; raises a 503 when too many are at it."""
    with _TURNSTILE.turn():
        return HASHER.hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Tell whether a password is the stored one; nothing stored costs the same time.

    Call it before any transaction begins. Raises a 503 when too many are at it.
    """
    with _TURNSTILE.turn():
        try:
            return HASHER.verify(stored or _nobodys(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_weak(stored: str) -> bool:
    """Tell whether a stored password was stretched with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    """Make the hash that stands in for an account that is not there."""
    return HASHER.hash(secrets.token_hex())
