"""Signing for a mailbox: once a quarter, two signatures on what nobody here can read."""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import insert_once
from app.issuing import pools, sealing
from app.issuing.mailboxes import Mailbox
from app.issuing.models import SITE, Issued, SigningKey, SigningQuarter
from app.issuing.pairs import Pair, Part
from app.issuing.signer import PrivateKey, admitted, blind_sign
from app.settings import Settings


class NoKeys(Exception):
    """This employer has no keys that sign: not made yet, retired, closed, or destroyed."""


class AnotherKey(ValueError):
    """This was blinded for another key than the employer's or the site's of this quarter."""


class AlreadyIssued(Exception):
    """This mailbox took its credential of this quarter with another request."""


@dataclass(frozen=True)
class Window:
    """What signs for one employer in one quarter; its secrets open, in memory only.

    closed: its pools were weighed for the last time, so it answers what it answered before alone.
    """

    quarter: str
    employer: bytes
    site: bytes
    closed: bool
    pepper: bytes = field(repr=False)
    keys: dict[bytes, PrivateKey] = field(repr=False)

    def mark(self, mailbox: Mailbox) -> bytes:
        """Return by what a mailbox is known again in this quarter."""
        return hmac.digest(self.pepper, mailbox.counted.encode(), sha256)

    def admit(self, pair: Pair) -> None:
        """Raise AnotherKey or SigningRefused for what these keys cannot sign."""
        if (pair.employer.key, pair.site.key) != (self.employer, self.site):
            raise AnotherKey
        for part in (pair.employer, pair.site):
            admitted(self.keys[part.key], part.content)

    def sign(self, pair: Pair) -> Pair:
        """Sign both blinded messages; the same ones give the same signatures. Raises as `admit`."""
        self.admit(pair)
        return Pair(self._signed(pair.employer), self._signed(pair.site))

    def _signed(self, part: Part) -> Part:
        return Part(part.key, blind_sign(self.keys[part.key], part.content))


def open_window(db: Session, settings: Settings, quarter: str, employer: bytes) -> Window:
    """Open the keys and the pepper of an employer and quarter. Raises NoKeys."""
    row = db.get(SigningQuarter, quarter)
    asked = select(SigningKey).where(
        SigningKey.quarter == quarter, SigningKey.employer_id.in_([employer, SITE])
    )
    # A retired key's row stays, emptied.
    found = {key.employer_id: key for key in db.scalars(asked) if key.sealed_key}
    if row is None or set(found) != {employer, SITE}:
        raise NoKeys
    return Window(
        quarter,
        found[employer].id,
        found[SITE].id,
        _is_closed(row),
        sealing.open_pepper(settings, quarter, row.sealed_pepper),
        {k.id: sealing.open_key(settings, k.id, k.sealed_key) for k in found.values()},
    )


def is_repeat(db: Session, window: Window, mailbox: Mailbox, pair: Pair) -> bool:
    """Tell whether a mailbox was answered this very request before."""
    # Asked so that a row of other lines takes no longer than none.
    asked = select(Issued.quarter).where(
        Issued.mark == window.mark(mailbox), Issued.request == pair.digest
    )
    return db.scalar(asked) is not None


def record(db: Session, window: Window, mailbox: Mailbox, pair: Pair) -> None:
    """Note that a mailbox takes its credential; the same request again changes nothing.

    Raises AlreadyIssued when it took one with another request, NoKeys when the quarter was closed
    meanwhile.
    """
    new = insert_once(
        db, Issued, mark=window.mark(mailbox), request=pair.digest, quarter=window.quarter
    )
    if new:
        # One key after the other, always in this order: two who meet here wait, neither fails.
        for key in (window.employer, window.site):
            gathered = {SigningKey.gathered: SigningKey.gathered + 1}
            db.execute(update(SigningKey).where(SigningKey.id == key).values(gathered))
        # Looked at with the keys locked, so that it is weighed or not issued.
        if _is_closed(db.get_one(SigningQuarter, window.quarter)):
            raise NoKeys
    elif not is_repeat(db, window, mailbox, pair):
        raise AlreadyIssued


def _is_closed(row: SigningQuarter) -> bool:
    return row.weighed is not None and pools.is_closed(row.quarter, row.weighed)
