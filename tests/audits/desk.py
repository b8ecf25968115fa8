"""The desk of a town: who works at it, and a day's work by the verbs that its pages call."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import random_id
from app.evidence.models import EvidenceImage
from app.moderation import deciding, leases, queue
from app.moderation.desk import Desk, Verdict
from app.moderation.powers import Action, Role
from app.moderation.queue import Waiting
from app.staff.models import Staff
from tests.audits.browsers import Browser
from tests.audits.talk import Said, Talker
from tests.audits.town import Town

STAFF: Final[tuple[tuple[str, Role], ...]] = (
    *(("ines", "moderator"), ("tomas", "moderator")),
    *(("sol", "senior"), ("vera", "senior")),
)
TAKEN: Final = frozenset({"removed", "returned"})
# What strikes and what does not, and what a reader may answer by changing it.
VERDICTS: Final[tuple[tuple[Action, str], ...]] = (
    *(("remove", "person"), ("remove", "off_topic")),
    ("return", "person"),
)


@dataclass
class Judges:
    """Four people who judge what waits, turn by turn; what they decide follows from chance."""

    town: Town
    desks: dict[str, Desk]
    rng: random.Random

    @classmethod
    def hired(cls, town: Town, seed: int) -> Self:
        """Give the town its staff, as rows of their table."""
        desks = {name: Desk(random_id(), role, proven=True) for name, role in STAFF}
        with town.site.state.database.transaction() as db:
            db.add_all(
                Staff(id=desk.id, name=name, role=desk.role, active=True, step=0)
                for name, desk in desks.items()
            )
        return cls(town, desks, random.Random(f"desk {seed}"))

    def work(self, people: Sequence[Talker]) -> None:
        """Hear of one post from outside, then decide on everything that waits."""
        square = people[0].square
        if comments := [post for post in square.said if post.id != post.thread]:
            notice(self.town, self.rng.choice(comments))
        taken: set[bytes] = set()
        while found := self._waiting():
            for desk, each in found:
                if self._decide(desk, each) in TAKEN:
                    taken.add(each.id)
        gone = [post for post in square.said if post.id in taken]
        for person in people:
            person.loses(gone)

    def _waiting(self) -> list[tuple[Desk, Waiting]]:
        """Return what waits: appeals for a senior, all else for two moderators in turn."""
        now, found = self.town.settings.now(), list[tuple[Desk, Waiting]]()
        turns = [self.desks["ines"], self.desks["tomas"]]
        with self.town.site.state.database.reading() as db:
            items = queue.waiting(db, turns[0], now).items
            found += [(turns[n % 2], each) for n, each in enumerate(items)]
            senior = self.desks["sol"]
            appeals = queue.waiting(db, senior, now, queue.Filter(appeals=True)).items
            return found + [(senior, each) for each in appeals]

    def _decide(self, desk: Desk, each: Waiting) -> str:
        """Claim a case and decide on it in the same breath, as its page does."""
        settings = self.town.settings
        now = settings.now()
        with self.town.site.state.database.transaction() as db:
            verdict = self._verdict(db, each)
            leases.claim(db, desk, each.kind, each.id, each.version, now)
            done = deciding.decide(
                db, settings, desk, each.kind, each.id, each.version, verdict, now
            )
        return done.after

    def _verdict(self, db: Session, each: Waiting) -> Verdict:
        """Take some comments out; threads and pictures stay, so that people can go on."""
        if each.state == "appealed":
            return Verdict(self.rng.choice(("uphold", "restore")), words="Looked at again.")
        pictured = db.scalar(select(EvidenceImage.id).where(EvidenceImage.post_id == each.id))
        if each.kind == "post" or pictured or self.rng.random() < 0.5:
            return Verdict("approve")
        action, reason = self.rng.choice(VERDICTS)
        return Verdict(action, reason, ((each.text or "")[:20],), "Say it without the name.")


def notice(town: Town, about: Said, **said: str) -> Browser:
    """Send a notice from outside about a post; returns the browser, which shows the receipt."""
    browser = town.browser(0)
    address = f"{town.settings.base_url}{about.path}"
    browser.open(f"/notice?item={address}")
    typed = {"asks": "out", "party": "private", "reason": "hate", "faith": "1"}
    typed["words"] = "It despises people who cannot answer here."
    return browser.post("/notice", **{**browser.hidden, **typed, "item": address, **said})
