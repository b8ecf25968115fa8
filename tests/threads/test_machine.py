"""Any course of a conversation, checked against a few lines of ordinary Python."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.db import Database, random_id
from app.search.models import SearchEntry
from app.threads import delaying, editing, indexing, judging, ranking
from app.threads.hand import NotThere
from app.threads.models import DelayedPost, Post, Thread
from app.triage.states import EMPTY
from tests.threads.accounts import NOW, TODAY, Writer
from tests.threads.deciding import decide

PEOPLE = st.integers(0, 2)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
DUE = NOW + timedelta(hours=1)


@dataclass
class Said:
    """A post as the model knows it."""

    id: bytes
    thread: bytes
    by: int
    text: str
    state: str
    place: int | None = None
    edited: bool = False
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """Whether it has a place with a name and a day."""
        return self.place is not None and self.state != "withdrawn"


class Conversation(RuleBasedStateMachine):
    """Three people who open, answer, edit, withdraw and vote, and a desk, in any order."""

    template: Path
    said = Bundle("said")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(dir=self.template.parent)
        shutil.copy(self.template, path := f"{self.folder.name}/talk.db")
        self.store = Database(f"sqlite:///{path}")
        self.people = [Writer() for _ in range(3)]
        self.posts: dict[bytes, Said] = {}
        self.votes: dict[tuple[int, bytes], bool] = {}

    def teardown(self) -> None:
        try:
            self.check_rows()
        finally:
            self.store.close()
            self.folder.cleanup()

    def appear(self, post: Said) -> None:
        places = [p.place for p in self.posts.values() if p.thread == post.thread]
        post.state, post.place = "published", sum(place is not None for place in places)

    @rule(target=said, by=PEOPLE, text=TEXTS, waits=st.booleans())
    def open_thread(self, by: int, text: str, waits: bool) -> Said:
        made = random_id()
        for new in (True, False):
            with self.store.transaction() as db:
                due = DUE if waits else None
                assert self.people[by].open(db, text, thread=made, due=due).new == new
        return self.keep(Said(made, made, by, text, "delayed"), waits)

    @rule(target=said, to=said, by=PEOPLE, text=TEXTS, waits=st.booleans())
    def answer(self, to: Said, by: int, text: str, waits: bool) -> Said:
        made = random_id()
        asked = Post(id=to.id, thread_id=to.thread)
        due = DUE if waits else None
        with self.store.transaction() as db:
            if to.state != "published":
                with pytest.raises(NotThere):
                    self.people[by].answer(db, asked, text, post=made, due=due)
                return multiple()  # type: ignore[return-value]  # hypothesis: no new post
            assert self.people[by].answer(db, asked, text, post=made, due=due).new
            assert not self.people[by].answer(db, asked, text, post=made, due=due).new
        return self.keep(Said(made, to.thread, by, text, "delayed"), waits)

    def keep(self, post: Said, waits: bool) -> Said:
        self.posts[post.id] = post
        if not waits:
            self.appear(post)
        return post

    @rule(post=said, stranger=st.booleans(), text=TEXTS)
    def edit(self, post: Said, stranger: bool, text: str) -> None:
        by = (post.by + stranger) % 3
        with self.store.transaction() as db:
            done = editing.edit(db, post.id, self.people[by].hand, text, NOW)
        assert (done is not None) == (post.by == by and post.state not in EMPTY)
        if done and done.text != stored(post.text):
            post.text, post.edited = text, post.stands

    @rule(post=said, away=st.sampled_from(["hidden", "removed"]))
    def decide(self, post: Said, away: str) -> None:
        if not post.stands:
            return
        before, after = post.state, away if post.state == "published" else "published"
        with self.store.transaction() as db:
            if before == "removed":
                judging.give_words(db, post.id, post.words)
            post.words = decide(db, post.id, after, "spam")
        post.state = after

    @rule(post=said, stranger=st.booleans())
    def withdraw(self, post: Said, stranger: bool) -> None:
        by = (post.by + stranger) % 3
        with self.store.transaction() as db:
            done = self.people[by].withdraw(db, post.id)
        assert (done is not None) == (post.by == by)
        if done:
            post.state, post.edited = "withdrawn", False

    @rule(post=said, by=PEOPLE, back=st.booleans())
    def vote(self, post: Said, by: int, back: bool) -> None:
        act: Callable[..., str] = self.people[by].take_back if back else self.people[by].vote
        with self.store.transaction() as db:
            if post.state != "published":
                with pytest.raises(NotThere):
                    act(db, post.id)
                return
            said = act(db, post.id)
        counted = self.votes.get((by, post.id))
        if counted is None and not (back or by == post.by):
            expected, after = "given", True
        elif counted is None:
            expected, after = ("none" if back else "own"), None
        elif counted:
            expected, after = ("taken_back" if back else "already"), not back
        else:
            expected, after = "over", False
        assert said == expected
        if after is not None:
            self.votes[by, post.id] = after

    @rule()
    def publish(self) -> None:
        waiting = [post for post in self.posts.values() if post.state == "delayed"]
        with self.store.transaction() as db:
            assert delaying.publish_due(db, DUE) == len(waiting)
        for post in sorted(waiting, key=lambda post: post.id):
            self.appear(post)

    @rule(by=PEOPLE)
    def withdraw_all(self, by: int) -> None:
        with self.store.transaction() as db:
            gone = editing.withdraw_all(db, self.people[by].hand)
        left = [p for p in self.posts.values() if p.by == by and p.state != "withdrawn"]
        assert {post.id for post in gone.posts} == {post.id for post in left}
        for post in left:
            post.state, post.edited = "withdrawn", False

    def check_rows(self) -> None:
        with self.store.reading() as db:
            rows = {row.id: row for row in db.scalars(select(Post))}
            waiting = set(db.scalars(select(DelayedPost.post_id)))
            found = set(db.scalars(select(SearchEntry.item)))
            indexed = {item for item, *_ in indexing.everything(db)}
            for by, person in enumerate(self.people):
                own = {p.id for p in self.posts.values() if p.by == by and p.state != "withdrawn"}
                assert {post.id for post in person.posts(db)} == own
            for thread in db.scalars(select(Thread)):
                self.check_thread(thread)
        named = {(row.thread_id, row.nym): row.name for row in rows.values() if row.name}
        assert len(named) == len({(thread, name) for (thread, _), name in named.items()})
        assert rows.keys() == self.posts.keys()
        for post in self.posts.values():
            self.check(post, rows[post.id])
        assert waiting == {p.id for p in self.posts.values() if p.state == "delayed"}
        assert found == indexed == {p.id for p in self.posts.values() if p.state == "published"}

    def check(self, post: Said, row: Post) -> None:
        assert (row.position, row.state, row.edited) == (post.place, post.state, post.edited)
        gone = post.state == "withdrawn"
        assert row.text == (None if post.state in EMPTY else stored(post.text))
        assert row.votes == (0 if gone else self.count(post.id))
        assert (row.nym is None) == gone
        assert (row.name is not None) == (row.day is not None) == post.stands

    def check_thread(self, thread: Thread) -> None:
        inside = [p for p in self.posts.values() if p.thread == thread.id]
        live = [p for p in inside if p.state == "published"]
        first = self.posts[thread.id]
        assert thread.posts == sum(p.place is not None for p in inside)
        assert thread.comments == sum(p is not first for p in live)
        assert thread.listed == (first in live)
        assert thread.votes == (self.count(first.id) if first.stands else 0)
        warm = ranking.heat(thread.votes, thread.comments, TODAY)
        assert thread.heat == (warm if first in live else 0)
        assert (thread.title is None) == (first.state in EMPTY)

    def count(self, post: bytes) -> int:
        return sum(counted for (_, voted), counted in self.votes.items() if voted == post)


def stored(text: str) -> str:
    """Return a text as it is kept."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.mark.parametrize("courses", [8, pytest.param(100, marks=pytest.mark.deep)])
def test_any_course_of_a_conversation(sqlite_template: Path, courses: int) -> None:
    Conversation.template = sqlite_template
    run_state_machine_as_test(
        Conversation,
        settings=settings(
            max_examples=courses,
            stateful_step_count=20,
            deadline=None,
            # Making a failing course shorter takes minutes.
            phases=[Phase.generate, Phase.shrink] if courses >= 100 else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
