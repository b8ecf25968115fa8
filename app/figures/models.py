"""Tables of the figures: releases, cohorts with their noisy counts, and what pages read of them.

Nothing here was ever exact: counts are noisy before they are written, and no count of reports
stands anywhere.
"""

from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import JSON, Date, Float, ForeignKey, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PUBLIC, Base, Identifier

Stratum = Literal["verified", "self_reported"]
STRATA: Final[tuple[Stratum, ...]] = ("verified", "self_reported")


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
