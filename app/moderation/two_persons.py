"""What two different persons must agree on: the first proposes, the second carries it out."""

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import insert_once
from app.moderation import audit, items, notices, sealing
from app.moderation.before import Before
from app.moderation.desk import PROPOSE, Decided, Desk, Refused, Undo, Verdict
from app.moderation.items import Item
from app.moderation.models import Decider, Proposal
from app.moderation.powers import Power
from app.settings import Settings
from app.staff.models import Staff
from app.triage import weighing
from app.triage.changing import UNDECIDED
from app.triage.reasons import LEGAL

_PURPOSE: Final = "proposal"


def needed(db: Session, found: Power, item: Item, verdict: Verdict) -> bool:
    """Tell whether one person alone may not do this.

    Suppression; removal for a legal reason or after an employer's notice; restoring what was
    removed so; whatever ends a legal case.
    """
    legal = verdict.action == "remove" and verdict.reason in LEGAL
    legal |= verdict.action == "restore" and items.reason_of(item) in LEGAL
    return found.two or legal or notices.needs_two(db, item.id, verdict.action)


def first_of(
    db: Session, desk: Desk, item: Item, found: Power, verdict: Verdict
) -> Proposal | None:
    """Return what another person proposed for this version of an item, if it is the same.

    Raises Refused("same_person") for one's own proposal.
    """
    proposal = db.get(Proposal, item.id, populate_existing=True)
    same = (item.version, verdict.action, verdict.reason)
    if proposal is None or (proposal.version, proposal.action, proposal.reason) != same:
        return None
    if proposal.staff_id == desk.id:
        raise Refused("same_person")
    proposer = db.get_one(Staff, proposal.staff_id)
    return proposal if proposer.active and proposer.role in found.roles else None


def propose(
    db: Session, settings: Settings, desk: Desk, item: Item, verdict: Verdict, now: datetime
) -> Decided:
    """Note what one person proposes, give the item back, and write it down in the log.

    It takes the place of any other proposal. What readers may see bears a code that its writer's
    edit finds, which so does not outrun the second person. Raises Beaten when the lease is over.
    """
    was, model = Before.of(db, item, now), type(item)
    mine = update(model).where(*items.held(model, was.id, desk, was.version, now))
    values: dict[str, Any] = {"holder": None, "lease_until": None}
    if was.state in UNDECIDED:
        values["why"] = weighing.with_code(item.why, weighing.PROPOSED)
    if not items.changed(db, mine.values(values)):
        raise items.beaten(db, desk, was.kind, was.id, was.version, now)
    insert_once(db, Decider, item_id=was.id, staff_id=desk.id)
    number = audit.write(db, was.act(desk, PROPOSE, verdict.reason), now.date())
    said = json.dumps({"passages": verdict.passages, "words": verdict.words}).encode()
    db.merge(
        Proposal(
            item_id=was.id,
            staff_id=desk.id,
            kind=was.kind,
            version=was.version,
            action=verdict.action,
            reason=verdict.reason,
            number=number,
            sealed=sealing.seal(settings, _PURPOSE, was.id, said),
        )
    )
    db.flush()
    undo = Undo(was.kind, was.id, desk.id, was.version, number, PROPOSE)
    of = (was.kind, was.id, was.state, was.state, was.version)
    return Decided(number, *of, proposed=True, undo=undo)


def joined(settings: Settings, first: Proposal, second: Verdict) -> Verdict:
    """Return the second person's verdict with the first one's words where it has none."""
    said = proposed(settings, first)
    return Verdict(
        second.action,
        second.reason,
        second.passages or said.passages,
        second.words or said.words,
    )


def proposed(settings: Settings, proposal: Proposal) -> Verdict:
    """Return the verdict that somebody proposes."""
    said = json.loads(sealing.unseal(settings, _PURPOSE, proposal.item_id, proposal.sealed or b""))
    return Verdict(
        items.action_of(proposal.action), proposal.reason, tuple(said["passages"]), said["words"]
    )


def open_ones(db: Session, desk: Desk) -> list[Proposal]:
    """Return what others propose and somebody may carry out, for versions that still stand."""
    rows = db.scalars(select(Proposal).where(Proposal.staff_id != desk.id))
    return [row for row in rows if _stands(db, desk, row)]


def _stands(db: Session, desk: Desk, proposal: Proposal) -> bool:
    item = items.find(db, proposal.kind, proposal.item_id)
    if item is None or item.version != proposal.version:
        return False
    employer_id = items.KINDS[proposal.kind].employer_of(db, item.id)
    return not items.tied(db, desk, employer_id)
