"""How an account begins, is opened, gets other words and ends; its row is touched nowhere else.

A transaction that writes an account row never writes content: the two would lie side by side on
the disk and in the log of the database, and that order would say who wrote what.
"""

import hmac
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.members import keys
from app.members.member import Member
from app.members.models import Account


def make_account(db: Session, opener: keys.Opener) -> Member:
    """Make the account of a phrase, or open the one it has; doing it twice changes nothing."""
    master_key = keys.fresh_master_key()
    insert_once(
        db,
        Account,
        lookup=opener.row,
        parameters=opener.parameters,
        wrapped_key=keys.wrap(opener, master_key),
        box=keys.seal_box(master_key, opener.row, {}),
    )
    # When the same form arrives twice, the row of the first one says which master key counts.
    member = sign_in(db, opener)
    assert member is not None  # noqa: S101 (the row is there, ours or the first one's)
    return member


def sign_in(db: Session, opener: keys.Opener) -> Member | None:
    """Open the account of a phrase, or return None if there is none."""
    wrapped = db.scalar(select(Account.wrapped_key).where(Account.lookup == opener.row))
    return Member(keys.unwrap(opener, wrapped), opener.row) if wrapped is not None else None


def is_open(db: Session, member: Member) -> bool:
    """Tell whether the row still stands: not closed, and its words not changed elsewhere."""
    return bool(db.scalar(select(exists().where(Account.lookup == member.row))))


def change_words(db: Session, member: Member, opener: keys.Opener) -> Member | None:
    """Give an account other words: the same master key under another row, so nothing is lost.

    Doing it twice changes nothing. None if the account is gone or the words are another's.
    """
    account = db.get(Account, member.row, with_for_update=True)
    moved = sign_in(db, opener)
    if account is None or moved is not None:
        same = moved is not None and hmac.compare_digest(moved.master_key, member.master_key)
        return moved if same else None
    box = keys.open_box(member.master_key, member.row, account.box)
    # A new row in every byte: whoever holds two copies of the table cannot pair old and new.
    account.lookup = opener.row
    account.parameters = opener.parameters
    account.wrapped_key = keys.wrap(opener, member.master_key)
    account.box = keys.seal_box(member.master_key, opener.row, box)
    db.flush()
    return Member(member.master_key, opener.row)


def read_box(db: Session, member: Member) -> dict[str, Any] | None:
    """Return what an account keeps for itself, or None if its row is gone."""
    sealed = db.scalar(select(Account.box).where(Account.lookup == member.row))
    return None if sealed is None else keys.open_box(member.master_key, member.row, sealed)


def write_box(
    db: Session, member: Member, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> bool:
    """Put what `change` makes of an account's box in its place; False if the row is gone.

    Alone in its transaction, and never on a visit: the days on which a box changed can be read
    off several copies of the table. So a change that changes nothing writes nothing.
    """
    account = db.get(Account, member.row, with_for_update=True, populate_existing=True)
    if account is None:
        return False
    box = keys.open_box(member.master_key, member.row, account.box)
    changed = change(box)
    if changed != box:
        account.box = keys.seal_box(member.master_key, member.row, changed)
        db.flush()
    return True


def close(db: Session, member: Member) -> None:
    """Delete the account row; what it wrote must have been withdrawn before, apart from this."""
    db.execute(delete(Account).where(Account.lookup == member.row))
