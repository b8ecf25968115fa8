"""Tables of outside parties: notices that anybody sends, and the steps of those that name a law."""

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Identifier


class Notice(Base):
    """That somebody outside asked the desk to look at an item (Digital Services Act, article 16).

    receipt: the digest of the code that its sender was shown once. party: which kind of sender;
    reason: a code of app/triage/reasons.py; state: "asked" (its legal case waits for the item's
    side), "open" (in the queue) or "closed"; outcome and given: what was done and for which
    reason. number: of the log's line. contested: another person was asked to look again. sealed:
    words and passage; contact: name and e-mail, both under the desk's key and erased once it is
    decided.
    """

    __tablename__ = "notice"

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    receipt: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    item_id: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    party: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str | None] = mapped_column(String(10))
    given: Mapped[str | None] = mapped_column(String(24))
    day: Mapped[date] = mapped_column(Date)
    decided: Mapped[date | None] = mapped_column(Date)
    number: Mapped[int] = mapped_column(Integer)
    contested: Mapped[bool] = mapped_column(Boolean, default=False)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)


class LegalCase(Base):
    """What a notice that names a law adds: which place, until when the item's side may answer.

    place: a key of app/moderation/legal_profiles.py. until: the last day for an answer, None
    where the law leaves no time for one. version: the item's when the notice came. answer:
    "affirm", "counter", "edit", "withdraw" or None; sealed: the counter-statement.
    """

    __tablename__ = "legal_case"

    notice_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("notice.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(2))
    until: Mapped[date | None] = mapped_column(Date, index=True)
    version: Mapped[int] = mapped_column(Integer)
    answer: Mapped[str | None] = mapped_column(String(10))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
