"""Tables of the staff: who they are, how they prove it, which employers they are tied to."""

from datetime import date, datetime
from typing import Final, Literal, get_args

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Identifier

Role = Literal["representative", "moderator", "senior", "auditor", "operator"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)


class Staff(Base):
    """One named account: moderator, senior, auditor, operator or representative.

    password: an argon2id hash, empty until it was set up; secret: the key of its one-time codes,
    sealed; step: the last 30-second step whose code was used; setup: the digest of the one-time
    set-up secret, which ends on setup_until. A representative speaks for employer_id.
    """

    __tablename__ = "staff"

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    role: Mapped[str] = mapped_column(String(14))
    active: Mapped[bool] = mapped_column(Boolean)
    password: Mapped[str | None] = mapped_column(String(120))
    secret: Mapped[bytes | None] = mapped_column(LargeBinary(80))
    step: Mapped[int] = mapped_column(Integer)
    setup: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    setup_until: Mapped[date | None] = mapped_column(Date)
    employer_id: Mapped[bytes | None] = mapped_column(LargeBinary(16), ForeignKey("employer.id"))


class RecoveryCode(Base):
    """A code that stands in for the telephone once; 128 random bits, of which only a digest."""

    __tablename__ = "recovery_code"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("staff.id"), index=True)


class StaffSession(Base):
    """A sign-in of the staff: the digest of its token; times rounded down to five minutes.

    proven: when the second factor was last given, for what asks for it within five minutes.
    """

    __tablename__ = "staff_session"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("staff.id"), index=True)
    began: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    proven: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Tie(Base):
    """That somebody of the staff is tied to an employer, and never gets its items."""

    __tablename__ = "tie"

    staff_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("staff.id"), primary_key=True)
    employer_id: Mapped[bytes] = mapped_column(
        Identifier, ForeignKey("employer.id"), primary_key=True
    )
