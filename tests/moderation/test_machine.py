"""Any course of claims, decisions, undoings, edits, withdrawals and appeals, against a model."""

from contextlib import AbstractContextManager, nullcontext
from copy import copy
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from sqlalchemy import select

from app.moderation import appeals, deciding, leases, undoing
from app.moderation.desk import Beaten, Decided, NotThere, Refused, Verdict
from app.moderation.models import AuditEntry, AuditOpening, Statement
from app.moderation.powers import Action, actions, power
from app.upkeep import appearing
from tests.moderation.modelled import ITEM, WORDS, Case, Done, Talked

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


class AtTheDesk(Talked):
    """Two moderators and two seniors, and writers who change their minds."""

    decided = 0

    def teardown(self) -> None:
        try:
            self.check_everything()
        finally:
            self.store.close()
            self.folder.cleanup()

    @rule(item=ITEM, who=WHO, stale=st.booleans())
    def claim(self, item: int, who: int, stale: bool) -> None:
        case = self.items[item]
        desk, version = self.people[who], case.version - (stale and case.version > 1)
        expected = self.claimable(case, who, version)
        with expected or nullcontext(), self.store.transaction() as db:
            leases.claim(db, desk, case.kind, case.id, version, self.now)
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
            leases.hand_over(db, self.people[who], case.kind, case.id, self.now)
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
                db, self.settings, desk, case.kind, case.id, case.version, verdict, self.now
            )
        if expected is None:
            type(self).decided += 1
            self.carry_out(case, who, action, done)
            if done.undo:
                self.done.append(Done(who, case, before, done.undo))
            assert (done.undo is None) == (action in NO_WAY_BACK and not done.proposed)
        self.check(case, before.state)

    @rule(item=ITEM, who=WHO, text=WORDS, proposes=st.booleans(), anew=st.booleans())
    def overtake(self, item: int, who: int, text: str, proposes: bool, anew: bool) -> None:
        """Change what somebody has just begun to decide on, or write an answer anew."""
        if proposes:
            self.decide(item, who, "suppress", 0, sense=False, claims=True)
        else:
            self.claim(item, who, stale=False)
        if anew and self.items[item].by is None:
            self.withdraw(item)
            self.answer_again(text)
        else:
            self.edit(item, text)

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
