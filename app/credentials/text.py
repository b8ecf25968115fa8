"""A credential as a worker keeps it: six lines of text, alike from browser and command. Pure.

Lamplight credential 1
quarter 2026Q4
name Meridian Cloud
directory <head> <issuer's public key> <its signature of the head>     in hex
employer <key id in hex> <prepared message> <signature>                base64url, unpadded
site <key id in hex> <prepared message> <signature>

What is shown to the site is one of the last two lines, never both.
"""

import base64
import re
from dataclasses import dataclass
from typing import Final, Literal

from app.credentials import blind

TITLE: Final = "Lamplight credential 1"
MESSAGE: Final = b"lamplight credential 1"
PREPARED_BYTES: Final = blind.PREFIX_BYTES + len(MESSAGE)
Label = Literal["employer", "site"]
LABELS: Final[tuple[Label, Label]] = ("employer", "site")
_QUARTER: Final = re.compile(r"2[0-9]{3}Q[1-4]")


class NotACredential(ValueError):
    """A text that is no credential, or not the whole of one; the message says."""


@dataclass(frozen=True)
class Signed:
    """One signature: of a prepared message, under a key that is named by its id."""

    key: bytes
    prepared: bytes
    signature: bytes

    def line(self, label: Label) -> str:
        """Spell it as the line that is pasted on the site."""
        return f"{label} {self.key.hex()} {encoded(self.prepared)} {encoded(self.signature)}"


@dataclass(frozen=True)
class Credential:
    """Two signatures of one quarter, and the head of the directory under which they were made."""

    quarter: str
    name: str
    head: bytes
    issuer: bytes
    head_signature: bytes
    signed: dict[Label, Signed]

    def line(self, label: Label) -> str:
        """Spell the one line to paste."""
        return self.signed[label].line(label)


def write(credential: Credential) -> str:
    """Spell a credential, its last line ended."""
    seen = (credential.head, credential.issuer, credential.head_signature)
    lines = [
        TITLE,
        f"quarter {credential.quarter}",
        f"name {plain(credential.name)}",
        "directory " + " ".join(part.hex() for part in seen),
        *(credential.line(label) for label in LABELS),
    ]
    return "\n".join(lines) + "\n"


def read(text: str) -> Credential:
    """Read a credential; spaces and empty lines around its lines are overlooked.

    Raises NotACredential.
    """
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines or lines[0] != TITLE:
        raise NotACredential(f"this is no credential: its first line is not '{TITLE}'")
    parts = dict(line.partition(" ")[::2] for line in lines[1:])
    try:
        if (len(lines), len(parts)) != (6, 5) or not _QUARTER.fullmatch(parts["quarter"]):
            raise ValueError
        head, issuer, signature = _hex(parts["directory"], 32, 32, 64)
        signed = {label: _signed(parts[label]) for label in LABELS}
        return Credential(parts["quarter"], parts["name"], head, issuer, signature, signed)
    except (KeyError, ValueError):
        raise NotACredential("this credential is not whole: a line is missing or cut") from None


def encoded(raw: bytes) -> str:
    """Spell bytes in base64url without padding (RFC 4648, 5)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(spelt: str) -> bytes:
    """Read base64url without padding, in its one spelling. Raises ValueError."""
    raw = base64.urlsafe_b64decode(spelt + "=" * (-len(spelt) % 4))
    if encoded(raw) != spelt:
        raise ValueError("no base64url")
    return raw


def plain(name: str) -> str:
    """Make a name fit for one line of a file and a terminal: no control character, no break."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())


def _hex(spelt: str, *lengths: int) -> list[bytes]:
    raw = [bytes.fromhex(part) for part in spelt.split(" ")]
    if [len(part) for part in raw] != list(lengths):
        raise ValueError("other lengths")
    return raw


def _signed(spelt: str) -> Signed:
    key, prepared, signature = spelt.split(" ")
    found = Signed(_hex(key, 32)[0], decoded(prepared), decoded(signature))
    sizes = len(found.prepared), len(found.signature)
    if sizes != (PREPARED_BYTES, blind.MODULUS_BITS // 8) or not found.prepared.endswith(MESSAGE):
        raise ValueError("other lengths")
    return found
