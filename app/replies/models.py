"""Tables of replies: what employers answer, who asks to answer, and how far they proved it."""

from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Identifier
from app.triage.item import Judged


class Reply(Judged, Base):
    """What an employer answers: once in each thread about it, and once on its own page.

    subject: what it answers, the thread's id or the employer's; one reply each. staff_id: which of
    its representatives wrote it last. text: None once it is taken out or withdrawn. day: on which
    readers first saw it as it stands, None while it was never seen and once it is withdrawn. Of a
    withdrawn one `why` keeps the reason for which it was out of sight, or that somebody asked the
    desk to look or was looking, so that what is written in its place waits to be looked at.
    """

    __tablename__ = "reply"
    __table_args__: Any = (Index("ix_reply_severity", "severity"), Base.__table_args__)

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    subject: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    employer_id: Mapped[bytes] = mapped_column(
        LargeBinary(16), ForeignKey("employer.id"), index=True
    )
    thread_id: Mapped[bytes | None] = mapped_column(LargeBinary(16), ForeignKey("thread.id"))
    staff_id: Mapped[bytes] = mapped_column(LargeBinary(16), ForeignKey("staff.id"))
    text: Mapped[str | None] = mapped_column(Text)
    day: Mapped[date | None] = mapped_column(Date)


class Representative(Base):
    """Somebody who asks to answer for an employer, until and after an account is theirs.

    word: the digest of what stands in the address of their page. sealed: the work address,
    erased once its code was typed; proof: a keyed digest of it from then on, so that one mailbox
    is one person. mails, tries: how many codes were sent, how often the last may be typed.
    recorded: the record stood in the domain's DNS. confirmed_by: the id of whoever says they
    know them; admitted: so an account is theirs to take, staff_id: once it is. Lapses after until.
    """

    __tablename__ = "representative"

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    employer_id: Mapped[bytes] = mapped_column(
        LargeBinary(16), ForeignKey("employer.id"), index=True
    )
    name: Mapped[str] = mapped_column(String(40))
    word: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    domain: Mapped[str] = mapped_column(String(253))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary(300))
    proof: Mapped[bytes | None] = mapped_column(LargeBinary(20), unique=True)
    mails: Mapped[int] = mapped_column(SmallInteger, default=0)
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    recorded: Mapped[bool] = mapped_column(Boolean, default=False)
    confirmed_by: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    admitted: Mapped[bool] = mapped_column(Boolean, default=False)
    staff_id: Mapped[bytes | None] = mapped_column(
        LargeBinary(16), ForeignKey("staff.id"), unique=True
    )
    until: Mapped[date] = mapped_column(Date)

    @property
    def proven(self) -> bool:
        """Whether the domain's DNS and the mailbox both vouch for them."""
        return self.recorded and self.proof is not None
