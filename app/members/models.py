"""The account row: found and opened with twelve words, mute without them."""

from sqlalchemy import LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.members import keys


class Account(Base):
    """Twelve words and nothing more; no column may ever say who, when or what was written."""

    __tablename__ = "account"

    lookup: Mapped[bytes] = mapped_column(LargeBinary(keys.KEY_BYTES), primary_key=True)
    parameters: Mapped[int] = mapped_column(SmallInteger)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary(keys.WRAPPED_BYTES))
    box: Mapped[bytes] = mapped_column(LargeBinary(keys.SEALED_BOX_BYTES))
