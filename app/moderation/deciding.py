"""Deciding: one guarded UPDATE, its effects, its line in the log, all in one transaction.

No line in the log, no decision.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.db import insert_once
from app.moderation import appeals, audit, effects, items, statements, two_persons
from app.moderation.before import Before
from app.moderation.desk import Decided, Desk, Refused, Undo, Verdict
from app.moderation.items import Item
from app.moderation.models import Decider, Proposal
from app.moderation.powers import Power, power
from app.settings import Settings
from app.triage.reasons import REASONS, STRIKE
from app.triage.states import State

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
    may = _allowed(db, desk, item, verdict)
    two = two_persons.needed(db, may, item, verdict)
    first = two_persons.first_of(db, desk, item, may, verdict) if two else None
    if first:
        verdict = two_persons.joined(settings, first, verdict)
    if may.reason and REASONS[verdict.reason or ""].words and not verdict.words.strip():
        raise Refused("words")
    if two and not first:
        return two_persons.propose(db, settings, desk, item, verdict, now)
    return _carry_out(db, settings, desk, item, may, verdict, now, two=two)


def _carry_out(
    db: Session,
    settings: Settings,
    desk: Desk,
    item: Item,
    may: Power,
    verdict: Verdict,
    now: datetime,
    *,
    two: bool,
) -> Decided:
    """Change an item in one guarded UPDATE, let follow what must, and write it down."""
    was, model, action, today = Before.of(db, item, now), type(item), verdict.action, now.date()
    guard = (*items.held(model, was.id, desk, was.version, now), model.state == was.state)
    if not items.changed(db, update(model).where(*guard).values(_after(item, may, verdict, today))):
        raise items.beaten(db, desk, was.kind, was.id, was.version, now)
    _note_decider(db, desk, was.id, verdict)
    images = effects.carry_out(db, settings, was.kind, was.id, action, was.state, may.after, today)
    effects.settle(db, settings, was, verdict, today)
    became = items.state_of(items.get(db, was.kind, was.id))
    act, version = _act(was, desk, verdict, became, two=two), was.version + 1
    number = audit.write(db, act, today)
    if may.reason:
        _state_reasons(db, settings, act, number, verdict, today)
    undo = Undo(was.kind, was.id, desk.id, version, number, action, was.columns)
    way_back = None if action in _FINAL else undo
    of = (was.kind, was.id, was.state, became, version)
    return Decided(number, *of, images, undo=way_back)


def _act(was: Before, desk: Desk, verdict: Verdict, became: State, *, two: bool) -> audit.Act:
    """Return what the log says of a decision; of an appeal's, the reason that was appealed."""
    action, outcome = verdict.action, _OUTCOMES.get(verdict.action)
    act = was.act(desk, action, was.reason if outcome else verdict.reason)
    kind = "image" if action == "remove_image" else was.kind
    return replace(act, kind=kind, after=became, outcome=outcome, two=two)


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


def _allowed(db: Session, desk: Desk, item: Item, verdict: Verdict) -> Power:
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
        if reason is None or (verdict.action == "hide" and not reason.brief):
            raise Refused("reason")
    if verdict.action == "hide" and item.hidden_until:
        raise Refused("hidden_before")
    return found


def _after(item: Item, found: Power, verdict: Verdict, today: date) -> dict[str, Any]:
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
