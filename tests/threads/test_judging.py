"""What the desk decides shows in every place where a post is read, and comes back whole."""

from datetime import timedelta
from typing import Any

import pytest

from app.db import Database, random_id
from app.employers.models import Employer
from app.evidence.attaching import Attached
from app.search import query
from app.search.words import read
from app.threads import delaying, editing, judging, listing, own, reading
from app.threads.hand import NotThere, Written
from app.threads.models import DelayedPost, Poll, Post, Thread
from app.threads.posting import reply
from tests.threads.accounts import LEAST, NOW, TODAY, Writer, asked
from tests.threads.deciding import STRIKE, decide

WORDS = ("Lights", "seven", "dark", "lamps")
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PHONE = "Call 13812345678 about the lamps."


def seen(store: Database, thread: bytes) -> dict[str, Any]:
    """Read what can differ by a decision: the page, the lists, the search, the counts."""
    with store.reading() as db:
        page = reading.thread(db, thread, "en", today=TODAY, least=LEAST)
        kept = db.get_one(Thread, thread)
        return {
            "page": page and (page.head.title, page.posts, page.poll),
            "listed": [row.id for row in listing.threads(db, "en").rows],
            "found": {word: set(query.find(db, read(word), []).items) for word in WORDS},
            "counts": (kept.comments, kept.posts, kept.votes, kept.heat),
        }


def test_what_is_taken_out_leaves_every_place_and_comes_back_as_it_was(
    store: Database, ana: Writer, bo: Writer, acme: Employer
) -> None:
    image = Attached(random_id(), "A dark office", 800, 600)
    with store.transaction() as db:
        first = ana.open(db, employer=acme, poll=asked()).post
        written = Written("The lamps.", "worker", image=image)
        comment = reply(db, random_id(), bo.hand, first.id, first.id, written, TODAY).post
        last = ana.answer(db, comment, "Dark too.").post
        assert bo.vote(db, first.id) == ana.vote(db, comment.id) == "given"
    before = seen(store, first.id)
    for post in (first.id, comment.id):
        with store.transaction() as db:
            words = decide(db, post, "removed", "contact", STRIKE)
            assert judging.employer_of(db, post) == acme.id
            shown = judging.context(db, last.id, "en")
            assert shown
            assert [each.position for each in shown.answers] == [0, 1]
            assert shown.item.text == "Dark too."
        away = seen(store, first.id)
        with store.transaction() as db:
            stored = db.get_one(Post, post, populate_existing=True)
            place = stored.position
            assert (stored.text, stored.name is None, stored.edited) == (None, False, False)
            with pytest.raises(NotThere):
                bo.vote(db, post)
            with pytest.raises(NotThere):
                ana.answer(db, stored)
            assert editing.edit(db, post, (ana if post == first.id else bo).hand, "x", NOW) is None
        title, posts, poll = away["page"]
        assert posts[place].tomb.words == "Removed by the moderators: contact data"
        assert posts[2].text == "Dark too."
        if post == first.id:
            assert (title, poll, away["listed"], away["counts"][0]) == (None, None, [], 2)
            assert away["found"] == {
                "Lights": set(),
                "seven": set(),
                "dark": {last.id},
                "lamps": {comment.id},
            }
            assert set(words) == {"text", "title", "question", "choices"}
        else:
            assert (away["counts"][0], away["found"]["lamps"]) == (1, set())
            assert words == {"text": "The lamps.", "alternative": "A dark office"}
        with store.transaction() as db:
            judging.give_words(db, post, words)
            decide(db, post, "published")
        assert seen(store, first.id) == before
    with store.transaction() as db:
        assert judging.take_image(db, comment.id) == [image.id]


