"""Which image goes with which post: rows only; the bytes are in the object store."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.evidence.models import EvidenceImage

LONGEST_ALTERNATIVE = 500


@dataclass(frozen=True)
class Attached:
    """An image whose object is stored: its id, what it shows in words, its size in pixels."""

    id: bytes
    alternative: str
    width: int
    height: int

    @property
    def path(self) -> str:
        """The address under which everybody sees it."""
        return f"/evidence/{self.id.hex()}.webp"


def attach(db: Session, post_id: bytes, attached: Attached) -> bool:
    """Put an image with a post; False when the same was done before."""
    return insert_once(
        db,
        EvidenceImage,
        id=attached.id,
        post_id=post_id,
        alternative=attached.alternative,
        width=attached.width,
        height=attached.height,
    )


def detach(db: Session, post_ids: Collection[bytes]) -> list[bytes]:
    """Take the images from posts; returns the ids whose objects go after the commit."""
    gone = EvidenceImage.post_id.in_(post_ids)
    found = list(db.scalars(select(EvidenceImage.id).where(gone)))
    if found:
        db.execute(delete(EvidenceImage).where(gone))
    return found


def of(db: Session, post_ids: Collection[bytes]) -> Mapping[bytes, Attached]:
    """Return the images of posts by the posts' ids."""
    rows = db.scalars(select(EvidenceImage).where(EvidenceImage.post_id.in_(post_ids)))
    return {row.post_id: Attached(row.id, row.alternative, row.width, row.height) for row in rows}


def known(db: Session, image_ids: Collection[bytes]) -> set[bytes]:
    """Return which of some ids belong to an image of a post."""
    return set(db.scalars(select(EvidenceImage.id).where(EvidenceImage.id.in_(image_ids))))
