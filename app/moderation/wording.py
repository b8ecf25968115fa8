"""The words that a statement is about, so that their writer knows which they were."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.moderation import effects, items
from app.moderation.stating import Told
from app.settings import Settings
from app.threads.models import Thread


@dataclass(frozen=True)
class Words:
    """What was written: the title of its thread, where that stands or was taken with it."""

    title: str | None = None
    text: str | None = None


def words(db: Session, settings: Settings, told: Told) -> Words:
    """Return the words of a statement's item: as they stand, or as the desk keeps them."""
    item = items.of(db, told.item_id)
    if item is None or item.state == "withdrawn":
        return Words()
    title = title_over(db, item)
    if item.state not in {"removed", "appealed"}:
        return Words(title, item.text)
    kept = effects.kept(db, settings, item.id) or {}
    return Words(_said(kept.get("title")) or title, _said(kept.get("text")))


def title_over(db: Session, item: items.Item) -> str | None:
    """Return the title over an item; another's waits unseen, or is out of sight, with its post."""
    thread = db.get(Thread, item.thread_id) if item.thread_id else None
    return thread.title if thread and (thread.listed or thread.id == item.id) else None


def _said(value: object) -> str | None:
    return value if isinstance(value, str) else None
