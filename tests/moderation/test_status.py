"""What an employer is called in the directory, and how often it complains, moves nothing.

One world, seen by readers and by the desk; then its employers are confirmed or not, or send notices
as others would; then the same eyes again.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, random_id
from app.employers.models import Employer
from app.moderation import cohorts, notices, queue
from app.moderation.desk import Desk
from app.moderation.notices import Given
from app.replies import showing
from app.replies import writing as replying
from app.replies.writing import Hand
from app.settings import Settings
from app.threads import hits, listing, reading
from app.threads.models import Post, Thread
from app.triage.states import VISIBLE
from tests import factories
from tests.moderation import desks, held
from tests.moderation.desks import NOW, TODAY
from tests.threads.accounts import Writer

EMPLOYERS: Final = 3
STATUS: Final = st.sampled_from(["confirmed", "unconfirmed"])
Seen = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A thread of the world: about which employer, its votes, its answers, how it stands.

    replied: whether the employer answers in it.
    """

    employer: int
    votes: int
    answers: int
    state: str
    severity: int
    days: int
    replied: bool


THREADS: Final = st.lists(
    st.builds(
        Written,
        employer=st.integers(0, EMPLOYERS - 1),
        votes=st.integers(0, 3),
        answers=st.integers(0, 2),
        state=st.sampled_from(["published", "pending", "flagged", "held", "hidden", "removed"]),
        severity=st.integers(1, 4),
        days=st.integers(0, 3),
        replied=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


class Over(Exception):
    """Ends a world whose transaction must not commit."""


class World:
    """Employers, threads about them, and two people of the desk, in one open transaction."""

    def __init__(self, db: Session, site: Settings, written: Sequence[Written]) -> None:
        """Let everything be written."""
        self.db, self.settings = db, site
        self.employers = [factories.employer(db, f"Works {n}") for n in range(EMPLOYERS)]
        self.desks = [desks.staff(db, "ines"), desks.staff(db, "sol", "senior", proven=True)]
        self.speaker = desks.staff(db, "ann", "representative")
        self.posts = [self.write(each) for each in written]
        for employer in self.employers[::2]:
            self.reply(employer, None)
        for employer in self.employers:
            held.hold(db, employer)
        db.flush()

    def write(self, each: Written) -> Post:
        """Let one thread be as it is drawn."""
        post = Writer().open(self.db, "The bell rang.", employer=self.employers[each.employer]).post
        for _ in range(each.votes):
            Writer().vote(self.db, post.id)
        for _ in range(each.answers):
            Writer().answer(self.db, post, "It did ring.")
        post.state = each.state
        if each.state not in {"published", "removed"}:
            post.severity, post.waits_since = each.severity, TODAY - each.days * desks.DAY
        if each.state not in VISIBLE:
            self.db.get_one(Thread, post.id).listed = False
        if each.replied:
            self.reply(self.employers[each.employer], post.id)
        return post

    def reply(self, employer: Employer, thread: bytes | None) -> None:
        """Let an employer answer."""
        hand = Hand(employer, self.speaker.id)
        replying.write(self.db, hand, thread, f"{employer.name} has mended it.", TODAY)

    def seen(self) -> Seen:
        """Look at everything that has an order or can be hidden, for readers and for the desk."""
        self.db.flush()
        self.db.expire_all()
        lists: dict[object, Any] = {
            (sort, about): [
                (row.id, row.votes, row.comments, row.title)
                for row in listing.threads(self.db, "en", sort, employers=about).rows
            ]
            for sort in listing.SORTS
            for about in (None, *((each.id,) for each in self.employers))
        }
        heats = {each.id: each.heat for each in self.db.scalars(select(Thread))}
        read = {
            post.id: [
                (each.position, each.text, each.name, each.tomb)
                for each in reading.newest(self.db, post.id, 9, "en")
            ]
            for post in self.posts
        }
        found = [
            (hit.path, hit.text) for hit in hits.hits(self.db, [post.id for post in self.posts])
        ]
        replied = [
            *(showing.in_thread(self.db, post.id) for post in self.posts),
            *(showing.on_page(self.db, each.id, [each.id]) for each in self.employers),
        ]
        return {"lists": lists, "heats": heats, "read": read, "found": found, "replied": replied}

    def waiting(self, desk: Desk) -> list[tuple[Any, ...]]:
        """Look at the queue of somebody."""
        return [
            (each.id, each.severity, each.state, each.why, each.days)
            for each in queue.waiting(self.db, desk, NOW).items
        ]

    def everything(self) -> Seen:
        """Look as readers and as the desk."""
        waits = [self.waiting(desk) for desk in self.desks]
        kept = [each.cohort.id for desk in self.desks for each in cohorts.listed(self.db, desk)]
        return self.seen() | {"desk": waits, "held": kept}

    def complained(self, party: str, times: int) -> list[list[tuple[Any, ...]]]:
        """Let somebody send notices about every second post; what waits then, all of it forgotten.

        The reader's side must be the same as before.
        """
        before = self.seen()
        said = Given(party, "fabricated", "It never rang.", "bell")
        with self.db.begin_nested() as point:
            for post in self.posts[::2]:
                if post.state in VISIBLE:
                    for _ in range(times):
                        notices.receive(
                            self.db, self.settings, random_id(), random_id(), post.id, said
                        )
            assert self.seen() == before
            waits = [self.waiting(desk) for desk in self.desks]
            point.rollback()
        self.db.expire_all()
        return waits


@pytest.mark.parametrize(
    ("database_url", "worlds"),
    [
        ("sqlite", 6),
        pytest.param("sqlite", 40, marks=pytest.mark.deep),
        pytest.param("postgres", 6, marks=pytest.mark.deep),
    ],
    indirect=["database_url"],
)
def test_neither_status_nor_complaints_of_an_employer_move_anything(
    store: Database, settings: Settings, worlds: int
) -> None:
    @examples(
        max_examples=worlds,
        deadline=None,
        database=None,
        # Making a failing world smaller is for the long run.
        phases=[Phase.generate, Phase.shrink] if worlds > 100 else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(written=THREADS, statuses=st.tuples(*[STATUS] * EMPLOYERS), times=st.integers(2, 4))
    def everywhere(written: list[Written], statuses: tuple[str, ...], times: int) -> None:
        with suppress(Over), store.transaction() as db:
            world = World(db, settings, written)
            before = world.everything()
            for employer, status in zip(world.employers, statuses, strict=True):
                employer.status = status
            assert world.everything() == before
            # Nobody's word counts for more, and saying it again counts for nothing.
            once = world.complained("private", 1)
            assert world.complained("employer", 1) == once
            assert world.complained("employer", times) == once
            raise Over

    everywhere()
