"""The chain of the audit log: the canonical line, the hash, the commitments. Pure."""

import json
from hashlib import sha256
from typing import Any, Final

# In this order, which is part of what outsiders verify; digests as hex.
FIELDS: Final = (
    *("number", "day", "kind", "action", "reason", "source", "automated", "before", "after"),
    *("days", "outcome", "two", "item", "decider", "employer"),
)


def canonical(line: Any) -> bytes:
    """Return a line (anything with FIELDS as attributes) as bytes: a JSON array without spaces."""
    values = [_plain(getattr(line, name)) for name in FIELDS]
    return json.dumps(values, separators=(",", ":")).encode()


def link(before: bytes, line: bytes) -> bytes:
    """Return the hash of a line that follows another."""
    return sha256(before + line).digest()


def commit(salt: bytes, field: str, value: bytes) -> bytes:
    """Return a commitment to a value, which says nothing without its salt of 32 bytes."""
    return sha256(salt + field.encode() + b"\0" + value).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return value if value is None or isinstance(value, bool | int | str) else value.isoformat()