@ON_SQLITE
def test_what_is_held_appears_nowhere_until_it_is_let(store: Database, ana: Writer) -> None:
    with store.transaction() as db:
        held = ana.open(db, PHONE, poll=asked(closes=TODAY + timedelta(days=5)), hold="risky").post
        assert (held.state, held.position, held.severity, held.waits_since) == (
            "held",
            None,
            1,
            TODAY,
        )
        assert "phone" in (held.why or "")
    assert seen(store, held.id)["page"] is None
    assert seen(store, held.id)["found"]["lamps"] == set()
    later = TODAY + timedelta(days=2)
    with store.transaction() as db:
        held = db.get_one(Post, held.id)
        held.state, held.severity, held.why = "published", None, None
        db.flush()
        judging.appear(db, held.id, later)
        assert db.get_one(Poll, held.id).closes == later + timedelta(days=5)
    assert seen(store, held.id)["found"]["lamps"] == {held.id}
    # One that waits for its time too appears when both have let it, and tells no time afterwards.
    with store.transaction() as db:
        late = ana.answer(db, held, PHONE, due=NOW + timedelta(days=1), hold="risky").post
        over = ana.answer(db, held, PHONE, due=NOW, hold="risky").post
        assert (late.state, over.state, delaying.publish_due(db, NOW)) == ("held", "held", 0)
        assert db.get(DelayedPost, over.id) is None
        for post, state in ((late, "delayed"), (over, "published")):
            decide(db, post.id, "published")
            assert db.get_one(Post, post.id, populate_existing=True).state == state
        assert delaying.publish_due(db, NOW + timedelta(days=1)) == 1
        assert (late.state, late.position, over.position) == ("published", 2, 1)


@ON_SQLITE
def test_an_edit_is_weighed_again_and_makes_leases_void(
    store: Database, ana: Writer, bo: Writer
) -> None:
    def edited(post: Post, text: str) -> tuple[str, int | None, bool]:
        with store.transaction() as db:
            found = editing.edit(db, post.id, ana.hand, text, NOW, hold="risky")
            assert found
            assert (found.holder, found.lease_until, found.judged) == (None, None, False)
            return found.state, found.position, found.edited

    with store.transaction() as db:
        first = bo.open(db).post
        opened = ana.open(db, hold="risky").post
        assert (opened.state, opened.why, opened.version) == ("pending", "looked_at_first", 1)
        second = ana.answer(db, first, "Again.", hold="risky").post
        assert (second.state, second.severity) == ("published", None)
        second.holder, second.lease_until, second.judged = random_id(), NOW, True
    assert edited(opened, "So it was.") == ("pending", 0, True)  # nobody has looked yet
    assert edited(second, PHONE) == ("held", 1, True)
    assert seen(store, first.id)["counts"][0] == 0
    assert edited(second, "Without it.") == ("published", 1, True)
    assert seen(store, first.id)["counts"][0] == 1
    with store.transaction() as db:
        decide(db, second.id, "returned", "person")
    # Who was asked to change something is looked at again, however often they change it.
    assert edited(second, "Nobody is named.") == ("held", 1, True)
    assert edited(second, "Nobody at all.") == ("held", 1, True)
    with store.transaction() as db:
        decide(db, second.id, "published")
        decide(db, second.id, "hidden", "threat")
    assert edited(second, "Still there.") == ("hidden", 1, True)
    with store.reading() as db:
        assert db.get_one(Post, second.id).version == 9


@ON_SQLITE
def test_withdrawing_leaves_a_strike_and_nothing_else(
    store: Database, ana: Writer, bo: Writer
) -> None:
    with store.transaction() as db:
        first = bo.open(db).post
        posts = [ana.answer(db, first, f"{n}").post for n in range(5)]
        states = ("removed", "appealed", "suppressed", "hidden", "returned")
        for post, state in zip(posts, states, strict=True):
            strike = STRIKE if state != "hidden" else None
            decide(db, post.id, "removed" if state == "appealed" else state, "spam", strike)
        posts[1].state = "appealed"
        posts[4].strike_until = TODAY - timedelta(days=1)
    with store.transaction() as db:
        assert [post.state for post in ana.posts(db)] == list(reversed(states))
        for post in posts:
            assert ana.withdraw(db, post.id)
            assert ana.withdraw(db, post.id)  # again
        assert ana.posts(db) == []
        assert own.strikes(db, ana.hand.slot, TODAY) == [STRIKE] * 3
        assert own.stopped_until(db, ana.hand.slot, TODAY) == STRIKE
        assert own.stopped_until(db, ana.hand.slot, STRIKE + timedelta(days=1)) is None
        left = db.get_one(Post, posts[0].id)
        assert (left.why, left.severity, left.nym, left.strike_until) == (None, None, None, STRIKE)
        assert db.get_one(Post, posts[2].id).state == "suppressed"
        assert db.get_one(Thread, first.id).comments == 0
