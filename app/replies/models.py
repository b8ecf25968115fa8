"""Tables of replies: who asks to answer for an employer, and how far they proved it."""

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Identifier


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
