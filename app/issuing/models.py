"""The issuer's own tables, in its own database: what it must know, of nobody by name."""

from datetime import date
from typing import Any, Final

from sqlalchemy import (
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.db import NAMES, PUBLIC, Identifier

SITE: Final = bytes(16)  # in place of an employer's id: the site-wide key of a quarter


class IssuerBase(DeclarativeBase):
    """Every table of the issuer; never in one database with the site's."""

    metadata = MetaData(naming_convention=NAMES)
    __table_args__: Any = {"sqlite_with_rowid": False}  # noqa: RUF012 (SQLAlchemy's own spelling)


class KnownEmployer(IssuerBase):
    """An employer as the site knew it when keys were minted last; a copy, public anyway."""

    __tablename__ = "known_employer"
    __table_args__: Any = PUBLIC

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    name_zh: Mapped[str | None] = mapped_column(String(120))


class KnownDomain(IssuerBase):
    """A work-mail domain and the employer that it means; a copy as well."""

    __tablename__ = "known_domain"
    __table_args__: Any = PUBLIC

    domain: Mapped[str] = mapped_column(String(253), primary_key=True)
    employer_id: Mapped[bytes] = mapped_column(ForeignKey("known_employer.id"), index=True)


class SigningQuarter(IssuerBase):
    """The pepper of one quarter, sealed under the issuer's secret; destroyed with its keys.

    `weighed` is the day of the weekly run that looked at its pools last.
    """

    __tablename__ = "signing_quarter"

    quarter: Mapped[str] = mapped_column(String(6), primary_key=True)
    sealed_pepper: Mapped[bytes] = mapped_column(LargeBinary(60))
    weighed: Mapped[date | None] = mapped_column(Date)


class SigningKey(IssuerBase):
    """The private key of an employer (or SITE) and quarter, sealed under the issuer's secret.

    `gathered` counts the credentials issued since its pool last opened. A retired key keeps its
    row, without the key, so that there is never a second one.
    """

    __tablename__ = "signing_key"
    __table_args__: Any = (UniqueConstraint("quarter", "employer_id"), IssuerBase.__table_args__)

    id: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    quarter: Mapped[str] = mapped_column(ForeignKey("signing_quarter.quarter"))
    employer_id: Mapped[bytes] = mapped_column(Identifier)
    sealed_key: Mapped[bytes] = mapped_column(LargeBinary)
    gathered: Mapped[int] = mapped_column(Integer, default=0)


class Issued(IssuerBase):
    """That one mailbox took its credential in a quarter: two hashes, no day and no employer.

    mark: HMAC of the mailbox under the quarter's pepper. request: SHA-256 of what was signed, so
    that the same request meets the same answer and another one is refused.
    """

    __tablename__ = "issued"

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    request: Mapped[bytes] = mapped_column(LargeBinary(32))
    quarter: Mapped[str] = mapped_column(ForeignKey("signing_quarter.quarter"), index=True)


class ChainEntry(IssuerBase):
    """One entry of the public directory, as it is hashed; its number is public, and so its order.

    The row before the first entry that is still kept holds the hash of all that was dropped, in
    hex, in place of an entry.
    """

    __tablename__ = "chain_entry"
    __table_args__: Any = PUBLIC

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    entry: Mapped[str] = mapped_column(Text)
