"""What the desk decided on something of one's own, with what it is about, for one's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from app.moderation import stating, wording
from app.moderation.stating import Field, Told
from app.settings import Settings
from app.threads import markup

START: Final = 140


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


def decided(db: Session, settings: Settings, told: Told, lang: str) -> Decided:
    """Compose a statement in a language."""
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
