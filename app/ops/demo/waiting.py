"""Let things wait at the demonstration's desk, and have some decided, by the verbs of everybody.

One invented person writes all of it, under many threads: the desk cannot tell.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import random_id
from app.evidence.attaching import Attached
from app.members.member import Member
from app.moderation import appeals, deciding, leases, notices
from app.moderation.desk import Desk, Verdict
from app.moderation.models import Statement
from app.ops.demo.waits import DONE, WAITS, Done, Wait
from app.settings import Settings
from app.staff.models import Role, Staff
from app.threads import copying, flagging, posting
from app.threads.hand import Hand, Written
from app.threads.models import Post, Thread

BEGUN: Final = 9  # days that the desk has been at work
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


def load(db: Session, settings: Settings, image: Attached | None) -> None:
    """Put comments under the threads that there are: some wait, some were decided on."""
    asked = select(Thread.id, Thread.title).where(Thread.listed)
    rows = db.execute(asked.order_by(Thread.day, Thread.title)).all()
    if not rows:
        return
    chinese = [row.id for row in rows if _CHINESE.search(row.title or "")]
    english = [row.id for row in rows if row.id not in chinese]
    member = Member(secrets.token_bytes(32), b"")
    desk = _Desk(db, settings, Hand(member.slot, member.nym), (english, chinese))
    put = [(one, desk.write(one.text, one.ago, image if one.picture else None)) for one in WAITS]
    copying.put(db, [(post.id, post.version) for one, post in put if one.copy], settings.today())
    done = [(each, desk.write(each.text, each.ago + 1)) for each in DONE]
    for ago in range(BEGUN, -1, -1):  # days of the log never go back
        for one, post in put:
            if one.ago == ago:
                desk.ask(one, post)
        for each, post in done:
            if each.ago == ago:
                desk.decide(each, post)
            if each.appeal and each.ago - 1 == ago:
                desk.appeal(each, post)
    for each, post in done:
        if each.answer:
            desk.answer(each, post)


@dataclass
class _Desk:
    """What is put before the desk, in threads of its language by turns, and what it decides."""

    db: Session
    settings: Settings
    hand: Hand
    threads: tuple[Sequence[bytes], Sequence[bytes]]
    turn: int = 0

    def write(self, text: str, ago: int, image: Attached | None = None) -> Post:
        """Write a comment so many days ago, as its account would."""
        chinese = bool(_CHINESE.search(text))
        threads = self.threads[chinese] or self.threads[not chinese]
        thread = threads[self.turn % len(threads)]
        self.turn += 1
        day = self._then(ago).date()
        written = Written(text, image=image, hold="risky")
        made = posting.reply(self.db, random_id(), self.hand, thread, thread, written, day)
        return made.post

    def ask(self, one: Wait, post: Post) -> None:
        """Have readers flag a comment, and somebody outside send a notice about it."""
        day = self._then(one.ago).date()
        for reason in one.flags:
            reader = Member(secrets.token_bytes(32), b"")
            hand = Hand(reader.slot, reader.nym)
            flagging.give(self.db, post.id, reader.flag(post.id), hand, reason, day)
        if one.notice:
            ids = random_id(), random_id()
            notices.receive(self.db, self._on(one.ago), *ids, post.id, one.notice)

    def decide(self, one: Done, post: Post) -> None:
        """Have the moderator claim a comment and decide on it."""
        self._settle(one.ago, "moderator", post, Verdict(one.action, one.reason))

    def appeal(self, one: Done, post: Post) -> None:
        """Have its writer appeal on the day after."""
        asked = select(Statement.id).where(Statement.item_id == post.id)
        day = self._then(one.ago - 1).date()
        appeals.file(self.db, self.settings, self.db.scalars(asked).one(), one.appeal, day)

    def answer(self, one: Done, post: Post) -> None:
        """Have a senior give it back with an answer, yesterday."""
        self._settle(1, "senior", post, Verdict("restore", words=one.answer))

    def _settle(self, ago: int, role: Role, post: Post, verdict: Verdict) -> None:
        staff = self.db.scalars(select(Staff.id).where(Staff.role == role)).one()
        desk, now = Desk(staff, role), self._then(ago)
        self.db.refresh(post)
        case = self.db, desk, "comment", post.id, post.version
        leases.claim(*case, now)
        deciding.decide(
            self.db, self.settings, desk, "comment", post.id, post.version, verdict, now
        )
        self.db.flush()

    def _then(self, ago: int) -> datetime:
        return self.settings.now() - timedelta(days=ago)

    def _on(self, ago: int) -> Settings:
        return self.settings.model_copy(update={"clock": self._then(ago).isoformat()})
