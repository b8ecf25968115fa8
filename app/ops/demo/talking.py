"""Load what the invented people say, through the same verbs as everybody's posts."""

import random
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.employers.models import Employer
from app.evidence import store
from app.evidence.attaching import Attached
from app.members.member import Member
from app.ops.demo import pictures
from app.ops.demo.talk import OPENER, Comment, Conversation, conversations
from app.settings import Settings
from app.threads import appearing, polls, posting
from app.threads.hand import Asked, Hand, Written
from app.threads.models import Post, Thread, Vote

TOGETHER: Final = 22  # threads in one transaction
Pictures = Mapping[str, Attached]


def load(
    database: Database,
    settings: Settings,
    employers: Mapping[str, Employer],
    number: int,
    seed: int,
) -> Iterator[int]:
    """Open that many threads with their comments and votes; yields how many are open so far.

    What is said, by how many and when follows from the seed; ids, tags, pseudonyms never do.
    """
    rng = random.Random(seed)  # noqa: S311 (invented talk, no secret)
    told = conversations(number, list(employers), seed)
    images = stored(settings, {one.image for one in told} - {""})
    for first in range(0, len(told), TOGETHER):
        some = told[first : first + TOGETHER]
        with database.transaction() as db:
            for one in some:
                _Thread(db, settings, one, employers.get(one.about), rng).load(images)
        yield first + len(some)


def stored(settings: Settings, names: set[str]) -> Pictures:
    """Draw pictures and put them where evidence is kept."""
    kept, attached = store.of(settings), dict[str, Attached]()
    for name in sorted(names):
        drawn, out = pictures.draw(name), BytesIO()
        drawn.image.save(out, "WEBP", quality=82)
        attached[name] = Attached(random_id(), drawn.alternative, *drawn.image.size)
        kept.put(attached[name].id, out.getvalue())
    return attached


class _Thread:
    """One conversation on its way into the database; each of its people is a new account."""

    def __init__(
        self,
        db: Session,
        settings: Settings,
        told: Conversation,
        employer: Employer | None,
        rng: random.Random,
    ) -> None:
        self.db = db
        self.settings = settings
        self.told = told
        self.employer = employer
        self.rng = rng
        self.hands: dict[str, Hand] = {}
        self.day = settings.today() - timedelta(days=told.ago)

    def load(self, images: Pictures) -> None:
        """Open the thread, then say and count what was said of it, day by day."""
        told, thread = self.told, random_id()
        posting.open_thread(
            self.db,
            thread,
            self._hand(OPENER),
            Written(told.text, self._badge(told.verified), image=images.get(told.image)),
            title=told.title,
            employer=self.employer,
            topic=told.topic,
            poll=self._poll(),
            today=self.day,
        )
        self._answer(thread)
        ids = {0: thread}
        for day, number, comment in self._course():
            ids[number] = random_id()
            written = Written(comment.text, self._badge(comment.verified))
            hand, parent = self._hand(comment.writer), ids[comment.under]
            posting.reply(self.db, ids[number], hand, thread, parent, written, day)
            self._vote(ids[number], comment.votes if told.votes else 0)
        self._vote(thread, told.votes)
        opened = self.db.get_one(Thread, thread)
        opened.votes = told.votes
        appearing.warm(opened)

    def _course(self) -> Sequence[tuple[date, int, Comment]]:
        """The comments in the order of their days; nobody answers before being written to."""
        days = {0: self.day}
        for number, comment in enumerate(self.told.comments, 1):
            later = days[comment.under] + timedelta(days=self.rng.choice((0, 0, 1, 2)))
            days[number] = min(later, self.settings.today())
        numbered = enumerate(self.told.comments, 1)
        return sorted((days[number], number, comment) for number, comment in numbered)

    def _hand(self, writer: str) -> Hand:
        if writer not in self.hands:
            member = Member(secrets.token_bytes(32), b"")
            self.hands[writer] = Hand(member.slot, member.nym)
        return self.hands[writer]

    def _badge(self, verified: bool) -> str | None:
        if not verified:
            return None
        return "employer" if self.employer else "worker"

    def _poll(self) -> Asked | None:
        asked = self.told.question
        if asked is None:
            return None
        closes = self.settings.today() + timedelta(days=asked.open)
        return Asked(asked.text, asked.choices, closes, asked.steps)

    def _answer(self, thread: bytes) -> None:
        asked, least = self.told.question, self.settings.release_min_reports
        turns = [n for n, given in enumerate(asked.given) for _ in range(given)] if asked else []
        self.rng.shuffle(turns)
        for number in turns:
            polls.answer(self.db, thread, secrets.token_bytes(16), number, self.day, least)

    def _vote(self, post_id: bytes, votes: int) -> None:
        """Count the votes of so many readers, all at once: voting one by one takes minutes."""
        post = self.db.get_one(Post, post_id)
        post.votes = votes
        if votes:
            tags = (secrets.token_bytes(16) for _ in range(votes))
            rows = [{"tag": tag, "post_id": post_id, "counted": True} for tag in tags]
            self.db.execute(insert(Vote), rows)
