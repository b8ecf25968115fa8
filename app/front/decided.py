"""What the desk decided on an account's own things, for its own page."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.front.said import START
from app.members.member import Member
from app.moderation import statements, stating, wording
from app.moderation.stating import Field, Told
from app.settings import Settings
from app.threads import markup, own


@dataclass(frozen=True)
class Decided:
    """One statement of reasons in the reader's language; thread, start: what it is about."""

    told: Told
    thread: str | None
    start: str
    title: str
    fields: Sequence[Field]
    outcome: str | None
    appealable: bool


def decided(db: Session, member: Member, settings: Settings, lang: str) -> list[Decided]:
    """Find by its slots what was decided on an account's posts in six months, the last first."""
    return [_decided(db, settings, told, lang) for told in _told(db, member, settings)]


def written(db: Session, member: Member, settings: Settings, lang: str) -> list[dict[str, Any]]:
    """Give the same as documents, for /me.json."""
    return [
        stating.written(told, lang) | asdict(wording.words(db, settings, told))
        for told in _told(db, member, settings)
    ]


def _told(db: Session, member: Member, settings: Settings) -> list[Told]:
    return statements.own(db, settings, own.ids(db, member.slot), settings.today())


def _decided(db: Session, settings: Settings, told: Told, lang: str) -> Decided:
    about = wording.words(db, settings, told)
    return Decided(
        told=told,
        thread=about.title,
        start=markup.excerpt(about.text or "", START),
        title=stating.title(told, lang),
        fields=stating.fields(told, lang),
        outcome=stating.outcome(told, lang),
        appealable=told.appealable(settings.today()),
    )
