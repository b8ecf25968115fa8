"""Any course of claims, decisions, undoings, edits, withdrawals and appeals, against a model."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.moderation import appeals, deciding, leases, undoing
from app.moderation.desk import Beaten, Decided, NotThere, Refused, Undo, Verdict
from app.moderation.models import AuditEntry, AuditOpening, KeptText, Statement
from app.moderation.powers import Action, actions, power
from app.settings import Settings
from app.threads import editing
from app.threads.models import Post
from app.threads.weighed import Hold
from app.triage.states import FOLLOWS, State
from app.upkeep import appearing
from tests.moderation import desks
from tests.moderation.desks import NOW
from tests.threads.accounts import Writer

BEGIN: Final[tuple[State, ...]] = ("pending", "flagged", "held")
ITEM: Final = st.integers(0, len(BEGIN) - 1)
WHO: Final = st.integers(0, 3)
ACTED: Final[tuple[Action, ...]] = (
    *("approve", "remove", "return", "hide", "uphold", "restore", "suppress"),
)
ACTIONS: Final = st.sampled_from(ACTED)
MOSTLY: Final = st.sampled_from([True, True, True, False])
REASONS: Final[dict[str, str]] = {
    "remove": "person",
    "return": "person",
    "hide": "threat",
    "suppress": "sexual",
}
RESTRICTING: Final = frozenset(REASONS)
NO_WAY_BACK: Final = frozenset({"uphold", "restore", "suppress"})


@dataclass
class Case:
    """An item as the model knows it."""

    id: bytes
    by: Writer
    state: State = "published"
    version: int = 1
    holder: int | None = None
    until: datetime = NOW
    deciders: set[int] = field(default_factory=set)
    lines: int = 0
    hidden: bool = False
    handed: bool = False
    proposal: tuple[int, int] | None = None  # who, for which version

    def free(self, who: int, now: datetime) -> bool:
        return self.holder in (None, who) or self.until <= now

    def held(self, who: int, now: datetime) -> bool:
        return self.holder == who and self.until > now


@dataclass
class Done:
    """A decision that may be taken back, and the model's case before it."""

    who: int
    case: Case
    before: Case
    way_back: Undo


