"""The desk's work on topics: adding, renaming, ordering, retiring, each a line of the log."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import insert_once
from app.employers import names
from app.moderation import audit, items
from app.moderation.desk import Beaten, Desk, NotThere
from app.moderation.models import AuditEntry, AuditOpening
from app.threads.models import RETIRED, Topic
from app.web import editions

KIND: Final = "topic"
LONGEST: Final = 60
_SLUG: Final = 30


class Taken(ValueError):
    """A topic of this name is there already, or the name has nothing for an address."""


@dataclass(frozen=True)
class Topics:
    """Every topic, those offered first, in their order; seen: a mark of exactly this."""

    all: Sequence[Topic]
    seen: str


@dataclass(frozen=True)
class Hand:
    """Who changes the topics, having seen what, on which day."""

    db: Session
    desk: Desk
    seen: str
    today: date

    def add(self, name: str, name_zh: str) -> None:
        """Offer a new topic, after the others. Raises Taken, and Beaten like the others."""
        topics = self._held()
        slug = names.slug(name)[:_SLUG].rstrip("-")
        self._refuse_taken(topics, name, name_zh)
        place = 1 + max((each.place for each in topics if not each.retired), default=-1)
        values = {"slug": slug, "name": name, "name_zh": name_zh, "place": place}
        if not slug or not insert_once(self.db, Topic, **values):
            raise Taken
        self._tell(slug, "add", "none", "offered")

    def rename(self, slug: str, name: str, name_zh: str) -> None:
        """Give a topic other names; its address stays. Raises Taken and NotThere."""
        topics = self._held()
        topic = _in(topics, slug)
        self._refuse_taken([each for each in topics if each is not topic], name, name_zh)
        topic.name, topic.name_zh = name, name_zh
        self._tell(slug, "rename", _state(topic), _state(topic))

    def move(self, slug: str, by: int) -> None:
        """Show a topic earlier (-1) or later (1); at the end of the list nothing happens."""
        topics = self._held()
        topic = _in(topics, slug)
        offered = [each for each in topics if not each.retired]
        if topic.retired:
            raise Beaten("decided", self._first())
        at = offered.index(topic)
        to = min(max(at + by, 0), len(offered) - 1)
        if to == at:
            return
        offered.insert(to, offered.pop(at))
        for place, each in enumerate(offered):
            each.place = place
        self._tell(slug, "reorder", "offered", "offered")

    def retire(self, slug: str) -> None:
        """Offer a topic no longer; its threads keep it."""
        topic = _in(self._held(), slug)
        if not topic.retired:
            topic.place += RETIRED
            self._tell(slug, "retire", "offered", "retired")

    def offer(self, slug: str) -> None:
        """Offer a retired topic again, about where it was."""
        topic = _in(self._held(), slug)
        if topic.retired:
            topic.place -= RETIRED
            self._tell(slug, "offer", "retired", "offered")

    def _held(self) -> Sequence[Topic]:
        """Return the topics if they are still what was seen; others wait until it is done."""
        editions.bump(self.db, "directory")
        topics = listed(self.db)
        if topics.seen != self.seen:
            raise Beaten("decided", self._first())
        return topics.all

    @staticmethod
    def _refuse_taken(topics: Sequence[Topic], *wanted: str) -> None:
        taken = {names.key(each) for topic in topics for each in (topic.name, topic.name_zh)}
        if taken & {names.key(each) for each in wanted}:
            raise Taken

    def _first(self) -> str | None:
        """Return who changed the topics last."""
        lines = (
            select(AuditOpening.staff_id)
            .join(AuditEntry, AuditEntry.number == AuditOpening.number)
            .where(AuditEntry.kind == KIND)
            .order_by(AuditEntry.number.desc())
        )
        return items.name_of(self.db, self.db.scalar(lines.limit(1)))

    def _tell(self, slug: str, action: str, before: str, after: str) -> None:
        self.db.flush()
        item = hashlib.sha256(slug.encode()).digest()[:16]
        act = audit.Act(KIND, action, "own", before, after, item_id=item, staff_id=self.desk.id)
        audit.write(self.db, act, self.today)


def listed(db: Session) -> Topics:
    """Return every topic as it is now."""
    asked = select(Topic).order_by(Topic.place, Topic.slug)
    topics = db.scalars(asked.execution_options(populate_existing=True)).all()
    rows = [(each.slug, each.name, each.name_zh, each.place) for each in topics]
    return Topics(topics, hashlib.sha256(repr(rows).encode()).hexdigest()[:16])


def _in(topics: Sequence[Topic], slug: str) -> Topic:
    found = next((each for each in topics if each.slug == slug), None)
    if found is None:
        raise NotThere
    return found


def _state(topic: Topic) -> str:
    return "retired" if topic.retired else "offered"
