"""What a model knows of items at the desk, and what their writers and readers do to them."""

import shutil
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.moderation import appeals, items, statements
from app.moderation.desk import Beaten, NotThere, Undo
from app.moderation.items import Item
from app.moderation.models import AuditOpening, KeptText, Statement
from app.replies import writing
from app.replies.writing import Hand, TakenAlready
from app.settings import Settings
from app.threads import editing, flagging
from app.threads.hand import NotThere as OutOfSight
from app.triage.states import EMPTY, FOLLOWS, VISIBLE, State
from tests import factories
from tests.moderation import desks
from tests.moderation.desks import NOW
from tests.threads.accounts import Writer

BEGIN: Final[tuple[State, ...]] = ("pending", "flagged", "held")
ITEM: Final = st.integers(0, len(BEGIN))  # the last is an employer's reply
WORDS: Final = st.text("abc ", min_size=1, max_size=9)
# What stands in the place of one that waited for this, or was taken out, is read first.
ASKED: Final = frozenset({"flags", "handed_over", "changed"})
BLAMED: Final = frozenset({"hidden", "returned", "removed", "appealed"})


@dataclass
class Case:
    """An item as the model knows it; by: who wrote a post, None of a reply."""

    id: bytes
    by: Writer | None
    state: State = "published"
    version: int = 1
    holder: int | None = None
    until: datetime = NOW
    deciders: set[int] = field(default_factory=set)
    lines: int = 0
    hidden: bool = False
    handed: bool = False
    proposal: tuple[int, int] | None = None  # who, for which version
    read_first: bool = False  # once withdrawn: what is written in its place

    @property
    def kind(self) -> str:
        return "post" if self.by else "reply"

    def free(self, who: int, now: datetime) -> bool:
        return self.holder in (None, who) or self.until <= now

    def held(self, who: int, now: datetime) -> bool:
        return self.holder == who and self.until > now

    def proposed(self) -> bool:
        return self.proposal is not None and self.proposal[1] == self.version

    def deciding(self, now: datetime) -> bool:
        """Whether the desk is deciding just now whether readers see it."""
        looked_at = self.holder is not None and self.until > now
        return self.state in VISIBLE | {"held"} and (looked_at or self.proposed())


@dataclass
class Done:
    """A decision that may be taken back, and the model's case before it."""

    who: int
    case: Case
    before: Case
    way_back: Undo


