"""Deciding: one guarded UPDATE, its effects, its line in the log, all in one transaction.

No line in the log, no decision.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.db import insert_once
from app.moderation import appeals, audit, effects, items, notices, statements, two_persons
from app.moderation.desk import Decided, Desk, Refused, Undo, Verdict
from app.moderation.models import Decider, Proposal
from app.moderation.powers import Power, power
from app.settings import Settings
from app.threads.models import Post
from app.triage.reasons import REASONS, STRIKE

MIDNIGHTS: Final = timedelta(days=3)
# What took something away for good, or gave its writer an answer, has no way back.
_FINAL: Final = frozenset({"uphold", "restore", "remove_image", "suppress"})
_OUTCOMES: Final[dict[str, appeals.Outcome]] = {"uphold": "upheld", "restore": "restored"}


def decide(
    db: Session,
    settings: Settings,
    desk: Desk,
    kind: str,
    item_id: bytes,
    version: int,
    verdict: Verdict,
    now: datetime,
) -> Decided:
    """Decide on a version of an item that one holds; of two persons the first only proposes.

    Raises NotThere, Refused and Beaten, after which the transaction must not commit.
    """
    items.hold(db, kind, item_id)
    item = items.get(db, kind, item_id)
    items.refuse_tied(db, desk, kind, item_id)
    if item.version != version:
        raise items.beaten(db, desk, kind, item_id, version, now)
    found = _allowed(db, desk, item, verdict)
    two = two_persons.needed(db, found, item, verdict)
    first = two_persons.first_of(db, desk, item, found, verdict) if two else None
    if first:
        verdict = two_persons.joined(settings, first, verdict)
    if found.reason and REASONS[verdict.reason or ""].words and not verdict.words.strip():
        raise Refused("words")
    if two and not first:
        return two_persons.propose(db, settings, desk, item, verdict, now)
    before, was = items.state_of(item), items.columns(item)
    act = _act(db, desk, item, verdict, now, two=two)
    guarded = update(type(item)).where(
        *items.held(type(item), item_id, desk, version, now), type(item).state == before
    )
    if not items.changed(db, guarded.values(_after(item, found, verdict, now.date()))):
        raise items.beaten(db, desk, kind, item_id, version, now)
    _note_decider(db, desk, item_id, verdict)
    images = effects.carry_out(
        db, settings, kind, item_id, verdict.action, before, found.after, now.date()
    )
    effects.settle(db, settings, item_id, verdict, before, now.date())
    notices.settle(db, item_id, verdict.action, act.reason, now.date())
    after = items.state_of(items.get(db, kind, item_id))
    number = audit.write(db, replace(act, after=after), now.date())
    if found.reason:
        _state_reasons(db, settings, act, number, verdict, now.date())
    way_back = Undo(kind, item_id, desk.id, version + 1, number, verdict.action, was)
    return Decided(
        number,
        kind,
        item_id,
        before,
        after,
        version + 1,
        images,
        undo=None if verdict.action in _FINAL else way_back,
    )


def _act(
    db: Session, desk: Desk, item: Post, verdict: Verdict, now: datetime, *, two: bool
) -> audit.Act:
    """Return what the log will say, from the item as it was; what it becomes is filled in later."""
    kind, source, before = items.kind_of(item), items.source_of(db, item), items.state_of(item)
    return audit.Act(
        kind="image" if verdict.action == "remove_image" else kind,
        action=verdict.action,
        source=source,
        before=before,
        after=before,
        item_id=item.id,
        staff_id=desk.id,
        employer_id=items.KINDS[kind].employer_of(db, item.id),
        reason=items.reason_of(item) if verdict.action in _OUTCOMES else verdict.reason,
        automated=items.automated(item, source),
        days=items.waited(item, now),
        outcome=_OUTCOMES.get(verdict.action),
        two=two,
    )


def _state_reasons(
    db: Session, settings: Settings, act: audit.Act, number: int, verdict: Verdict, today: date
) -> None:
    statements.write(
        db,
        settings,
        kind=act.kind,
        item_id=act.item_id,
        number=number,
        verdict=verdict,
        source=act.source,
        automated=act.automated,
        today=today,
    )


def _allowed(db: Session, desk: Desk, item: Post, verdict: Verdict) -> Power:
    """Return the power that somebody has to give a verdict on an item; raises Refused."""
    found = power(desk.role, verdict.action, items.state_of(item))
    if found is None:
        raise Refused("power")
    items.refuse_handed_over(desk, item)
    items.refuse_earlier(db, desk, item)
    if found.step_up and not desk.proven:
        raise Refused("step_up")
    if found.reason:
        reason = REASONS.get(verdict.reason or "")
        if reason is None:
            raise Refused("reason")
        if verdict.action == "hide" and not reason.brief:
            raise Refused("reason")
    if verdict.action == "hide" and item.hidden_until:
        raise Refused("hidden_before")
    return found


def _after(item: Post, found: Power, verdict: Verdict, today: date) -> dict[str, Any]:
    """Return the columns of an item after a verdict."""
    values: dict[str, Any] = {
        "state": found.after,
        "version": item.version + 1,
        "judged": True,
        "why": None if found.after == "published" else verdict.reason,
        **dict.fromkeys(("severity", "waits_since", "hidden_until", "holder", "lease_until")),
        "strike_until": None,
    }
    reason = REASONS.get(verdict.reason or "")
    if verdict.action == "hide" and reason:
        values["severity"] = reason.severity
        values["waits_since"] = item.waits_since or today
        values["hidden_until"] = today + MIDNIGHTS
    if verdict.action == "uphold":
        values["why"], values["strike_until"] = items.reason_of(item), item.strike_until
    if verdict.action == "suppress":
        values["strike_until"] = item.strike_until
    if verdict.action in {"remove", "suppress"} and reason and reason.strikes:
        values["strike_until"] = today + STRIKE
    return values


def _note_decider(db: Session, desk: Desk, item_id: bytes, verdict: Verdict) -> None:
    """Note who decided; the database lets nobody do so twice where it is about an appeal."""
    new = insert_once(db, Decider, item_id=item_id, staff_id=desk.id)
    if verdict.action in _OUTCOMES and not new:
        raise Refused("earlier_decider")
    db.execute(delete(Proposal).where(Proposal.item_id == item_id))
