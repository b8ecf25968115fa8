"""Spending credentials: each once, for ever; and whether enough of an employer's were spent."""

import hmac
from collections.abc import Collection
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.credentials.chain import Directory
from app.credentials.models import SpentCredential
from app.credentials.presented import Presented
from app.db import insert_once
from app.weeks.quarters import Quarter

How = Literal["new", "again", "taken"]


def spend(db: Session, presented: Presented, tag: bytes) -> How:
    """Mark a credential as spent by the holder of a tag.

    `again` when that holder did so before, `taken` when another did; neither changes anything.
    """
    digest = presented.digest
    if insert_once(db, SpentCredential, digest=digest, key=presented.key, tag=tag):
        return "new"
    return "again" if is_spent_by(db, presented, tag) else "taken"


def is_spent_by(db: Session, presented: Presented, tag: bytes) -> bool:
    """Tell whether the holder of a tag has spent a credential."""
    asked = select(SpentCredential.tag).where(SpentCredential.digest == presented.digest)
    held = db.scalar(asked)
    return held is not None and hmac.compare_digest(held, tag)


def redeemed_enough(
    db: Session, directory: Directory, family: Collection[bytes], today: date, least: int
) -> bool:
    """Tell whether `least` credentials of an employer were spent for this and the last quarter.

    family: the ids under which the employer's keys may be listed; retired ones do not count. A
    yes or no, never a count: a badge that few bear would tie their posts together.
    """
    now = Quarter.of(today)
    recent = {str(now), str(now.previous)}
    listed = [k.id for k in directory.keys.values() if k.employer in family and k.quarter in recent]
    keys = [key for key in listed if directory.first(key, "retired") is None]
    spent = select(func.count()).where(SpentCredential.key.in_(keys))
    return (db.scalar(spent) or 0) >= least


def window_is_open(quarter: Quarter, today: date) -> bool:
    """Tell whether credentials of a quarter still count: until the next quarter ends."""
    return Quarter.of(today) in (quarter, quarter.next)


def purge(db: Session, directory: Directory, today: date) -> None:
    """Forget what was spent of keys that are over since a day, or that are listed no more.

    A day, because a clock that was a day ahead would else let all of it be redeemed again.
    """
    yesterday = Quarter.of(today - timedelta(days=1))
    count = {k.id for k in directory.keys.values() if yesterday <= Quarter.parse(k.quarter).next}
    held = set(db.scalars(select(SpentCredential.key).distinct()))
    for key in held - count:
        db.execute(delete(SpentCredential).where(SpentCredential.key == key))
