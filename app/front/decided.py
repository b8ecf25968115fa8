"""What the desk decided on an account's own things, for its own page."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from app.members.member import Member
from app.moderation import statements, stating, wording
from app.moderation.decided import Decided
from app.moderation.decided import decided as one
from app.moderation.stating import Told
from app.settings import Settings
from app.threads import own


def decided(db: Session, member: Member, settings: Settings, lang: str) -> list[Decided]:
    """Find by its slots what was decided on an account's posts in six months, the last first."""
    return [one(db, settings, told, lang) for told in _told(db, member, settings)]


def written(db: Session, member: Member, settings: Settings, lang: str) -> list[dict[str, Any]]:
    """Give the same as documents, for /me.json."""
    return [
        stating.written(told, lang) | asdict(wording.words(db, settings, told))
        for told in _told(db, member, settings)
    ]


def _told(db: Session, member: Member, settings: Settings) -> list[Told]:
    return statements.own(db, settings, own.ids(db, member.slot), settings.today())
