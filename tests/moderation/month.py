"""A scripted month of the desk, by its real verbs: what is written, judged, undone and appealed.

Chance is seeded; where a verdict is free, the one that was given least often comes next, so that
a short month meets every action too.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Database
from app.evidence import attaching
from app.evidence.attaching import Attached
from app.moderation import (
    appeals,
    deciding,
    items,
    leases,
    legal,
    notices,
    queue,
    sampling,
    two_persons,
    undoing,
)
from app.moderation.desk import END_HIDING, PROPOSE, UNDO, Decided, Desk, Verdict
from app.moderation.models import AuditHead, Proposal, Statement
from app.moderation.notice_models import Notice
from app.moderation.notices import Given
from app.moderation.powers import POWERS, Action, actions
from app.settings import Settings
from app.threads import editing, flagging
from app.threads.models import Post
from app.triage.reasons import LEGAL, REASONS
from app.triage.states import VISIBLE
from app.upkeep import appearing
from tests import factories
from tests.moderation import desks
from tests.threads.accounts import Writer

FIRST: Final = date(2026, 10, 1)
DAYS: Final = 31
WRITING: Final = 22  # on the days after that the desk clears what is left
TEXTS: Final = (
    "We were home by seven again.",
    "Ask manager Zhou Lin directly, every shift goes over his desk.",
    "他的电话是 138 1234 5678，有事直接找他。",
    "The stand-up moved to 21:15, and nobody asked us.",
)
GIVEN: Final = (
    Given("private", "person", "It names my sister.", "my sister"),
    Given("employer", "fabricated", "None of it is true.", "none of it"),
    Given("lawyer", "legal_notice", "It defames us.", "it was true", "Ada", "a@b.example", "UK"),
    Given("authority", "legal_order", "By order of the court.", "all", place="EU"),
    Given("flagger", "contact", "There is a number in it.", "138"),
    Given("employer", "contact", "Who wrote this?", "", out=False, who=True),
    Given("lawyer", "person", "It goes, and we want a name.", "he", who=True),
)


@dataclass(frozen=True)
class Done:
    """One act as whoever did it was told: what a line of the log must say."""

    kind: str
    action: str
    before: str
    after: str
    item_id: bytes
    reason: str | None = None
    words: str = ""


class Month:
    """Writers, people outside, moderators and seniors, day after day."""

    def __init__(self, store: Database, settings: Settings, number: int, seed: int = 1) -> None:
        """Let everybody come. number: of items that will be written."""
        self.store, self.settings, self.rng = store, settings, random.Random(seed)
        # Ids as well: the queue of a day is in their order, and so what comes of a short month.
        self.ids = random.Random(f"ids {seed}")
        self.number, self.day = number, FIRST
        self.done: dict[int, Done] = {}
        self.undone: set[int] = set()
        self.by: dict[bytes, Writer] = {}
        self.noticed = Counter[str]()
        self.given = Counter[str]()
        self.writers = [Writer() for _ in range(2 + number // 5)]
        self.edited: set[bytes] = set()
        with store.transaction() as db:
            self.employers = [factories.employer(db, name) for name in ("Tide Works", "Fern Post")]
            tied = self.employers[:1]
            self.judges = [
                desks.staff(db, "m1"),
                desks.staff(db, "m2"),
                desks.staff(db, "m3", "moderator", *tied),
                desks.staff(db, "s1", "senior", proven=True),
                desks.staff(db, "s2", "senior", proven=True),
            ]
            # Whoever judges appeals has decided on none of it before.
            self.others = [desks.staff(db, f"a{n}", "senior", proven=True) for n in range(4)]

    @property
    def now(self) -> datetime:
        """Noon of the day."""
        return datetime.combine(self.day, time(12), UTC)

    def id(self) -> bytes:
        """Draw an id."""
        return self.ids.randbytes(16)

    def run(self) -> None:
        """Let the month go by; what was written in it is decided at its end."""
        for n in range(DAYS):
            self.day = FIRST + timedelta(days=n)
            self.settings.clock = self.now.isoformat()
            self.begin_day()
            if n < WRITING:
                for _ in range(self.number * (n + 1) // WRITING - self.number * n // WRITING):
                    self.somebody_writes()
            self.writers_answer()
            for desk in (self.judges[n % 5], self.judges[(n + 2) % 5]):
                self.clears(desk, everything=n >= WRITING)
            self.answers_appeals(self.others[n % 4])
        self.looks_again()

    def begin_day(self) -> None:
        """Do what a night does: hiding ends, the days of legal cases are counted."""
        with self.store.reading() as db:
            # In the order in which they come back.
            hidden = list(db.scalars(select(Post).where(Post.state == "hidden").order_by(Post.id)))
            first = db.get_one(AuditHead, "head").number
        ended = appearing.end_hiding(self.store, self.day)
        with self.store.transaction() as db:
            back = [post for post in hidden if desks.again(db, post).state == "pending"]
            assert len(back) == ended
            for number, post in enumerate(back, first + 1):
                kind, reason = items.kind_of(post), items.reason_of(post)
                self.done[number] = Done(kind, END_HIDING, "hidden", "pending", post.id, reason)
            legal.due(db, self.day)

    def somebody_writes(self) -> None:
        """Write a thread or a comment; every few have a picture, are flagged or complained of."""
        turn, writer = len(self.by), self.rng.choice(self.writers)
        picture = Attached(self.id(), "A calendar", 9, 9) if turn % 5 == 1 else None
        with self.store.transaction() as db:
            post = self._comment(db, writer) if turn % 3 else None
            post = post or self._thread(db, writer, picture)
            self.by[post.id] = writer
            seen = post.state in VISIBLE
        if seen and turn % 6 == 3:
            self.somebody_flags(post.id)
        if seen and turn % 4 == 2:
            self.somebody_complains(post.id, GIVEN[turn // 4 % len(GIVEN)])

    def _thread(self, db: Session, writer: Writer, picture: Attached | None) -> Post:
        about = self.rng.choice((None, *self.employers))
        text = self.rng.choice(TEXTS)
        made = self.id()
        return writer.open(
            db, text, thread=made, employer=about, today=self.day, hold="risky", image=picture
        ).post

    def _comment(self, db: Session, writer: Writer) -> Post | None:
        """Answer something recent, if it can be read."""
        to = db.get_one(Post, self.rng.choice(list(self.by)[-20:]))
        if to.state not in VISIBLE:
            return None
        text, made = self.rng.choice(TEXTS), self.id()
        return writer.answer(db, to, text, post=made, today=self.day, hold="risky").post

    def somebody_flags(self, post_id: bytes) -> None:
        """Flag it, for a reason that counts at once."""
        reader = Writer()
        with self.store.transaction() as db:
            tag = reader.member.flag(post_id)
            assert flagging.give(db, post_id, tag, reader.hand, "threat", self.day) == "given"

    def somebody_complains(self, post_id: bytes, given: Given) -> None:
        """Send a notice about it."""
        with self.store.transaction() as db:
            before = db.get_one(Post, post_id).state
            notice = notices.receive(db, self.settings, self.id(), self.id(), post_id, given)
            after, kind, number = db.get_one(Post, post_id).state, notice.kind, notice.number
        if given.out:
            self.noticed[given.party] += 1
            self.done[number] = Done(kind, "notice", before, after, post_id, given.reason)
        if given.who:
            number += given.out
            self.done[number] = Done("demand", "answer", after, after, post_id, given.reason)

    def writers_answer(self) -> None:
        """Appeal against half of what was done before today, edit or withdraw some of it."""
        with self.store.reading() as db:
            fresh = select(Statement).where(
                Statement.day == self.day - timedelta(days=1), Statement.action != "hide"
            )
            told = [
                (s.id, s.item_id, s.action) for s in db.scalars(fresh.order_by(Statement.number))
            ]
            asked = list(db.scalars(select(Notice.id).where(Notice.state == "asked")))
        for turn, (statement_id, post_id, action) in enumerate(told):
            with self.store.transaction() as db:
                state = db.get_one(Post, post_id).state
                if action == "return" and turn % 3 == 0 and post_id not in self.edited:
                    self._edit(db, post_id, state)
                elif turn % 7 == 6:
                    self.by[post_id].withdraw(db, post_id)
                elif turn % 2 == 0:
                    appeals.file(db, self.settings, statement_id, "It was not so.", self.day)
        for notice_id in asked[::2]:
            with self.store.transaction() as db:
                legal.answer(db, self.settings, notice_id, "counter", "It was so.")

    def _edit(self, db: Session, post_id: bytes, state: str) -> None:
        self.edited.add(post_id)
        hand, text = self.by[post_id].hand, "We said it in other words."
        assert state == "returned"
        assert editing.edit(db, post_id, hand, text, self.now, "In other words", "risky")

    def clears(self, desk: Desk, *, everything: bool) -> None:
        """Go through one's queue; on ordinary days some of it is left for others."""
        after: str | None = ""
        while after is not None:
            with self.store.reading() as db:
                found = queue.waiting(db, desk, self.now, None, after)
            after = found.next
            for each in found.items:
                later = self.rng.random() < 0.3 or each.state == "hidden"
                if everything or not later:
                    self.judges_item(desk, each)

    def judges_item(self, desk: Desk, each: queue.Waiting) -> None:
        """Claim it and decide, or agree with another's proposal; a part is taken back."""
        with self.store.transaction() as db:
            verdict = self._verdict(db, desk, each)
            if verdict is None:
                return
            item = (each.kind, each.id, each.version)
            leases.claim(db, desk, *item, self.now)
            made = deciding.decide(db, self.settings, desk, *item, verdict, self.now)
        self.note(made, verdict)
        if made.undo and not made.proposed and len(self.done) % 9 == 0:
            with self.store.transaction() as db:
                back = undoing.undo(db, self.settings, desk, made.undo, self.now)
                leases.release(db, desk, each.kind, each.id)
            self.undone.add(made.number)
            self.done[back.number] = Done(each.kind, UNDO, back.before, back.after, each.id)

    def note(self, made: Decided, verdict: Verdict) -> None:
        """Note what a decision said it did."""
        image = verdict.action == "remove_image" and not made.proposed
        self.done[made.number] = Done(
            "image" if image else made.kind,
            PROPOSE if made.proposed else verdict.action,
            made.before,
            made.after,
            made.item_id,
            verdict.reason,
            verdict.words,
        )

    def _verdict(self, db: Session, desk: Desk, each: queue.Waiting) -> Verdict | None:
        """Choose what to decide; None where another person is waited for."""
        proposal, post = db.get(Proposal, each.id), db.get_one(Post, each.id)
        may = self._may(db, desk, post)
        if proposal and proposal.version == each.version:
            verdict = two_persons.proposed(self.settings, proposal)
            agrees = proposal.staff_id != desk.id and verdict.action in may
            return verdict if agrees else None
        action = min(may, key=lambda one: (self.given[one], self.rng.random()))
        self.given[action] += 1
        if not POWERS[action].reason:
            return Verdict(action, words="Read again." if action == "restore" else "")
        brief = [code for code, reason in REASONS.items() if reason.brief or action != "hide"]
        code = brief[self.given[action] % len(brief)]
        words = "Leave that out." if REASONS[code].words or self.given[action] % 2 else ""
        return Verdict(action, code, ("Zhou Lin",) if self.given[action] % 3 else (), words)

    def _may(self, db: Session, desk: Desk, post: Post) -> list[Action]:
        found = actions(desk.role, items.state_of(post))
        if post.hidden_until or self.day >= FIRST + timedelta(days=WRITING):
            found = [one for one in found if one != "hide"]
        if not attaching.of(db, [post.id]):
            found = [one for one in found if one != "remove_image"]
        return [one for one in found if one != "suppress" or post.state != "appealed"]

    def answers_appeals(self, desk: Desk) -> None:
        """Decide on appeals, as cases or, where nothing is left to bring back, by an answer."""
        with self.store.reading() as db:
            cases = queue.waiting(db, desk, self.now, queue.Filter(appeals=True)).items
            plain = [one for one in appeals.open_ones(db, desk, self.day) if not one.case]
        for each in cases:
            self.judges_item(desk, each)
        for turn, one in enumerate(plain):
            with self.store.reading() as db:
                sent_back = one.reason in LEGAL or notices.sent_back(db, one.item_id)
            law = one.action == "return" and sent_back
            outcome: appeals.Outcome = "restored" if turn % 2 == 0 and not law else "upheld"
            self._answer(desk, one, outcome)

    def _answer(self, desk: Desk, one: appeals.Open, outcome: appeals.Outcome) -> None:
        with self.store.transaction() as db:
            statement = db.get_one(Statement, one.statement_id)
            kind, before = statement.kind, db.get_one(Post, one.item_id).state
            number = appeals.answer(
                db, self.settings, desk, statement.id, outcome, "Read again.", self.day
            )
            after = desks.again(db, Post(id=one.item_id)).state
        action = "restore" if outcome == "restored" else "uphold"
        self.done[number] = Done(kind, action, before, after, one.item_id, one.reason)

    def looks_again(self) -> None:
        """Let an auditor look at what was drawn of the last days, and agree with half of it."""
        with self.store.transaction() as db:
            vera = desks.staff(db, "vera", "auditor")
            found = sampling.listed(db, self.settings, vera, self.day)
        for turn, each in enumerate(found):
            said: tuple[str, str | None] = (
                ("disagree", "wrong_reason") if turn % 2 else ("agree", None)
            )
            line = each.line
            with self.store.transaction() as db:
                number = sampling.note(db, self.settings, vera, line.number, *said, self.day)
            marked = sampling.mark(line.number)
            self.done[number] = Done(line.kind, said[0], line.after, line.after, marked, said[1])

    def waits(self) -> Iterator[str]:
        """Yield whatever still waits for anybody."""
        with self.store.reading() as db:
            for desk in (*self.judges, *self.others):
                if number := queue.standing(db, desk, self.day).waiting:
                    yield f"{number} items"
                if appeals.open_ones(db, desk, self.day):
                    yield "appeals"
                if two_persons.open_ones(db, desk):
                    yield "proposals"
            open_ones = select(func.count()).where(Notice.state != "closed")
            if number := db.scalar(open_ones.select_from(Notice)) or 0:
                yield f"{number} notices"
