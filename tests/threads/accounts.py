"""Accounts as the verbs of the conversation know them: by their tags, without any page."""

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.db import random_id
from app.employers.models import Employer
from app.evidence.attaching import Attached
from app.members.member import Member
from app.threads import editing, own, polls, posting, voting
from app.threads.hand import Asked, Hand, Outcome, Written
from app.threads.models import Post
from app.threads.weighed import Hold

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
LEAST = 10


class Writer:
    """Somebody with an account, who posts, answers, votes and changes their mind."""

    def __init__(self) -> None:
        """Join."""
        self.member = Member(secrets.token_bytes(32), b"")
        self.hand = Hand(self.member.slot, self.member.nym)

    def open(
        self,
        db: Session,
        text: str = "We were home by seven again.",
        *,
        thread: bytes = b"",
        title: str = "Lights out",
        employer: Employer | None = None,
        poll: Asked | None = None,
        due: datetime | None = None,
        today: date = TODAY,
        hold: Hold = "nothing",
        image: Attached | None = None,
    ) -> Outcome:
        """Open a thread: of an employer, else on working hours."""
        return posting.open_thread(
            db,
            thread or random_id(),
            self.hand,
            Written(text, "worker", due, image, hold),
            title=title,
            employer=employer,
            topic=None if employer else "hours",
            poll=poll,
            today=today,
        )

    def answer(
        self,
        db: Session,
        to: Post,
        text: str = "So were we.",
        *,
        post: bytes = b"",
        due: datetime | None = None,
        today: date = TODAY,
        hold: Hold = "nothing",
    ) -> Outcome:
        """Answer a post."""
        written = Written(text, due=due, hold=hold)
        made = post or random_id()
        return posting.reply(db, made, self.hand, to.thread_id, to.id, written, today)

    def vote(self, db: Session, post: bytes) -> str:
        """Vote for a post."""
        return voting.give(db, post, self.member.vote(post), self.hand)

    def take_back(self, db: Session, post: bytes) -> str:
        """Take a vote back."""
        return voting.take_back(db, post, self.member.vote(post))

    def choose(self, db: Session, thread: bytes, number: int, today: date = TODAY) -> str:
        """Answer the poll of a thread."""
        return polls.answer(db, thread, self.member.answer(thread), number, today, LEAST)

    def withdraw(self, db: Session, post: bytes) -> editing.Withdrawn | None:
        """Withdraw a post."""
        return editing.withdraw(db, post, self.hand)

    def posts(self, db: Session) -> list[Post]:
        """Find what is one's own."""
        return own.posts(db, self.hand.slot)


def asked(
    choices: Sequence[str] = ("yes", "no"), *, closes: date = TODAY, steps: bool = False
) -> Asked:
    """Return a poll."""
    return Asked("Was it dark when you left?", choices, closes, steps)
