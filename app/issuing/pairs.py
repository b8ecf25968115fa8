"""The two lines that a wallet pastes in, and the two that it gets back. Pure."""

import base64
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

_LINE: Final = re.compile(r"(employer|site) ([0-9a-f]{64}) ([A-Za-z0-9_-]+)")
_KINDS: Final = {"employer", "site"}


class NotAPair(ValueError):
    """These are not one line for the employer's key and one for the site-wide key."""


class NotBase64(ValueError):
    """A line's last word is not base64url as it is written without padding (RFC 4648, 5)."""


@dataclass(frozen=True)
class Part:
    """What goes to one key, or comes from it: the key's id, and a blinded message or signature."""

    key: bytes
    content: bytes


@dataclass(frozen=True)
class Pair:
    """A mailbox's two parts: the employer's key and the site-wide key."""

    employer: Part
    site: Part

    @property
    def digest(self) -> bytes:
        """SHA-256 of both contents: by it the same request is known again."""
        return sha256(self.employer.content + self.site.content).digest()

    def __str__(self) -> str:
        return "\n".join(
            f"{kind} {part.key.hex()} {_base64(part.content)}"
            for kind, part in (("employer", self.employer), ("site", self.site))
        )


def read(text: str) -> Pair:
    """Read two lines in either order. Raises NotAPair and NotBase64."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines() if line.strip()]
    matches = [_LINE.fullmatch(line) for line in lines]
    found = {match[1]: match for match in matches if match}
    if len(lines) != len(_KINDS) or set(found) != _KINDS:
        raise NotAPair
    parts = {kind: _part(match[2], match[3]) for kind, match in found.items()}
    return Pair(parts["employer"], parts["site"])


def _part(key: str, written: str) -> Part:
    try:
        content = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except ValueError as error:
        raise NotBase64 from error
    if _base64(content) != written:  # spare bits in the last letter: two spellings of one number
        raise NotBase64
    return Part(bytes.fromhex(key), content)


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
