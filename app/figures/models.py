"""Tables of the figures: releases, cohorts with their noisy counts, those that an alarm holds, what
pages read of them, and what was announced beside them.

Nothing here was ever exact: counts are noisy before they are written, and no count of reports
stands anywhere.
"""

from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PUBLIC, Base, Identifier

Stratum = Literal["verified", "self_reported"]
STRATA: Final[tuple[Stratum, ...]] = ("verified", "self_reported")
LEFT_OUT: Final = "left_out"  # the outcome of a cohort whose draw was thrown away


class Release(Base):
    """One weekly run; its number and day are public."""

    __tablename__ = "release"
    __table_args__: Any = PUBLIC

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date)


class Cohort(Base):
    """A frozen set of at least `least` reports of one employer and stratum, published once.

    `least` (k) and `epsilon` are what the settings said then; both are public.
    """

    __tablename__ = "cohort"
    __table_args__: Any = PUBLIC

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), index=True)
    stratum: Mapped[str] = mapped_column(String(13))
    quarter: Mapped[str] = mapped_column(String(6))
    release: Mapped[int] = mapped_column(ForeignKey("release.number"))
    least: Mapped[int] = mapped_column(SmallInteger)
    epsilon: Mapped[float] = mapped_column(Float)


class CohortCounts(Base):
    """One histogram of a cohort: noisy whole counts in the order of its bins."""

    __tablename__ = "cohort_counts"
    __table_args__: Any = PUBLIC

    cohort_id: Mapped[bytes] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    counts: Mapped[list[int]] = mapped_column(JSON)


class HeldCohort(Base):
    """A cohort over which an alarm sounded: drawn as any other, and held back until it is decided.

    counts: noisy whole counts by kind, which a release would publish as they are. rules: which
    alarms sounded, each with its statistic, rounded. The desk sets the state by a guarded UPDATE;
    the next release run carries it out and deletes the row.
    """

    __tablename__ = "held_cohort"
    __table_args__: Any = PUBLIC

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), index=True)
    stratum: Mapped[str] = mapped_column(String(13))
    quarter: Mapped[str] = mapped_column(String(6))
    release: Mapped[int] = mapped_column(ForeignKey("release.number"))
    least: Mapped[int] = mapped_column(SmallInteger)
    epsilon: Mapped[float] = mapped_column(Float)
    counts: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="held")
    version: Mapped[int] = mapped_column(Integer, default=0)


class CohortNote(Base):
    """That a cohort of a quarter was held: `released` afterwards, or a part of it `left_out`.

    Said on the employer's page while its quarter is summed; how many, or when, stands nowhere.
    """

    __tablename__ = "cohort_note"
    __table_args__: Any = PUBLIC

    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    stratum: Mapped[str] = mapped_column(String(13), primary_key=True)
    quarter: Mapped[str] = mapped_column(String(6), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(10), primary_key=True)


class Snapshot(Base):
    """What is published of one employer and stratum, in numbers of no language."""

    __tablename__ = "snapshot"
    __table_args__: Any = PUBLIC

    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    stratum: Mapped[str] = mapped_column(String(13), primary_key=True)
    numbers: Mapped[dict[str, Any]] = mapped_column(JSON)


class Ranking(Base):
    """An employer's row in the list: what it is ordered by, and the numbers that the row shows.

    Working hours a week with their interval, overtime hours, and about how many reports.
    """

    __tablename__ = "ranking"
    __table_args__: Any = PUBLIC

    stratum: Mapped[str] = mapped_column(String(13), primary_key=True)
    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    hours: Mapped[float] = mapped_column(Float)
    low: Mapped[int] = mapped_column(SmallInteger)
    high: Mapped[int] = mapped_column(SmallInteger)
    overtime: Mapped[float | None] = mapped_column(Float)
    about: Mapped[int] = mapped_column(Integer)
    codes: Mapped[str] = mapped_column(String(20))
    numbers: Mapped[dict[str, Any]] = mapped_column(JSON)


class PolicyEvent(Base):
    """What was announced of an employer, or a ruling or law of a place (ISO code), and where.

    text and text_zh: in either language, at least one of them.
    """

    __tablename__ = "policy_event"
    __table_args__: Any = (
        CheckConstraint("(employer_id IS NULL) <> (place IS NULL)", name="employer_or_place"),
        PUBLIC,
    )

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    employer_id: Mapped[bytes | None] = mapped_column(ForeignKey("employer.id"), index=True)
    place: Mapped[str | None] = mapped_column(String(2), index=True)
    text: Mapped[str | None] = mapped_column(String(200))
    text_zh: Mapped[str | None] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(1000))

    def text_in(self, lang: str) -> str:
        """What was announced, in a language or else in the other one."""
        both = (self.text_zh, self.text) if lang == "zh" else (self.text, self.text_zh)
        return both[0] or both[1] or ""
