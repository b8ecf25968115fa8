"""What the desk decided on an account's own things, for its own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.front.said import Said
from app.members.member import Member
from app.moderation import statements, stating
from app.moderation.stating import Field, Told
from app.settings import Settings
from app.threads import own


@dataclass(frozen=True)
class Decided:
    """One statement of reasons in the reader's language; said: the post, unless it is withdrawn."""

    told: Told
    said: Said | None
    title: str
    fields: Sequence[Field]
    outcome: str | None
    appealable: bool


def decided(
    db: Session, member: Member, settings: Settings, spoken: Sequence[Said], lang: str
) -> list[Decided]:
    """Find by its slots what was decided on an account's posts in six months, the last first."""
    posts = {said.post.id: said for said in spoken}
    return [
        Decided(
            told=told,
            said=posts.get(told.item_id),
            title=stating.title(told, lang),
            fields=stating.fields(told, lang),
            outcome=stating.outcome(told, lang),
            appealable=told.appealable(settings.today()),
        )
        for told in _told(db, member, settings)
    ]


def written(db: Session, member: Member, settings: Settings, lang: str) -> list[dict[str, Any]]:
    """Give the same as documents, for /me.json."""
    return [stating.written(told, lang) for told in _told(db, member, settings)]


def _told(db: Session, member: Member, settings: Settings) -> list[Told]:
    return statements.own(db, settings, own.ids(db, member.slot), settings.today())
