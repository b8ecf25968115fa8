"""Many of the desk at the same held cohorts: each decided once, and each step told in the log."""

import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from sqlalchemy import select

from app.db import Busy, Database
from app.employers.models import Employer
from app.figures.models import HeldCohort
from app.moderation import cohorts, log
from app.moderation.desk import Beaten, Decided, Desk, Refused
from app.moderation.models import AuditEntry, AuditOpening, Proposal
from app.moderation.verifying import verify
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks, held
from tests.moderation.desks import TODAY
from tests.moderation.held import ALIKE, HELD_ON

THREADS = 40


def attempt(store: Database, desk: Desk, cohort: bytes, seed: float) -> list[Decided]:
    """Decide on a cohort as it stands on the screen, and undo it sometimes; or let it lapse."""
    rng, made = random.Random(seed), list[Decided]()
    with store.reading() as db:
        version = db.get_one(HeldCohort, cohort).version
    try:
        with store.transaction() as db:
            if rng.random() < 0.1:
                cohorts.lapse(db, HELD_ON + 13 * desks.DAY)  # nothing is over yet
            action = rng.choice(("release", "exclude", "exclude"))
            made.append(cohorts.decide(db, desk, cohort, version, action, TODAY))
        if rng.random() < 0.7 and (way_back := made[0].undo):
            with store.transaction() as db:
                made.append(cohorts.undo(db, desk, way_back, TODAY))
    except (Beaten, Refused):
        pass
    return made


def until_there_is_room(store: Database, desk: Desk, cohort: bytes, seed: float) -> list[Decided]:
    """Come again when too many wait to write."""
    while True:
        try:
            return attempt(store, desk, cohort, seed)
        except Busy:
            continue


@SQLITE_FIRST
@pytest.mark.parametrize("attempts", [120, pytest.param(2_000, marks=pytest.mark.deep)])
def test_racing_decisions_on_held_cohorts(store: Database, acme: Employer, attempts: int) -> None:
    with store.transaction() as db:
        people = [desks.staff(db, f"s{n}", "senior", proven=True) for n in range(THREADS // 2)]
        ids = [held.hold(db, acme, ALIKE).id for _ in range(3)]
    rng = random.Random(3)
    with ThreadPoolExecutor(THREADS) as pool:
        tried = [
            pool.submit(until_there_is_room, store, people[n % 20], ids[n % 3], rng.random())
            for n in range(attempts)
        ]
    made = [each for done in tried for each in done.result()]
    assert len(made) >= 3, "hardly anything was decided"
    with store.reading() as db:
        lines = {line.number: line for line in db.scalars(select(AuditEntry))}
        of = {each.number: each.item_id for each in db.scalars(select(AuditOpening))}
        standing = {each.id: each for each in db.scalars(select(HeldCohort))}
        proposals = {each.item_id: each for each in db.scalars(select(Proposal))}
        written = [
            json.dumps(line.document()) for line in log.oldest(db, TODAY + desks.DAY, 0, 9_999)
        ]
    assert verify(written).last == len(lines)
    # Each act that somebody was told of has the one line that it was told, and no line is nobody's.
    assert sorted(each.number for each in made) == sorted(lines)
    steps = Counter((each.item_id, each.version) for each in made if each.before != each.after)
    assert max(steps.values(), default=1) == 1, "decided twice"
    for id, cohort in standing.items():
        own = [line for number, line in sorted(lines.items()) if of[number] == id]
        assert all(one.after == other.before for one, other in pairwise(own))
        assert (own[-1].after if own else "held") == cohort.state
        assert cohort.version == sum(line.before != line.after for line in own)
        # Whoever carried it out is another one than who proposed it.
        assert id not in proposals or (cohort.state, cohort.version) == (
            "held",
            proposals[id].version,
        )
        assert all(line.two for line in own if line.action == "exclude")
