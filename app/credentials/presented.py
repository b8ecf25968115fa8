"""A credential as its holder presents it: one line of its text, read strictly. Pure.

    [employer|site] <key id, hex> <prepared message, base64url> <signature, base64url>

The prepared message is 32 random bytes and the same words in every credential, so that it says
nothing of who holds it; which employer and quarter it proves follows from the key alone.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from app.credentials import blind, text
from app.credentials.text import LABELS, MESSAGE, PREPARED_BYTES, Signed

SIGNATURE_BYTES: Final = blind.MODULUS_BITS // 8
_KEY_ID: Final = re.compile("[0-9a-f]{64}")
_TITLE: Final = text.TITLE.lower().split()[:2]


class NotPresented(ValueError):
    """Text that is not one credential line."""


class WholeCredential(NotPresented):
    """The whole credential, both lines of it, of which one at most may be shown to anybody."""


@dataclass(frozen=True)
class Presented(Signed):
    """One signature of one key over one prepared message; nothing here is verified yet."""

    @property
    def digest(self) -> bytes:
        """What is kept of it once it is spent: SHA-256 of the prepared message."""
        return sha256(self.prepared).digest()


def read(written: str) -> Presented:
    """Read the line that a wallet picked; blanks around and between its parts do not matter.

    Raises WholeCredential for the whole text, NotPresented for anything else.
    """
    parts = written.split()
    if [part.lower() for part in parts[:2]] == _TITLE or set(LABELS) <= set(parts):
        raise WholeCredential("the whole credential")
    if parts and parts[0] in LABELS:
        parts = parts[1:]
    if len(parts) != 3 or not _KEY_ID.fullmatch(parts[0]):
        raise NotPresented("not one line of a credential")
    prepared, signature = _raw(parts[1], PREPARED_BYTES), _raw(parts[2], SIGNATURE_BYTES)
    if not prepared.endswith(MESSAGE):
        raise NotPresented("another message")
    return Presented(bytes.fromhex(parts[0]), prepared, signature)


def _raw(part: str, length: int) -> bytes:
    try:
        raw = text.decoded(part)
    except ValueError:
        raise NotPresented("no base64url") from None
    if len(raw) != length:
        raise NotPresented("another length")
    return raw
