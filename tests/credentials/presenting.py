"""A published directory that tests let grow, and lines of fresh credentials to present."""

import secrets
from dataclasses import dataclass, field
from datetime import date

from app.credentials import blind, chain, published, text
from app.credentials.presented import Presented
from app.db import Database
from tests.credentials.standings import Issuer, modulus

OPENED = date(2026, 11, 16)


@dataclass
class Published:
    """An issuer whose directory the site has copied; keys are numbers, each made once."""

    database: Database
    issuer: Issuer = field(default_factory=Issuer)

    def key(
        self,
        number: int,
        employer: bytes | None,
        quarter: str = "2026Q4",
        opened: date | None = OPENED,
    ) -> None:
        """List a key, and the day on which a pool of it opened."""
        self.issuer.key(number, employer, quarter)
        if opened:
            self.issuer.event("opening", number, opened)
        self.publish()

    def event(self, kind: chain.Kind, number: int, day: date = OPENED) -> None:
        """List what a key met."""
        self.issuer.event(kind, number, day)
        self.publish()

    def publish(self) -> None:
        """Copy the directory to the site."""
        with self.database.transaction() as db:
            published.publish(db, self.issuer.document())

    def credential(self, number: int) -> Presented:
        """Take a fresh signature of a key, blindly."""
        n, prepared = modulus(number), blind.prepare(text.MESSAGE)
        hidden = blind.blind(n, prepared)
        answer = self.issuer.sign(number, hidden.message)
        return Presented(
            chain.key_id(n), prepared, blind.finalize(n, prepared, answer, hidden.inverse)
        )

    def line(self, number: int) -> str:
        """Take a fresh credential of a key, as it is pasted."""
        return self.credential(number).line("employer")


def forged(number: int) -> Presented:
    """Make up a credential that nobody signed."""
    prepared = blind.prepare(text.MESSAGE)
    return Presented(chain.key_id(modulus(number)), prepared, secrets.token_bytes(256))
