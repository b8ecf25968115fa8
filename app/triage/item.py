"""What every item that the desk judges has in its row: its state, its version, who looks at it."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column


class Judged:
    """Columns of an item; a mixin, so that one guarded UPDATE decides any of them.

    version: goes up with every edit, withdrawal and decision, and so makes a lease for an older
    one void. judged: somebody decided on this wording. severity: 1 the gravest to 4, while it
    waits; why: what made it wait, comma-separated codes (app/triage/weighing.py); waits_since: the
    day. hidden_until: the day on which an interim hiding ends. strike_until: until which day this
    removed thing counts against its slot's account. holder and lease_until: which of the staff
    looks at it, rounded to five minutes, emptied by whatever changes the item.
    """

    state: Mapped[str] = mapped_column(String(12))
    version: Mapped[int] = mapped_column(Integer, default=1)
    judged: Mapped[bool] = mapped_column(Boolean, default=False)
    severity: Mapped[int | None] = mapped_column(SmallInteger)
    why: Mapped[str | None] = mapped_column(String(120))
    waits_since: Mapped[date | None] = mapped_column(Date)
    hidden_until: Mapped[date | None] = mapped_column(Date)
    strike_until: Mapped[date | None] = mapped_column(Date)
    holder: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    lease_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    def lease_left(self, now: datetime) -> timedelta:
        """Return for how long somebody holds it; SQLite gives times without their zone."""
        until = self.lease_until
        if until is None:
            return timedelta()
        return max(timedelta(), (until if until.tzinfo else until.replace(tzinfo=UTC)) - now)
