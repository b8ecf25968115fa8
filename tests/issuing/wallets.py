"""A worker's wallet without a browser, as the tests hold it: the pure functions, no files."""

import base64

from app.credentials import blind, chain, text
from app.credentials.blind import Blinded
from app.credentials.chain import Directory


class Wallet:
    """Blinds for the two keys of an employer and quarter, and opens the answer."""

    def __init__(self, document: bytes, employer: bytes, quarter: str = "2026Q4") -> None:
        """Blind two fresh messages for the keys in a directory."""
        self.directory: Directory = chain.read(document)
        found = [self.directory.key_of(of, quarter) for of in (employer, None)]
        self.keys = [key for key in found if key is not None]
        self.prepared = [blind.prepare(text.MESSAGE) for _ in self.keys]
        self.blinded: list[Blinded] = [
            blind.blind(key.n, prepared)
            for key, prepared in zip(self.keys, self.prepared, strict=True)
        ]

    @property
    def lines(self) -> str:
        """The two lines for the issuer."""
        return self.spelled(*(one.message for one in self.blinded))

    def spelled(self, *messages: bytes) -> str:
        """Two lines with other messages in them."""
        return "\n".join(
            f"{kind} {key.id.hex()} {base64url(message)}"
            for kind, key, message in zip(("employer", "site"), self.keys, messages, strict=True)
        )

    def opened(self, answer: str) -> list[bytes]:
        """The two signatures in the issuer's answer; raises BlindingFailed where one is wrong."""
        signatures = []
        for at, line in enumerate(answer.strip().splitlines()):
            kind, key, written = line.split(" ")
            assert (kind, key) == (("employer", "site")[at], self.keys[at].id.hex())
            raw = base64.urlsafe_b64decode(written + "==")
            inverse = self.blinded[at].inverse
            signatures.append(blind.finalize(self.keys[at].n, self.prepared[at], raw, inverse))
        assert len(signatures) == 2
        return signatures


def base64url(raw: bytes) -> str:
    """Spell bytes as wallets do."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
