"""Merging two entries of one employer, and undoing it; no stored id ever changes.

Reports, claims, names and domains keep the id they were filed under. Only `canonical_id` moves,
and readers ask for the whole family.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.employers import directory
from app.employers.models import Employer
from app.web import editions


class CannotMerge(ValueError):
    """The two are one employer already."""


def merge(db: Session, employer: Employer, into: Employer) -> Employer:
    """Let `into` stand for an employer and all merged into it; returns who stands for them now.

    Raises CannotMerge when they are one already.
    """
    target = directory.canonical(db, into)
    if directory.canonical(db, employer).id == target.id:
        raise CannotMerge
    employer = directory.canonical(db, employer)
    employer.merged_into_id = target.id
    _stand(directory.family(db, employer), target.id, db)
    return target


def undo(db: Session, employer: Employer) -> Employer:
    """Let a merged employer stand for itself and those merged into it again."""
    if employer.merged_into_id is None:
        raise CannotMerge
    employer.merged_into_id = None
    _stand(_below(db, employer.id), employer.id, db)
    return employer


def _stand(members: Iterable[bytes], target: bytes, db: Session) -> None:
    for member in db.scalars(select(Employer).where(Employer.id.in_(members))):
        member.canonical_id = target
    db.flush()
    editions.bump(db, "directory")


def _below(db: Session, employer_id: bytes) -> list[bytes]:
    """An employer and everything merged into it, directly or by way of others."""
    found, waiting = [employer_id], [employer_id]
    while waiting:
        waiting = list(db.scalars(select(Employer.id).where(Employer.merged_into_id.in_(waiting))))
        found += waiting
    return found