class AtTheDesk(RuleBasedStateMachine):
    """Two moderators and two seniors, and writers who change their minds."""

    template: Path
    steps = 0
    decided = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(dir=self.template.parent)
        shutil.copy(self.template, path := f"{self.folder.name}/desk.db")
        self.store = Database(f"sqlite:///{path}")
        self.settings = Settings(
            var=Path(self.folder.name), secret_key="s", clock="2026-11-18T12:00:00"
        )
        self.now = NOW
        self.done: list[Done] = []
        self.undone: set[int] = set()

    @initialize()
    def sit_down(self) -> None:
        with self.store.transaction() as db:
            self.people = [
                desks.staff(db, "m1"),
                desks.staff(db, "m2"),
                desks.staff(db, "s1", "senior", proven=True),
                desks.staff(db, "s2", "senior", proven=True),
            ]
            self.items = [self.write(db, state) for state in BEGIN]

    def teardown(self) -> None:
        try:
            self.check_everything()
        finally:
            self.store.close()
            self.folder.cleanup()

    @property
    def today(self) -> date:
        return self.now.date()

    def write(self, db: Session, state: State) -> Case:
        case = Case(random_id(), Writer(), state)
        hold: Hold = "everything" if state == "held" else "nothing"
        case.by.open(db, "We went home at nine.", thread=case.id, hold=hold)
        post = db.get_one(Post, case.id)
        post.state, post.severity, post.waits_since = state, 2, self.today
        return case

    @rule(item=ITEM, who=WHO, stale=st.booleans())
    def claim(self, item: int, who: int, stale: bool) -> None:
        case = self.items[item]
        desk, version = self.people[who], case.version - (stale and case.version > 1)
        expected = self.claimable(case, who, version)
        with expected or nullcontext(), self.store.transaction() as db:
            leases.claim(db, desk, "post", case.id, version, self.now)
        if expected is None:
            case.holder, case.until = who, leases.ends(self.now)
        self.check(case)

    def claimable(self, case: Case, who: int, version: int) -> AbstractContextManager[Any] | None:
        role = self.people[who].role
        if version != case.version:
            return pytest.raises(Beaten)
        if not actions(role, case.state):
            return pytest.raises(Refused, match="power")
        if case.state == "appealed" and who in case.deciders:
            return pytest.raises(Refused, match="earlier_decider")
        if case.handed and role != "senior":
            return pytest.raises(Refused, match="power")
        return None if case.free(who, self.now) else pytest.raises(Beaten, match="taken")

    @rule(item=ITEM, who=WHO)
    def hand_over(self, item: int, who: int) -> None:
        case = self.items[item]
        held = case.held(who, self.now)
        with nullcontext() if held else pytest.raises(Beaten), self.store.transaction() as db:
            leases.hand_over(db, self.people[who], "post", case.id, self.now)
        if held:
            case.handed, case.holder = True, None
        self.check(case)

    @rule(item=ITEM, who=WHO, action=ACTIONS, place=st.integers(0, 7), sense=MOSTLY, claims=MOSTLY)
    def decide(
        self, item: int, who: int, action: Action, place: int, sense: bool, claims: bool
    ) -> None:
        case = self.items[item]
        may = [each for each in actions(self.people[who].role, case.state) if each in ACTED]
        if sense and may:
            action = may[place % len(may)]
        if claims:
            self.claim(item, who, stale=False)
        before, desk = copy(case), self.people[who]
        verdict = Verdict(action, REASONS.get(action), ("nine",))
        expected = self.decidable(case, who, action)
        with expected or nullcontext(), self.store.transaction() as db:
            done = deciding.decide(
                db, self.settings, desk, "post", case.id, case.version, verdict, self.now
            )
        if expected is None:
            type(self).decided += 1
            self.carry_out(case, who, action, done)
            if done.undo:
                self.done.append(Done(who, case, before, done.undo))
            assert (done.undo is None) == (action in NO_WAY_BACK and not done.proposed)
        self.check(case, before.state)

    def decidable(self, case: Case, who: int, action: Action) -> AbstractContextManager[Any] | None:
        role = self.people[who].role
        if power(role, action, case.state) is None or (case.handed and role != "senior"):
            return pytest.raises(Refused, match="power")
        if case.state == "appealed" and who in case.deciders:
            return pytest.raises(Refused, match="earlier_decider")
        if action == "hide" and case.hidden:
            return pytest.raises(Refused, match="hidden_before")
        if action == "suppress" and case.proposal == (who, case.version):
            return pytest.raises(Refused, match="same_person")
        return None if case.held(who, self.now) else pytest.raises(Beaten)

    def carry_out(self, case: Case, who: int, action: Action, done: Decided) -> None:
        proposes = action == "suppress" and (
            case.proposal is None or case.proposal[1] != case.version
        )
        assert done.proposed == proposes
        case.lines, case.holder = case.lines + 1, None
        case.deciders = case.deciders | {who}
        if proposes:
            case.proposal = (who, case.version)
            return
        found = power(self.people[who].role, action, case.state)
        assert found
        case.state, case.version = found.after, case.version + 1
        case.hidden, case.handed, case.proposal = action == "hide", False, None

    @rule(last=st.integers(0, 2))
    def undo(self, last: int) -> None:
        if last >= len(self.done):
            return
        done = self.done[-1 - last]
        case, was = done.case, done.case.state
        proposed = done.way_back.action == "propose"
        if proposed:
            possible = case.proposal == (done.who, case.version) and self.is_last(done)
        else:
            same = case.version == done.way_back.version
            possible = same and case.free(done.who, self.now)
        raises: AbstractContextManager[Any] = pytest.raises(Beaten)
        with nullcontext() if possible else raises, self.store.transaction() as db:
            undoing.undo(db, self.settings, self.people[done.who], done.way_back, self.now)
        if possible:
            self.done.remove(done)
            self.undone.add(done.way_back.number)
            case.lines += 1
            case.proposal = None
            if not proposed:
                case.state, case.hidden = done.before.state, done.before.hidden
                case.handed, case.version = done.before.handed, case.version + 1
                case.holder, case.until = done.who, leases.ends(self.now)
        self.check(case, was)

    def is_last(self, done: Done) -> bool:
        """Tell whether no later proposal took the place of this one."""
        later = self.done[self.done.index(done) + 1 :]
        return not any(
            other.case is done.case and other.way_back.action == "propose" for other in later
        )

    @rule(item=ITEM, text=st.text("abc ", min_size=1, max_size=9))
    def edit(self, item: int, text: str) -> None:
        case = self.items[item]
        self.by_writer(
            case, lambda db: editing.edit(db, case.id, case.by.hand, f"At {text}.", self.now)
        )

    @rule(item=ITEM)
    def withdraw(self, item: int) -> None:
        case = self.items[item]
        self.by_writer(case, lambda db: case.by.withdraw(db, case.id))

    @rule(item=ITEM)
    def appeal(self, item: int) -> None:
        case = self.items[item]

        def file(db: Session) -> None:
            told = select(Statement.id).where(Statement.item_id == case.id)
            last = db.scalar(told.order_by(Statement.number.desc()).limit(1))
            if last:
                appeals.file(db, self.settings, last, "It was not so.", self.today)

        self.by_writer(case, file)

    def by_writer(self, case: Case, act: Callable[[Session], object]) -> None:
        """Let a writer do something; what it makes of the state is threads' and appeals' matter."""
        before = case.state
        try:
            with self.store.transaction() as db:
                act(db)
        except (Beaten, NotThere):
            pass
        self.learn(case)
        self.check(case, before)

    def learn(self, case: Case) -> None:
        """Take over what somebody else than the desk made of an item."""
        with self.store.reading() as db:
            post = desks.again(db, Post(id=case.id))
        if post.version != case.version:
            case.holder = None
        assert post.version >= case.version
        case.state, case.version = post.state, post.version  # type: ignore[assignment]  # a State
        case.hidden = post.hidden_until is not None
        case.handed = "handed_over" in (post.why or "").split(",")

    @rule(item=ITEM, who=WHO, outcome=st.sampled_from(["upheld", "restored"]))
    def answer(self, item: int, who: int, outcome: appeals.Outcome) -> None:
        case = self.items[item]
        # An appeal that is no case: against a text that was sent back.
        before = case.state
        with self.store.reading() as db:
            told = select(Statement.id).where(
                Statement.item_id == case.id, Statement.action == "return"
            )
            last = db.scalar(told.order_by(Statement.number.desc()).limit(1))
        if last is None:
            return
        try:
            with self.store.transaction() as db:
                appeals.answer(
                    db, self.settings, self.people[who], last, outcome, "No.", self.today
                )
        except (Beaten, NotThere, Refused):
            return
        assert who not in case.deciders
        case.deciders = case.deciders | {who}
        case.lines += 1
        self.learn(case)
        self.check(case, before)

    @rule(minutes=st.sampled_from([4, 15, 24 * 60]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        hidden = [case for case in self.items if case.state == "hidden"]
        appearing.end_hiding(self.store, self.today)
        for case in hidden:
            version = case.version
            self.learn(case)
            case.lines += case.version - version
            assert case.state in {"hidden", "pending"}
            self.check(case, "hidden")

    def check(self, case: Case, before: State | None = None) -> None:
        """Compare an item with the model; a change of state is one that may follow."""
        type(self).steps += 1
        with self.store.reading() as db:
            post = desks.again(db, Post(id=case.id))
            numbers = select(AuditOpening.number).where(AuditOpening.item_id == case.id)
            assert len(db.scalars(numbers).all()) == case.lines
            kept = db.get(KeptText, case.id) is not None
        assert (post.state, post.version) == (case.state, case.version)
        assert post.holder == (None if case.holder is None else self.people[case.holder].id)
        assert before in (None, case.state) or case.state in FOLLOWS[before or "held"]
        if case.state != "withdrawn":
            assert kept == (case.state in {"removed", "appealed"})
            assert (post.text is None) == (kept or case.state == "suppressed")

    def check_everything(self) -> None:
        """Every restriction has its statement; no appeal was decided by who decided before."""
        with self.store.reading() as db:
            asked = select(AuditEntry, AuditOpening)
            asked = asked.join(AuditOpening, AuditOpening.number == AuditEntry.number)
            rows = db.execute(asked.order_by(AuditEntry.number)).all()
            told = set(db.scalars(select(Statement.number)))
        by_item: dict[bytes | None, list[tuple[AuditEntry, bytes | None]]] = {}
        for line, opening in rows:
            by_item.setdefault(opening.item_id, []).append((line, opening.staff_id))
        for own in by_item.values():
            self.check_lines(own, told)

    def check_lines(self, own: list[tuple[AuditEntry, bytes | None]], told: set[int]) -> None:
        before: set[bytes | None] = set()
        for line, who in own:
            if line.action in {"uphold", "restore"}:
                assert who not in before, "an appeal went to who decided before"
            before.add(who)
        restricting = {line.number for line, _ in own if line.action in RESTRICTING}
        assert {line.number for line, _ in own} & told == restricting - self.undone


@pytest.mark.parametrize("courses", [4, pytest.param(110, marks=pytest.mark.deep)])
def test_any_course_at_the_desk(sqlite_template: Path, courses: int) -> None:
    AtTheDesk.template = sqlite_template
    AtTheDesk.steps = AtTheDesk.decided = 0
    run_state_machine_as_test(
        AtTheDesk,
        settings=settings(
            max_examples=courses,
            stateful_step_count=30,
            deadline=None,
            # Making a failing course shorter takes minutes.
            phases=[Phase.generate, Phase.shrink] if courses >= 100 else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    # A handful of courses may be short ones, and some courses have no rule that decides.
    assert courses < 100 or (AtTheDesk.steps >= 2_000 and AtTheDesk.decided >= courses / 2)
