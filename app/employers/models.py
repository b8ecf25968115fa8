"""Tables of the directory: employers, their names, cities and domains, and sourced claims."""

from typing import Any

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PUBLIC, Base, Identifier

TURNED_DOWN = "turned_down"  # a status, beside unconfirmed and confirmed
NAMES_THEMSELVES = "kind IN ('name', 'alias', 'former')"


class Employer(Base):
    """A company. `name` may be in either script; `name_zh` is its Chinese one where both exist.

    A merged employer keeps its row and its id; `canonical_id` is the one that stands for all.
    """

    __tablename__ = "employer"
    __table_args__: Any = PUBLIC

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_zh: Mapped[str | None] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(2))
    industry: Mapped[str | None] = mapped_column(String(30))
    website: Mapped[str | None] = mapped_column(String(1000))
    status: Mapped[str] = mapped_column(String(12))
    demo: Mapped[bool] = mapped_column(Boolean)
    parent_id: Mapped[bytes | None] = mapped_column(ForeignKey("employer.id"), index=True)
    merged_into_id: Mapped[bytes | None] = mapped_column(ForeignKey("employer.id"))
    canonical_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), index=True)

    @property
    def confirmed(self) -> bool:
        """Whether the desk, an import or the demo vouches that it exists."""
        return self.status == "confirmed"

    @property
    def open(self) -> bool:
        """Whether reports and threads about it are taken: not if the desk turned it down."""
        return self.status != TURNED_DOWN

    def name_in(self, lang: str) -> str:
        """The name to show first in a language."""
        return (self.name_zh or self.name) if lang == "zh" else self.name

    def other_name(self, lang: str) -> str | None:
        """The name in the other script, where there is one."""
        if self.name_zh is None:
            return None
        return self.name if lang == "zh" else self.name_zh


class EmployerAlias(Base):
    """What an employer is found by: its names, and the pinyin and initials of them.

    `kind` is name, alias, former, pinyin or initials. A name means one employer only.
    """

    __tablename__ = "employer_alias"
    __table_args__: Any = (
        Index("ix_employer_alias_key", "key"),
        Index(
            "uq_employer_alias_key",
            "key",
            unique=True,
            sqlite_where=text(NAMES_THEMSELVES),
            postgresql_where=text(NAMES_THEMSELVES),
        ),
        PUBLIC,
    )

    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(400), primary_key=True)
    alias: Mapped[str] = mapped_column(String(120))


class EmployerCity(Base):
    """A city in which an employer has people; the key of app/employers/cities.py."""

    __tablename__ = "employer_city"
    __table_args__: Any = PUBLIC

    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    city: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class EmployerDomain(Base):
    """A work-mail domain and the one employer that it means."""

    __tablename__ = "employer_domain"
    __table_args__: Any = PUBLIC

    domain: Mapped[str] = mapped_column(String(253), primary_key=True)
    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), index=True)


class SourcedClaim(Base):
    """A row of a public table, in its own words and as read; never part of the figures.

    Times are minutes, ends counted from the midnight before arriving; presence is minutes a
    week; month is YYYY-MM. A bound is None where the words leave it open.
    """

    __tablename__ = "sourced_claim"
    __table_args__: Any = PUBLIC

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    employer_id: Mapped[bytes] = mapped_column(ForeignKey("employer.id"), index=True)
    source: Mapped[str] = mapped_column(String(30))
    source_row: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(8))
    claim_kind: Mapped[str] = mapped_column(String(20))
    written: Mapped[str] = mapped_column(String(120))
    place_written: Mapped[str] = mapped_column(Text)
    cities: Mapped[list[str]] = mapped_column(JSON)
    schedule: Mapped[str] = mapped_column(Text)
    schedule_code: Mapped[str | None] = mapped_column(String(80))
    start_lo: Mapped[int | None] = mapped_column(Integer)
    start_hi: Mapped[int | None] = mapped_column(Integer)
    end_lo: Mapped[int | None] = mapped_column(Integer)
    end_hi: Mapped[int | None] = mapped_column(Integer)
    days_lo: Mapped[float | None] = mapped_column(Float)
    days_hi: Mapped[float | None] = mapped_column(Float)
    presence_lo: Mapped[int | None] = mapped_column(Integer)
    presence_hi: Mapped[int | None] = mapped_column(Integer)
    month: Mapped[str | None] = mapped_column(String(7))
    month_written: Mapped[str] = mapped_column(Text)
    evidence_urls: Mapped[list[str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    flags: Mapped[list[str]] = mapped_column(JSON)
    confidence: Mapped[str] = mapped_column(String(10))
