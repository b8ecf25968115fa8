"""Tags: keyed hashes by which an account, and nobody else, recognises what it wrote. Pure.

A tag is HMAC-SHA256 under the account's master key over its purpose and arguments, each preceded
by its length, cut to 128 bits (docs/accounts.md). Without the key, two tags of one account
look like two random numbers.
"""

import hmac
from hashlib import sha256
from typing import Final

TAG_BYTES: Final = 16
_LENGTH_BYTES: Final = 4
_NUMBER_BYTES: Final = 8


def report(master_key: bytes, employer: bytes, quarter: str) -> bytes:
    """Tag the one hour report of a quarter ("2026Q4") and employer, by the id first filed under."""
    return _tag(master_key, "report", employer, quarter.encode())


def mine(master_key: bytes, n: int) -> bytes:
    """Tag the n-th hour report of an account, counting from 0, so that it finds them all."""
    return _tag(master_key, "mine", _number(n))


def spent(master_key: bytes, digest: bytes) -> bytes:
    """Tag a credential, by its hash, that an account redeemed, so that it can finish doing so."""
    return _tag(master_key, "spent", digest)


def slot(master_key: bytes, n: int) -> bytes:
    """Tag the n-th post or comment of an account, counting from 0, so that it finds them all."""
    return _tag(master_key, "slot", _number(n))


def nym(master_key: bytes, thread: bytes) -> bytes:
    """Tag the writer inside one thread, by the thread's id: the same there, and nowhere else."""
    return _tag(master_key, "nym", thread)


def vote(master_key: bytes, post: bytes) -> bytes:
    """Tag the one vote of an account on a post, by the post's id."""
    return _tag(master_key, "vote", post)


def flag(master_key: bytes, item: bytes) -> bytes:
    """Tag the one flag of an account on a post or an employer's reply, by its id."""
    return _tag(master_key, "flag", item)


def answer(master_key: bytes, thread: bytes) -> bytes:
    """Tag the one answer of an account to a thread's poll, by the thread's id."""
    return _tag(master_key, "answer", thread)


def _tag(master_key: bytes, purpose: str, *arguments: bytes) -> bytes:
    parts = (purpose.encode(), *arguments)
    message = b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in parts)
    return hmac.digest(master_key, message, sha256)[:TAG_BYTES]


def _number(n: int) -> bytes:
    return n.to_bytes(_NUMBER_BYTES, "big")
