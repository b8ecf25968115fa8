"""Tables of the desk: the log, what opens its commitments, statements, appeals, kept texts."""

from datetime import date
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PUBLIC, Base, Identifier

Digest = LargeBinary(32)


class AuditEntry(Base):
    """One line of the public log: what the desk did, and the hash that chains it to the last one.

    before, after: states. reason: a code of app/triage/reasons.py. source: triage, flag,
    notice, own, appeal, rule. automated: whether automation detected it. days: how many it had
    waited, as a bucket. outcome: of an appeal. two: two persons decided. item, decider, employer:
    salted commitments, so that what they stand for can be erased and the chain still holds.
    """

    __tablename__ = "audit_entry"
    __table_args__: Any = PUBLIC

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date, index=True)
    kind: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(24))
    source: Mapped[str] = mapped_column(String(10))
    automated: Mapped[bool] = mapped_column(Boolean)
    before: Mapped[str] = mapped_column(String(12))
    after: Mapped[str] = mapped_column(String(12))
    days: Mapped[str] = mapped_column(String(4))
    outcome: Mapped[str | None] = mapped_column(String(10))
    two: Mapped[bool] = mapped_column(Boolean)
    item: Mapped[bytes] = mapped_column(Digest)
    decider: Mapped[bytes] = mapped_column(Digest)
    employer: Mapped[bytes | None] = mapped_column(Digest)
    hash: Mapped[bytes] = mapped_column(Digest)


class AuditHead(Base):
    """The one row that everybody who writes the log holds: its last number and hash."""

    __tablename__ = "audit_head"
    __table_args__: Any = PUBLIC

    name: Mapped[str] = mapped_column(String(4), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    hash: Mapped[bytes] = mapped_column(Digest)


class AuditOpening(Base):
    """What opens the commitments of a line; erasing it leaves the chain whole.

    The employer has a salt of its own, which the public log shows once enough lines name it. After
    six months staff_id is erased and salt is another one, which opens nothing.
    """

    __tablename__ = "audit_opening"

    salt: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, unique=True)
    employer_salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    item_id: Mapped[bytes | None] = mapped_column(LargeBinary(16), index=True)
    staff_id: Mapped[bytes | None] = mapped_column(LargeBinary(16), index=True)
    employer_id: Mapped[bytes | None] = mapped_column(LargeBinary(16))


class Statement(Base):
    """A statement of reasons, which waits on its writer's activity page for six months.

    number: of the log's line. sealed: passages and free words, encrypted and bound to the item.
    """

    __tablename__ = "statement"

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    item_id: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    number: Mapped[int] = mapped_column(Integer, unique=True)
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(24))
    source: Mapped[str] = mapped_column(String(10))
    automated: Mapped[bool] = mapped_column(Boolean)
    day: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Appeal(Base):
    """What a writer answers to a statement: open, upheld or restored.

    text and answer are sealed; the text is erased once it is decided.
    """

    __tablename__ = "appeal"

    statement_id: Mapped[bytes] = mapped_column(
        Identifier, ForeignKey("statement.id"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(10))
    day: Mapped[date] = mapped_column(Date)
    decided: Mapped[date | None] = mapped_column(Date)
    text: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)


class Decider(Base):
    """That somebody of the staff decided on an item once, and so never decides its appeal."""

    __tablename__ = "decider"

    item_id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    staff_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("staff.id"), primary_key=True)


class KeptText(Base):
    """The words of a removed item, sealed under the desk's key and bound to the item."""

    __tablename__ = "kept_text"

    item_id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Proposal(Base):
    """What one person proposes and only another one may do; void when the item has changed."""

    __tablename__ = "proposal"

    item_id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    staff_id: Mapped[bytes] = mapped_column(LargeBinary(16), ForeignKey("staff.id"))
    kind: Mapped[str] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(Integer)
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(24))
    number: Mapped[int] = mapped_column(Integer)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
