"""The hour report: raw, of nobody, found only by who wrote it and by the release; and about how
many wait."""

from typing import Any, Final

from sqlalchemy import Boolean, Float, ForeignKey, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Identifier


class HourReport(Base):
    """One worker's usual week for one employer and quarter; no day, no time, no account.

    Pending until a release freezes it into a cohort. A frozen report that is withdrawn, or that
    the release has done with, keeps its tags and quarter and nothing else: an empty tombstone.
    """

    __tablename__ = "hour_report"

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    tag: Mapped[bytes] = mapped_column(Identifier, unique=True)
    mine: Mapped[bytes] = mapped_column(Identifier, unique=True)
    employer_id: Mapped[bytes | None] = mapped_column(
        LargeBinary(16), ForeignKey("employer.id"), index=True
    )
    quarter: Mapped[str] = mapped_column(String(6))
    cohort_id: Mapped[bytes | None] = mapped_column(Identifier, index=True)
    verified: Mapped[bool] = mapped_column(Boolean, default=False)
    verify_later: Mapped[bool] = mapped_column(Boolean, default=False)

    start: Mapped[int | None] = mapped_column(SmallInteger)
    end: Mapped[int | None] = mapped_column(SmallInteger)
    days: Mapped[float | None] = mapped_column(Float)
    lunch: Mapped[int | None] = mapped_column(SmallInteger)
    dinner: Mapped[int | None] = mapped_column(SmallInteger)
    friday_end: Mapped[int | None] = mapped_column(SmallInteger)
    official_end: Mapped[int | None] = mapped_column(SmallInteger)
    city: Mapped[str | None] = mapped_column(String(60))
    role: Mapped[str | None] = mapped_column(String(20))
    pay: Mapped[str | None] = mapped_column(String(20))
    choice: Mapped[str | None] = mapped_column(String(20))
    reached: Mapped[str | None] = mapped_column(String(20))
    rest_days: Mapped[int | None] = mapped_column(SmallInteger)
    ill: Mapped[str | None] = mapped_column(String(20))
    burnout: Mapped[int | None] = mapped_column(SmallInteger)

    @property
    def state(self) -> str:
        """pending, frozen or withdrawn (an empty tombstone)."""
        if self.employer_id is None:
            return "withdrawn"
        return "pending" if self.cohort_id is None else "frozen"


class Waiting(Base):
    """About how many reports of a stratum waited when the last release was over.

    They are of an employer that stood for itself then, and of those merged into it.

    What is more by the next release came in between, which no report says of itself. The number
    bears noise, and below a few there is none. burst: about how many came in one week that was a
    burst, until a cohort has taken them in. Every release writes all rows anew.
    """

    __tablename__ = "waiting"

    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    stratum: Mapped[str] = mapped_column(String(13), primary_key=True)
    about: Mapped[int] = mapped_column(Integer)
    burst: Mapped[int | None] = mapped_column(Integer)


_KEPT = {"id", "tag", "mine", "quarter"}
EMPTY: Final[dict[str, Any]] = {
    column.name: None if column.nullable else False
    for column in HourReport.__table__.columns
    if column.name not in _KEPT
}
PENDING: Final = HourReport.cohort_id.is_(None) & HourReport.employer_id.is_not(None)
FROZEN: Final = HourReport.cohort_id.is_not(None) & HourReport.employer_id.is_not(None)
