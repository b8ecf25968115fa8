"""The image that goes with a post; the bytes are in the object store under the same random id."""

from sqlalchemy import ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Identifier


class EvidenceImage(Base):
    """One image as it was drawn anew: of which post, its size in pixels, what it shows in words."""

    __tablename__ = "evidence_image"

    id: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    post_id: Mapped[bytes] = mapped_column(Identifier, ForeignKey("post.id"), unique=True)
    alternative: Mapped[str] = mapped_column(String(500))
    width: Mapped[int] = mapped_column(SmallInteger)
    height: Mapped[int] = mapped_column(SmallInteger)
