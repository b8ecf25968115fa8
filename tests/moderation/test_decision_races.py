"""Many of the desk at the same items at once, and killed on the way: each decided once, and told.

A decision is the step from one version of an item to the next, and each has its line.
"""

import os
import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from select import select as select_ready

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Busy, Database
from app.moderation import deciding, items, leases, undoing
from app.moderation.chain import canonical, link
from app.moderation.desk import Beaten, Decided, Desk, Refused, Verdict
from app.moderation.models import AuditEntry, AuditHead, AuditOpening, KeptText, Statement
from app.search.models import SearchEntry
from app.settings import Settings
from app.threads.models import Post, Thread
from app.triage.states import VISIBLE
from tests.conftest import SQLITE_FIRST
from tests.moderation import desks
from tests.moderation.desks import NOW

THREADS = 40
KILLS = 5
VERDICTS = (
    Verdict("approve"),
    Verdict("remove", "person", ("Mr Zhang",)),
    Verdict("return", "contact"),
    Verdict("hide", "threat"),
)
Version = tuple[bytes, int]


def opened(store: Database, number: int) -> list[Post]:
    """Let items wait in a few threads."""
    with store.transaction() as db:
        firsts = [desks.waiting(db) for _ in range(1 + number // 8)]
        rest = [
            desks.waiting(db, "So it is.", to=random.choice(firsts))
            for _ in range(number - len(firsts))
        ]
    return [*firsts, *rest]


class Hands:
    """People of the desk who claim, decide and undo without looking left or right."""

    def __init__(self, store: Database, settings: Settings, posts: list[Post]) -> None:
        """Let them sit down; versions: what each of them sees on the screen."""
        self.store, self.settings = store, settings
        self.versions = {post.id: post.version for post in posts}
        self.made: list[Decided] = []

    def attempt(self, item: Post, desk: Desk, rng: random.Random) -> None:
        """Claim an item as one knows it and decide, in one transaction or two; undo mostly."""
        asked = (items.kind_of(item), item.id, self.versions[item.id])
        try:
            with self.store.transaction() as db:
                leases.claim(db, desk, *asked, NOW)
                done = self.decide(db, desk, asked, rng) if rng.random() < 0.5 else None
            if done is None:
                with self.store.transaction() as db:
                    done = self.decide(db, desk, asked, rng)
            self.keep(done)
            if rng.random() < 0.9 and done.undo:
                with self.store.transaction() as db:
                    back = undoing.undo(db, self.settings, desk, done.undo, NOW)
                    leases.release(db, desk, *asked[:2])
                self.keep(back)
        except (Beaten, Refused):
            return

    def decide(
        self, db: Session, desk: Desk, asked: tuple[str, bytes, int], rng: random.Random
    ) -> Decided:
        """Give any verdict."""
        verdict = rng.choice(VERDICTS)
        return deciding.decide(db, self.settings, desk, *asked, verdict, NOW)

    def keep(self, done: Decided) -> None:
        """Note what was committed."""
        self.made.append(done)
        self.versions[done.item_id] = done.version

    def try_until_there_is_room(self, item: Post, desk: Desk, seed: float) -> None:
        """Come again when too many wait to write."""
        while True:
            try:
                return self.attempt(item, desk, random.Random(seed))
            except Busy:
                continue


@SQLITE_FIRST
@pytest.mark.parametrize("attempts", [200, pytest.param(5_000, marks=pytest.mark.deep)])
def test_racing_claims_and_decisions(store: Database, settings: Settings, attempts: int) -> None:
    assert race(store, settings, attempts) >= attempts / 40, "hardly anything was decided"


def race(store: Database, settings: Settings, attempts: int) -> int:
    """Let forty threads claim, decide and undo; check it all, and return how many decisions."""
    with store.transaction() as db:
        people = [desks.staff(db, f"m{n}") for n in range(THREADS // 2)]
    posts = opened(store, attempts // THREADS)
    hands = Hands(store, settings, posts)
    rng = random.Random(7)
    jobs = [(item, people[n % len(people)]) for item in posts for n in range(THREADS)]
    # Neighbours in this order meet at the same item.
    with ThreadPoolExecutor(THREADS) as pool:
        tried = [
            pool.submit(hands.try_until_there_is_room, item, desk, rng.random())
            for item, desk in jobs
        ]
    for each in tried:
        each.result()
    made = Counter((done.item_id, done.version) for done in hands.made)
    assert max(made.values()) == 1, "decided twice"
    return assert_each_decision_has_its_line(store, set(made), {done.number for done in hands.made})


def assert_each_decision_has_its_line(
    store: Database, made: set[Version] | None = None, numbers: set[int] | None = None
) -> int:
    """Compare items, log, statements, kept words, index and counts; return how many lines."""
    with store.reading() as db:
        posts = {post.id: post for post in db.scalars(select(Post))}
        lines = db.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        of = {opening.number: opening.item_id for opening in db.scalars(select(AuditOpening))}
        kept = set(db.scalars(select(KeptText.item_id)))
        told = set(db.scalars(select(Statement.number)))
        indexed = set(db.scalars(select(SearchEntry.item)))
        threads = {thread.id: thread for thread in db.scalars(select(Thread))}
        head = db.get_one(AuditHead, "head")
    steps = {
        (item.id, version) for item in posts.values() for version in range(2, item.version + 1)
    }
    assert len(lines) == len(of) == len(steps)
    if made is not None:
        assert made == steps
        assert numbers == {line.number for line in lines}
    for item in posts.values():
        own = [line for line in lines if of[line.number] == item.id]
        assert len(own) == item.version - 1
        assert all(one.after == other.before for one, other in pairwise(own))
        assert not own or own[-1].after == item.state
        standing = [line for n, line in enumerate(own) if not undone(own, n)]
        restricting = {line.number for line in standing if line.action not in {"approve", "undo"}}
        assert told & {line.number for line in own} == restricting
        assert (item.id in kept) == (item.text is None) == (item.state == "removed")
        assert (item.id in indexed) == (item.state in VISIBLE)
    for thread in threads.values():
        seen = [p for p in posts.values() if p.thread_id == thread.id and p.state in VISIBLE]
        assert thread.comments == sum(post.id != thread.id for post in seen)
        assert thread.listed == any(post.id == thread.id for post in seen)
    before = bytes(32)
    for line in lines:
        before = link(before, canonical(line))
        assert line.hash == before
    assert (head.number, head.hash) == (len(lines), before)
    return len(lines)


def undone(own: list[AuditEntry], place: int) -> bool:
    """Tell whether a line of an item was undone by the next."""
    return place + 1 < len(own) and own[place + 1].action == "undo"


def spawn(settings: Settings, desk: Desk, seed: int, told: int) -> int:
    """Let somebody decide on everything in a process of its own; its id.

    told: where it writes a byte at every decision.
    """
    child = os.fork()
    if child:
        return child
    try:
        mine = Database(settings.database_url)
        rng = random.Random(seed)
        with mine.reading() as db:
            posts = list(db.scalars(select(Post)))
        hands = Hands(mine, settings, posts)
        while True:
            before = len(hands.made)
            hands.attempt(rng.choice(posts), desk, rng)
            os.write(told, b"." * (len(hands.made) - before))
    finally:
        os._exit(1)


@SQLITE_FIRST
def test_a_killed_decision_was_taken_and_told_or_was_not(
    store: Database, settings: Settings
) -> None:
    with store.transaction() as db:
        people = [desks.staff(db, f"m{n}") for n in range(KILLS)]
    opened(store, 24)
    rng, lines = random.Random(5), 0
    heard, told = os.pipe()
    for turn, desk in enumerate(people):
        store.close()
        children = [spawn(settings, desk, turn, told), spawn(settings, people[0], -turn, told)]
        assert select_ready([heard], [], [], 30)[0], "nobody decides anything"
        os.read(heard, 1)
        time.sleep(rng.random() / 50)
        for child in children:
            os.kill(child, signal.SIGKILL)
            assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        lines = assert_each_decision_has_its_line(store)
    assert lines >= KILLS / 2, "hardly anything was decided before the kills"
    os.close(heard)
    os.close(told)
    assert_stale_leases_are_free(store, people[0])


def assert_stale_leases_are_free(store: Database, dead: Desk) -> None:
    """Claim what somebody held who was killed, once the lease is over."""
    with store.transaction() as db:
        heir = desks.staff(db, "heir")
        item = db.scalars(select(Post).where(Post.state.in_({"pending", "hidden"}))).first()
        assert item, "nothing waits any more"
        item.holder, item.lease_until = dead.id, leases.ends(NOW)
        db.flush()
        with pytest.raises(Beaten, match="taken"):
            desks.claim(db, heir, item)
        desks.claim(db, heir, item, NOW + leases.LEASE)
        assert desks.again(db, item).holder == heir.id
