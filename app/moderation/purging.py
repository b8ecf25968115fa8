"""What the desk keeps no longer than it must; the nightly maintenance calls it."""

from datetime import UTC, date, datetime, time

from sqlalchemy import Exists, delete, select, update
from sqlalchemy.orm import Session

from app.evidence import attaching
from app.evidence.models import EvidenceImage
from app.figures.models import HeldCohort
from app.moderation import audit, items, statements
from app.moderation.items import Item
from app.moderation.models import KeptText, Proposal
from app.replies import applying
from app.threads.models import Post


def purge(db: Session, today: date) -> None:
    """Erase what is over: statements, appeals, kept words with their pictures, void proposals.

    And whoever asked to answer for an employer and did not go on, and who wrote old lines.
    The objects of the pictures are orphans then, which the storage's own maintenance deletes.
    """
    statements.purge(db, today)
    applying.purge(db, today)
    attaching.detach(db, _unkept(db))
    void = delete(Proposal).where(*(~_standing(model) for model in (*items.MODELS, HeldCohort)))
    db.execute(void.execution_options(synchronize_session=False))
    _forget_leases(db, today)
    audit.forget(db, today)


def _standing(model: type[Item] | type[HeldCohort]) -> Exists:
    """Whether what somebody proposed is about an item, or a held cohort, as it stands."""
    same = model.id == Proposal.item_id, model.version == Proposal.version
    return select(model.id).where(*same).exists()


def _forget_leases(db: Session, today: date) -> None:
    """Forget who held a case, and until when, where that was over before today."""
    midnight = datetime.combine(today, time(), UTC)
    for model in items.MODELS:
        over = update(model).where(model.lease_until < midnight)
        left = over.values(holder=None, lease_until=None)
        db.execute(left.execution_options(synchronize_session=False))


def _unkept(db: Session) -> list[bytes]:
    """Posts that were removed and whose words are kept no longer, but their pictures still are."""
    pictured = select(Post.id).join(EvidenceImage, EvidenceImage.post_id == Post.id)
    pictured = pictured.where(Post.state == "removed")
    return list(db.scalars(pictured.where(Post.id.not_in(select(KeptText.item_id)))))
