"""A credential as its holder presents it: one line of text, read strictly. Pure.

    [employer|site] <key id, hex> <prepared message, base64url> <signature, base64url>

The prepared message is 32 random bytes and the same words in every credential, so that it says
nothing of who holds it; which employer and quarter it proves follows from the key alone.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from app.credentials import blind

WORDS: Final = b"lamplight credential 1"
PREPARED_BYTES: Final = blind.PREFIX_BYTES + len(WORDS)
SIGNATURE_BYTES: Final = blind.MODULUS_BITS // 8
LABELS: Final = ("employer", "site")

_KEY_ID: Final = re.compile("[0-9a-f]{64}")
_HEADING: Final = ["lamplight", "credential"]


class NotPresented(ValueError):
    """Text that is not one credential line."""


class WholeCredential(NotPresented):
    """The whole credential, both lines of it, of which one at most may be shown to anybody."""


@dataclass(frozen=True)
class Presented:
    """One signature of one key over one prepared message; nothing here is verified yet."""

    key: bytes
    prepared: bytes
    signature: bytes

    @property
    def digest(self) -> bytes:
        """What is kept of it once it is spent: SHA-256 of the prepared message."""
        return sha256(self.prepared).digest()


def read(text: str) -> Presented:
    """Read the line that a wallet picked; blanks around and between its parts do not matter.

    Raises WholeCredential for the whole text, NotPresented for anything else.
    """
    parts = text.split()
    if [part.lower() for part in parts[:2]] == _HEADING or set(LABELS) <= set(parts):
        raise WholeCredential("the whole credential")
    if parts and parts[0] in LABELS:
        parts = parts[1:]
    if len(parts) != 3 or not _KEY_ID.fullmatch(parts[0]):
        raise NotPresented("not one line of a credential")
    prepared, signature = _bytes(parts[1], PREPARED_BYTES), _bytes(parts[2], SIGNATURE_BYTES)
    if not prepared.endswith(WORDS):
        raise NotPresented("another message")
    return Presented(bytes.fromhex(parts[0]), prepared, signature)


def write(label: str, presented: Presented) -> str:
    """Write a line as the wallets do."""
    parts = (label, presented.key.hex(), _text(presented.prepared), _text(presented.signature))
    return " ".join(parts)


def _bytes(text: str, length: int) -> bytes:
    """Read unpadded base64url of so many bytes, in its one spelling (RFC 4648, 5)."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotPresented("no base64url") from None
    if len(raw) != length or _text(raw) != text:
        raise NotPresented("another length, or another spelling")
    return raw


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