class Talked(RuleBasedStateMachine):
    """Writers who change their minds, an employer that answers, readers who flag."""

    template: Path
    steps = 0

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
            acme = factories.employer(db, "Acme")
            self.ann = Hand(acme, desks.staff(db, "ann", "representative").id)
            reply = writing.write(db, self.ann, None, "We pay it.", self.today)
            self.items.append(Case(reply.id, None, "pending"))

    @property
    def today(self) -> date:
        return self.now.date()

    def write(self, db: Session, state: State) -> Case:
        by, id = Writer(), random_id()
        by.open(
            db,
            "We went home at nine.",
            thread=id,
            hold="everything" if state == "held" else "nothing",
        )
        post = items.get(db, "post", id)
        post.state, post.severity, post.waits_since = state, 2, self.today
        return Case(id, by, state)

    @rule(item=ITEM, text=WORDS)
    def edit(self, item: int, text: str) -> None:
        case, words = self.items[item], f"At {text}."
        was, row = copy(case), self.row(case)

        def act(db: Session) -> object:
            if case.by:
                return editing.edit(db, case.id, case.by.hand, words, self.now)
            return writing.edit(db, case.id, self.ann, words, self.now)

        deciding = case.deciding(self.now)
        self.by_writer(case, act)
        changed = was.state not in EMPTY and row.text != words
        assert (case.version > was.version) == changed
        if not changed:
            return
        if deciding:  # nobody outruns the desk
            new = self.row(case)
            assert case.state == "held"
            assert "changed" in items.codes(new.why)
            assert new.waits_since == (row.waits_since or self.today)
            assert 1 <= (new.severity or 0) <= (row.severity or 4)
        elif was.state in VISIBLE:
            assert case.state in VISIBLE
        elif was.state in {"hidden", "returned"}:
            assert case.state == ("hidden" if was.state == "hidden" else "held")

    @rule(item=ITEM)
    def withdraw(self, item: int) -> None:
        case = self.items[item]
        if case.state != "withdrawn":
            waited = ASKED.intersection(items.codes(self.row(case).why))
            case.read_first = bool(waited) or case.state in BLAMED or case.deciding(self.now)

        def act(db: Session) -> None:
            if case.by:
                case.by.withdraw(db, case.id)
            else:
                writing.withdraw(db, case.id, self.ann.employer, self.now)
                if self.row(case, db).state == "withdrawn":
                    statements.withdrawn(db, case.id)

        was = case.state
        self.by_writer(case, act)
        assert case.state == ("suppressed" if was == "suppressed" else "withdrawn")

    @rule(text=WORDS)
    def answer_again(self, text: str) -> None:
        case, words = self.items[-1], f"At {text}."
        was, before = case.state, self.row(case).text
        try:
            with self.store.transaction() as db:
                writing.write(db, self.ann, None, words, self.today)
        except TakenAlready:
            assert was != "withdrawn"
        else:
            assert was == "withdrawn" or before == words
        self.learn(case)
        if was == "withdrawn":
            assert case.state == ("held" if case.read_first else "pending")
        self.check(case)

    @rule(item=ITEM)
    def appeal(self, item: int) -> None:
        case = self.items[item]

        def file(db: Session) -> None:
            told = select(Statement.id).where(Statement.item_id == case.id)
            last = db.scalar(told.order_by(Statement.number.desc()).limit(1))
            if last:
                appeals.file(db, self.settings, last, "It was not so.", self.today)

        self.by_writer(case, file)

    @rule(item=ITEM, reason=st.sampled_from(["threat", "spam"]))
    def flag(self, item: int, reason: str) -> None:
        case, reader = self.items[item], Writer()
        was, judged, tag = copy(case), self.row(case).judged, reader.member.flag(case.id)
        how = None
        try:
            with self.store.transaction() as db:
                if case.by:
                    how = flagging.give(db, case.id, tag, reader.hand, reason, self.today)
                else:
                    how = flagging.give_on_reply(db, case.id, tag, reason, self.today)
                given = flagging.counts(db, case.id)
        except OutOfSight:
            assert was.state not in VISIBLE
        else:
            assert was.state in VISIBLE
            assert how == ("judged" if judged else "given")
        self.learn(case)
        asks = how == "given" and flagging.severity(given) is not None
        expected = "flagged" if asks and was.state == "published" else was.state
        assert (case.state, case.version, case.holder) == (expected, was.version, was.holder)
        self.check(case, was.state)

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

    def row(self, case: Case, db: Session | None = None) -> Item:
        """Return an item as it stands."""
        if db:
            return items.get(db, case.kind, case.id)
        with self.store.reading() as reading:
            return items.get(reading, case.kind, case.id)

    def learn(self, case: Case) -> None:
        """Take over what somebody else than the desk made of an item."""
        item = self.row(case)
        if item.version != case.version:
            case.holder = None
        assert item.version >= case.version
        case.state, case.version = items.state_of(item), item.version
        case.hidden = item.hidden_until is not None
        case.handed = "handed_over" in items.codes(item.why)

    def check(self, case: Case, before: State | None = None) -> None:
        """Compare an item with the model; a change of state is one that may follow."""
        type(self).steps += 1
        with self.store.reading() as db:
            item = self.row(case, db)
            numbers = select(AuditOpening.number).where(AuditOpening.item_id == case.id)
            assert len(db.scalars(numbers).all()) == case.lines
            kept = db.get(KeptText, case.id) is not None
        assert (item.state, item.version) == (case.state, case.version)
        assert item.holder == (None if case.holder is None else self.people[case.holder].id)
        assert before in (None, case.state) or case.state in FOLLOWS[before or "held"]
        if case.state in VISIBLE | {"held"}:
            assert ("proposed" in items.codes(item.why)) == case.proposed()
        if case.state != "withdrawn":
            assert kept == (case.state in {"removed", "appealed"})
            assert (item.text is None) == (kept or case.state == "suppressed")
