"""What follows from a decision: an item appears or goes, its words are kept, given back, erased."""

import json
from datetime import date

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.moderation import appeals, items, sealing, settling
from app.moderation.before import Before
from app.moderation.desk import Refused, Verdict
from app.moderation.models import KeptText, Statement
from app.settings import Settings
from app.triage.states import EMPTY, VISIBLE, State

_PURPOSE = "text"


def carry_out(
    db: Session,
    settings: Settings,
    kind: str,
    item_id: bytes,
    action: str,
    before: State,
    after: State,
    today: date,
) -> tuple[bytes, ...]:
    """Do what an item's new state asks for; returns the images whose objects go after the commit.

    The guarded UPDATE has set the state already.
    """
    verbs = items.KINDS[kind]
    if before in VISIBLE and after not in VISIBLE:
        verbs.take_out(db, item_id)
    if after == "suppressed":
        return _erase(db, kind, item_id)
    if before not in EMPTY and after in EMPTY:
        _keep(db, settings, kind, item_id)
    if before in EMPTY and after not in EMPTY:
        _give_back(db, settings, kind, item_id)
    images = _take_image(db, kind, item_id) if action == "remove_image" else []
    if before not in VISIBLE and after in VISIBLE:
        verbs.appear(db, item_id, today)
    return tuple(images)


def settle(db: Session, settings: Settings, was: Before, verdict: Verdict, today: date) -> None:
    """Close the appeal and the notices that a decision answers; suppression answers both."""
    if was.state == "appealed":
        outcome: appeals.Outcome = "restored" if verdict.action == "restore" else "upheld"
        appeals.settle(db, settings, was.id, outcome, verdict.words, today)
    settling.settle(db, was.id, verdict.action, verdict.reason, today)


def _keep(db: Session, settings: Settings, kind: str, item_id: bytes) -> None:
    words = json.dumps(items.KINDS[kind].take_words(db, item_id)).encode()
    sealed = sealing.seal(settings, _PURPOSE, item_id, words)
    # Of a reply that was withdrawn and written anew older words may be left.
    db.execute(delete(KeptText).where(KeptText.item_id == item_id))
    db.add(KeptText(item_id=item_id, sealed=sealed))
    db.flush()


def _give_back(db: Session, settings: Settings, kind: str, item_id: bytes) -> None:
    kept = db.get_one(KeptText, item_id)
    words = json.loads(sealing.unseal(settings, _PURPOSE, item_id, kept.sealed))
    items.KINDS[kind].give_words(db, item_id, words)
    db.delete(kept)
    db.flush()


def _take_image(db: Session, kind: str, item_id: bytes) -> list[bytes]:
    images = items.KINDS[kind].take_image(db, item_id)
    if not images:
        raise Refused("no_image")
    return images


def _erase(db: Session, kind: str, item_id: bytes) -> tuple[bytes, ...]:
    """Let the words of an item exist nowhere any more."""
    items.KINDS[kind].take_words(db, item_id)
    db.execute(delete(KeptText).where(KeptText.item_id == item_id))
    # Earlier statements quote it.
    db.execute(update(Statement).where(Statement.item_id == item_id).values(sealed=b""))
    return tuple(items.KINDS[kind].take_image(db, item_id))


def kept(db: Session, settings: Settings, item_id: bytes) -> dict[str, object] | None:
    """Return the words of a removed item for who judges the appeal; None if none are kept."""
    row = db.get(KeptText, item_id)
    if row is None:
        return None
    words: dict[str, object] = json.loads(sealing.unseal(settings, _PURPOSE, item_id, row.sealed))
    return words
