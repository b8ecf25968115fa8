"""The issuer's directory as the site has it: the bytes last copied, and the checks before copying.

Wallets hold the site's copy against what they pinned; the site itself never takes a document that
its issuer did not sign, or that contradicts what it has shown before (docs/credentials.md).
"""

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.credentials import chain
from app.credentials.chain import Directory, NotADirectory
from app.credentials.models import PublishedDirectory
from app.db import insert_once
from app.web import editions

EDITION: Final = "keys"
_NAME: Final = "keys"


class Contradiction(ValueError):
    """A document that does not continue the published one; the message says where."""


def document(db: Session) -> bytes | None:
    """Return the published document, byte for byte; None before the first."""
    return db.scalar(select(PublishedDirectory.document))


def current(db: Session) -> Directory | None:
    """Return the published directory; None before the first."""
    written = document(db)
    return None if written is None else _read(written)


def publish(db: Session, written: bytes) -> bool:
    """Take a document in place of the published one; True if it says anything new.

    Raises NotADirectory for what is none or is not signed, Contradiction for what the published
    one rules out: another issuer, a rewritten entry, or keys dropped beside others that stay.
    """
    directory = verified(written)
    if insert_once(db, PublishedDirectory, name=_NAME, document=written):
        editions.bump(db, EDITION)
        return True
    row = db.scalars(select(PublishedDirectory).with_for_update()).one()
    if row.document == written:
        return False
    _continue(_read(row.document), directory)
    row.document = written
    editions.bump(db, EDITION)
    return True


def verified(written: bytes) -> Directory:
    """Read a document and check the issuer's signature of its head; raises NotADirectory."""
    directory = chain.read(written)
    try:
        key = Ed25519PublicKey.from_public_bytes(directory.issuer)
        key.verify(directory.signature, chain.SIGNED + directory.head)
    except (InvalidSignature, ValueError):
        raise NotADirectory("the head is not signed by the issuer that it names") from None
    return directory


def _continue(old: Directory, new: Directory) -> None:
    """Raise Contradiction unless the new directory is the old one, with more at its end."""
    if new.issuer != old.issuer:
        raise Contradiction("the document is signed with another key than the published one")
    if new.place(old.head) is None:
        raise Contradiction("the document does not contain the head of the published one")
    # What is dropped from the beginning is over. Else a key could be dropped and made anew.
    dropped = {key.quarter for id, key in old.keys.items() if id not in new.keys}
    kept = {key.quarter for key in new.keys.values()}
    if dropped and kept and max(dropped) >= min(kept):
        raise Contradiction("the document drops keys of a quarter that is not over")


@lru_cache(maxsize=2)
def _read(written: bytes) -> Directory:
    """Read a document that was checked when it was published; again only when it changes."""
    return chain.read(written)
