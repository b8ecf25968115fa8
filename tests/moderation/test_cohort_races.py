"""Many of the desk at the same held cohorts: each decided once, and each step told in the log."""

import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from typing import Final

import pytest
from sqlalchemy import select

from app.db import Busy, Database
from app.employers.models import Employer
from app.figures.models import HeldCohort
from app.moderation import cohorts, log
from app.moderation.desk import Beaten, Decided, Desk, Refused
from app.moderation.models import AuditEntry, AuditOpening, Proposal
from app.moderation.powers import CohortAction
from app.moderation.verifying import verify
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks, held
from tests.moderation.desks import TODAY
from tests.moderation.held import ALIKE, HELD_ON

THREADS = 40
ACTIONS: Final[tuple[CohortAction, ...]] = ("release", "exclude", "exclude")


class Hands:
    """People of the desk who decide and undo without looking left or right."""

    def __init__(self, store: Database) -> None:
        """Let them sit down; made: what was committed."""
        self.store = store
        self.made: list[Decided] = []

    def attempt(self, desk: Desk, cohort: bytes, rng: random.Random) -> None:
        """Decide on a cohort as it stands on the screen, and undo it mostly."""
        with self.store.reading() as db:
            version = db.get_one(HeldCohort, cohort).version
        try:
            if rng.random() < 0.1:
                self.lapse(HELD_ON + 13 * desks.DAY)  # nothing is over yet
            with self.store.transaction() as db:
                action = rng.choice(ACTIONS)
                done = cohorts.decide(db, desk, cohort, version, action, TODAY)
            self.made.append(done)
            if rng.random() < 0.8 and done.undo:
                with self.store.transaction() as db:
                    back = cohorts.undo(db, desk, done.undo, TODAY)
                self.made.append(back)
        except (Beaten, Refused):
            return

    def lapse(self, today: date) -> int:
        """Let go what is over."""
        with self.store.transaction() as db:
            return cohorts.lapse(db, today)

    def try_until_there_is_room(self, desk: Desk, cohort: bytes, seed: float) -> None:
        """Come again when too many wait to write."""
        while True:
            try:
                return self.attempt(desk, cohort, random.Random(seed))
            except Busy:
                continue


@SQLITE_FIRST
@pytest.mark.parametrize("attempts", [40, pytest.param(800, marks=pytest.mark.deep)])
def test_racing_decisions_on_held_cohorts(store: Database, acme: Employer, attempts: int) -> None:
    with store.transaction() as db:
        people = [desks.staff(db, f"s{n}", "senior", proven=True) for n in range(THREADS // 2)]
        ids = [held.hold(db, acme, ALIKE).id for _ in range(attempts // THREADS)]
    hands, rng = Hands(store), random.Random(3)
    # Neighbours in this order meet at the same cohort.
    jobs = [(people[n % len(people)], cohort) for cohort in ids for n in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        tried = [pool.submit(hands.try_until_there_is_room, *job, rng.random()) for job in jobs]
        for each in tried:
            each.result()
        lapsed = sum(pool.map(hands.lapse, [HELD_ON + cohorts.LONGEST] * 8))
    made = hands.made
    assert len(made) >= len(ids), "hardly anything was decided"
    with store.reading() as db:
        lines = {line.number: line for line in db.scalars(select(AuditEntry))}
        of = {each.number: each.item_id for each in db.scalars(select(AuditOpening))}
        standing = {each.id: each for each in db.scalars(select(HeldCohort))}
        proposals = db.scalars(select(Proposal)).all()
        over = HELD_ON + cohorts.LONGEST + desks.DAY
        written = [json.dumps(line.document()) for line in log.oldest(db, over, 0, 9_999)]
    assert verify(written).last == len(lines)
    # Each act that somebody was told of has the one line that it was told, and no line is nobody's.
    told = [number for number, line in lines.items() if line.action != cohorts.LAPSE]
    assert sorted(each.number for each in made) == sorted(told)
    assert len(lines) - len(told) == lapsed
    assert not proposals
    assert {each.state for each in standing.values()} <= {"released", "excluded"}
    steps = Counter((each.item_id, each.version) for each in made if each.before != each.after)
    assert max(steps.values(), default=1) == 1, "decided twice"
    for id, cohort in standing.items():
        own = [line for number, line in sorted(lines.items()) if of[number] == id]
        assert all(one.after == other.before for one, other in pairwise(own))
        assert (own[-1].after if own else "held") == cohort.state
        assert cohort.version == sum(line.before != line.after for line in own)
        assert all(line.two for line in own if line.action == "exclude")
