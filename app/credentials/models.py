"""What the site keeps of credentials: which were spent, and the issuer's public directory."""

from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PUBLIC, Base, Identifier


class SpentCredential(Base):
    """A credential that was redeemed: its hash, its key, and a tag of the account that did.

    The tag lets that account, and nobody else, finish a redemption that was cut short.
    """

    __tablename__ = "spent_credential"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    tag: Mapped[bytes] = mapped_column(Identifier)


class PublishedDirectory(Base):
    """The issuer's directory of keys as last copied, byte for byte; one row, named "keys"."""

    __tablename__ = "published_directory"
    __table_args__: Any = PUBLIC

    name: Mapped[str] = mapped_column(String(10), primary_key=True)
    document: Mapped[bytes] = mapped_column(LargeBinary)
